// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { byView, piecesOf } from '../src/lib/compute/said';
import type { About, Sentence } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { Workbench, type ViewId } from '../src/lib/stores/workbench.svelte';

describe('a sentence', () => {
  const numbers = (text: string) => piecesOf(text).filter((piece) => piece.number).map((piece) => piece.text);
  it('is cut into numbers and what stands between them, and nothing is lost', () => {
    const text = 'Of 41 days, 9.5 wait; 94% busy, −3 in Q3 of 1,200.';
    expect(numbers(text)).toEqual(['41', '9.5', '94%', '−3', '1,200']);
    expect(piecesOf(text).map((piece) => piece.text).join('')).toBe(text);
    expect(piecesOf('Nothing to count.')).toEqual([{ text: 'Nothing to count.', number: false }]);
  });
  it('knows the views of its numbers, that of the first one first', () => {
    const about: About[] = [
      { view: 'compare', chart: 'delivered', subject: 'a' },
      { view: 'workbench', chart: 'utilisation', subject: 'ops' },
      { view: 'course', chart: 'weeks', subject: 'a' },
    ];
    const views = (open: ViewId) => byView({ about } as Sentence, open).map((group) => [group.view, group.about.length]);
    expect(views('why')).toEqual([['compare', 2], ['workbench', 1]]);
    expect(views('workbench')).toEqual([['workbench', 1], ['compare', 2]]);
  });
});

describe('a sentence on screen', () => {
  let app: Record<string, unknown> | undefined;
  let bench: Workbench;

  beforeEach(() => {
    vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) { this.open = true; };
    bench = new Workbench(mockHost());
  });
  afterEach(async () => {
    if (app) await unmount(app);
    app = undefined;
    document.body.innerHTML = '';
  });

  const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  const button = (id: string, words: string) => [...(find(id)?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.includes(words));
  const marked = () => [...document.querySelectorAll<HTMLElement>('[data-pointed]')];
  const soon = <Found>(what: () => Found) => vi.waitFor(what, { timeout: 3000 });

  async function open(view: ViewId, whatIf: boolean): Promise<void> {
    app = mount(App, { target: document.body, props: { bench } });
    await bench.begin();
    await bench.openTemplate('siloed');
    if (whatIf) {
      await bench.addWhatIf();
      bench.moveLever('rhythm', 4, bench.nextGesture());
      await soon(() => expect(bench.ahead).toBeNull());
    }
    bench.view = view;
    flushSync();
  }

  it('stands under the verdict, and leads to the rows around the map', async () => {
    await open('workbench', true);
    await soon(() => expect(button('verdict-sentences', 'harm hours')).toBeDefined());
    button('verdict-sentences', 'harm hours')?.click();
    await soon(() => expect(marked().map((element) => element.dataset.testid)).toEqual(['chart-where-time-goes', 'row-harm']));
    expect(document.activeElement).toBe(find('chart-where-time-goes'));
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    flushSync();
    expect(marked()).toEqual([]);
  });

  it('is not seen through the curtain', async () => {
    await open('workbench', true);
    await soon(() => expect(button('verdict-sentences', 'harm hours')).toBeDefined());
    bench.room.toggleCurtain();
    flushSync();
    expect(button('verdict-sentences', 'harm hours')).toBeUndefined();
  });

  it('of a column says no name, marks its cell, and leads to another view too', async () => {
    await open('compare', true);
    await soon(() => expect(find('compare-said-what-if-1')).not.toBeNull());
    expect(find('compare-said-what-if-1')?.textContent).toMatch(/^Saves /);
    button('compare-said-what-if-1', 'Saves')?.click();
    await soon(() => expect(document.activeElement).toBe(find('compare-lead-what-if-1')));
    button('compare-said-what-if-1', 'Workbench')?.click();
    await soon(() => expect(bench.view).toBe('workbench'));
    expect(bench.lower).toBe('utilisation');
  });

  it('brings the person to a chart that is still being worked out, unless they go on', async () => {
    await open('workbench', true);
    await bench.pointing.at([{ view: 'course', chart: 'weeks', subject: 'what-if-1' }], 'what-if-1');
    expect(bench.view).toBe('compare');
    expect(bench.investigation.byQuarter).toBe(true);
    await soon(() => expect(document.activeElement?.getAttribute('data-pointed')).toBe(''));
    bench.view = 'workbench';
    bench.investigation.clear();
    await bench.pointing.at([{ view: 'course', chart: 'weeks', subject: 'what-if-1' }], 'what-if-1');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
    await soon(() => expect(find('path-what-if-1')).not.toBeNull());
    expect(marked()).toEqual([]);
  });

  it('opens what was recovered where it was left', async () => {
    const host = mockHost();
    const kept = vi.spyOn(host, 'lookAt');
    bench = new Workbench(host);
    await open('why', false);
    expect(kept).toHaveBeenLastCalledWith('why');
    bench.view = 'workbench';
    await bench.openRecovered({ id: '1-2', name: 'A', path: null, changed: 1, fileIsNewer: false, shown: { whatIf: null, view: 'compare' } });
    expect(bench.view).toBe('compare');
    await bench.openRecovered({ id: '1-2', name: 'A', path: null, changed: 1, fileIsNewer: false, shown: { whatIf: null, view: 'label' } });
    expect(bench.view).toBe('workbench');
  });
});

describe('motion', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is the system’s until the person chooses, and then theirs', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('reduced-motion'), addEventListener() {} }));
    const { settings } = new Workbench(mockHost());
    expect(settings.calm).toBe(true);
    await settings.set({ motion: 'full' });
    expect(settings.calm).toBe(false);
    await settings.set({ motion: 'reduced' });
    expect(settings.calm).toBe(true);
  });
});
