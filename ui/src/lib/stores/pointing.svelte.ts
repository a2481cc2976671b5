import type { Attachment } from 'svelte/attachments';
import type { About, StudyView, View } from '../host';
import { VIEW_OF } from '../compute/said';
import type { Investigation } from './investigation.svelte';
import type { LowerId, ViewId } from './workbench.svelte';

/** As much of the workbench as leading to a chart needs. */
interface Desk {
  view: ViewId;
  lower: LowerId;
  more: string | null;
  readonly study: StudyView | null;
  readonly investigation: Pick<Investigation, 'byQuarter' | 'figure' | 'alongside'>;
  select(whatIf: string | null): Promise<boolean>;
}

/** The numbers that a sentence was followed to: they are marked wherever they are shown, until something else is done. */
export class Pointing {
  #desk: Desk;
  #wanted = $state.raw<readonly About[]>([]);
  /** What came on screen since, each with its place among what is wanted. */
  #found: { element: Element; place: number }[] = [];
  #arrived = true;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Opens the view of some numbers, marks them there, and brings the person to the first. */
  async at(about: readonly About[], of: string | null): Promise<void> {
    const [first] = about;
    const { study } = this.#desk;
    if (!first || !study) return;
    this.clear();
    // A flip is found for the what-if that is shown.
    const asked = first.view === 'flip' && of !== null && study.active !== of;
    if (asked && study.whatIfs.some(({ id }) => id === of)) await this.#desk.select(of);
    this.#prepare(first, of);
    this.#desk.view = VIEW_OF[first.view];
    this.#arrived = false;
    this.#wanted = about;
    window.addEventListener('pointerdown', this.clear, true);
    window.addEventListener('keydown', this.#onKey, true);
  }

  clear = (): void => {
    this.#wanted = [];
    this.#found = [];
    this.#arrived = true;
    window.removeEventListener('pointerdown', this.clear, true);
    window.removeEventListener('keydown', this.#onKey, true);
  };

  /** The subject that is pointed at in a chart, if any. */
  subject(view: View, chart: string): string | null {
    return this.#wanted.find((about) => about.view === view && about.chart === chart)?.subject ?? null;
  }

  /** To what shows a number: of which chart, and what of it; all of the chart where that is not said. */
  place(view: View, charts: string | readonly string[], subjects: null | string | readonly string[] = null): Attachment<Element> {
    return (element) => {
      const mine = (about: About): boolean => about.view === view && isIn(about.chart, charts) && isIn(about.subject, subjects);
      const place = this.#wanted.findIndex(mine);
      if (place < 0) return;
      element.setAttribute('data-pointed', '');
      this.#found.push({ element, place });
      queueMicrotask(() => this.#arrive());
      return () => element.removeAttribute('data-pointed');
    };
  }

  #prepare({ view, chart }: About, of: string | null): void {
    const { investigation } = this.#desk;
    if (view === 'compare' || view === 'course') {
      investigation.byQuarter = view === 'course';
      if (of !== null) investigation.alongside(of);
    }
    if (view === 'why' && chart !== 'parts') investigation.figure = chart === 'incidents' || chart === 'impact' ? 'incidents' : 'leadTime';
    if (view === 'workbench') {
      this.#desk.more = null;
      if (chart === 'where-time-goes' || chart === 'utilisation') this.#desk.lower = chart;
    }
  }

  /** Once: what is worked out again later does not take the focus from what is done meanwhile. */
  #arrive(): void {
    if (this.#arrived) return;
    const [first] = this.#found.filter(({ element }) => element.isConnected).sort((a, b) => a.place - b.place);
    if (!first) return;
    this.#arrived = true;
    bringTo(first.element);
  }

  /** Who does something else before a result is there is left alone. */
  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || (!this.#arrived && !event.repeat)) this.clear();
  };
}

function isIn(one: string | null, some: null | string | readonly string[]): boolean {
  return typeof some === 'object' && some !== null ? one !== null && some.includes(one) : one === some;
}

function bringTo(element: Element): void {
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) return;
  element.closest('details')?.setAttribute('open', '');
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true });
  element.scrollIntoView?.({ block: 'center', inline: 'nearest' });
}
