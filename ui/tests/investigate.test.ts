// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { grouped, isTold, savingText, span } from '../src/lib/compute/blame';
import { chosenFor, toggled } from '../src/lib/compute/choice';
import { texts } from '../src/lib/texts';
import { alike, betterAndWorse, reach } from '../src/lib/compute/columns';
import { axes, front, labelled, points } from '../src/lib/compute/front';
import { ticksUpTo } from '../src/lib/compute/ticks';
import { signed } from '../src/lib/format';
import type { CombinationView, WhyFigure } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { Workbench, type ViewId } from '../src/lib/stores/workbench.svelte';

describe('what is looked at together', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  it('is the first few until something is chosen, and never what is gone', () => {
    expect(chosenFor(null, all, 4)).toEqual(['a', 'b', 'c', 'd']);
    expect(chosenFor(['e', 'gone', 'b'], all, 4)).toEqual(['b', 'e']);
  });
  it('grows in the order of the study and no further than it may', () => {
    expect(toggled(['a', 'c'], 'b', all, 4)).toEqual(['a', 'b', 'c']);
    expect(toggled(['a', 'b', 'c', 'd'], 'e', all, 4)).toEqual(['a', 'b', 'c', 'd']);
    expect(toggled(['a', 'b'], 'a', all, 4)).toEqual(['b']);
  });
});

describe('axes', () => {
  it('end at a round number above what they show', () => {
    expect(ticksUpTo(86, 4)).toEqual({ max: 100, ticks: [0, 25, 50, 75, 100] });
    expect(ticksUpTo(3.6, 5).max).toBe(4);
    for (const reached of [0.013, 0.9, 7, 84, 12345]) {
      const { max, ticks } = ticksUpTo(reached);
      expect(max).toBeGreaterThanOrEqual(reached);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBeCloseTo(max);
    }
  });
});

describe('strips of years', () => {
  it('count years, and share the farthest as their axis', () => {
    expect(betterAndWorse([-3, -1, 0, 2])).toEqual({ better: 2, worse: 1 });
    expect(alike(['3.7', '2', '12', '0'])).toEqual(['3.7', '2.0', '12', '0']);
    expect(alike(['2', '3'])).toEqual(['2', '3']);
    const column = (years: number[]) => ({ years }) as Parameters<typeof reach>[0][number];
    expect(reach([column([-3, 1]), column([-9, 2])])).toBe(9);
  });
});

describe('blame', () => {
  const saving = (value: number, half = 1) => ({ value, low: value - half, high: value + half });
  const suspect = (id: string, part: 'teams' | 'pipeline', value: number) => ({
    id, part, name: id, onItsOwn: saving(value), atTheEnd: saving(-2), place: 1, tied: false, offer: null, onMap: null, account: null,
  });
  const figure: WhyFigure = {
    id: 'leadTime', value: 63, unit: 'days', pairs: [], sentences: [],
    parts: [
      { id: 'teams', name: 'The teams', onItsOwn: saving(5), atTheEnd: null, place: 2 },
      { id: 'pipeline', name: 'The pipeline', onItsOwn: saving(24), atTheEnd: null, place: 1 },
    ],
    suspects: [suspect('load', 'teams', 1), suspect('focus', 'teams', 4), suspect('train', 'pipeline', 8)],
  };
  it('puts what saves most first, among parts and within each', () => {
    expect(grouped(figure).map(({ part, suspects }) => [part.id, suspects.map((one) => one.id)])).toEqual([
      ['pipeline', ['train']],
      ['teams', ['focus', 'load']],
    ]);
    expect(span(figure)).toEqual({ from: -2, to: 24 });
  });
  it('tells what an interval carries, and signs only what is lost', () => {
    expect([isTold(saving(5)), isTold(saving(-5)), isTold(saving(0.5)), isTold(null)]).toEqual([true, true, false, false]);
    expect([17.3, -8.8, 0.17].map((value) => savingText(saving(value), 63, texts.why))).toEqual(['17', '8.8 more', 'nothing']);
    expect(savingText(null, 63, texts.why)).toBe('–');
    expect([signed(3.14), signed(-17), signed(0)]).toEqual(['+3.1', '−17', '0']);
  });
});

describe('a front', () => {
  const one = (whatIfs: string[], personWeeks: number, within: number | null, place: CombinationView['place']): CombinationView => ({
    whatIfs, names: whatIfs, personWeeks, within, incidents: 2, incidentsPer100: 10, delivered: 13, place, sure: true, hardlyBetterThan: null, proposal: null,
  });
  const all = [one([], 0, 86, 'front'), one(['a'], 4, 68, 'front'), one(['b'], 20, 72, 'beaten'), one(['a', 'b'], 24, null, 'front')];
  it('numbers its rows and its dots alike, and draws nothing for what has no figure', () => {
    expect(front(all).map((row) => [row.number, row.index])).toEqual([[1, 0], [2, 1], [3, 3]]);
    const found = points(all, (combination) => combination.within);
    expect(found.map((point) => [point.kind, point.number])).toEqual([['beaten', null], ['today', 1], ['front', 2]]);
    expect(axes(found).y.max).toBeGreaterThanOrEqual(86);
  });
  it('keeps labels off dots and off each other where there is room', () => {
    const labels = labelled([{ x: 50, y: 50, text: '1' }, { x: 60, y: 46, text: '2' }], 5);
    const [a, b] = labels;
    expect(Math.abs((a?.x ?? 0) - (b?.x ?? 0)) > 7 || Math.abs((a?.y ?? 0) - (b?.y ?? 0)) > 11).toBe(true);
  });
});

describe('the views', () => {
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
  const text = (id: string) => find(id)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const shown = (id: string) => vi.waitFor(() => expect(find(id)).not.toBeNull(), { timeout: 3000 });

  async function open(view: ViewId, whatIfs: number): Promise<void> {
    app = mount(App, { target: document.body, props: { bench } });
    await bench.begin();
    await bench.openTemplate('siloed');
    for (let made = 0; made < whatIfs; made++) {
      await bench.addWhatIf();
      bench.moveLever(['rhythm', 'approval'][made] ?? 'size', [4, 1][made] ?? 1, bench.nextGesture());
      await vi.waitFor(() => expect(bench.ahead).toBeNull());
    }
    bench.view = view;
    flushSync();
  }

  const tabs = () => document.querySelectorAll('[role="tab"]').length;

  it('explain what is missing', async () => {
    await open('compare', 0);
    expect(text('compare-empty')).toContain('no what-if to compare');
    bench.view = 'flip';
    flushSync();
    expect(text('flip-empty')).toContain('no what-if to choose');
    bench.view = 'combine';
    flushSync();
    expect(text('combine-empty')).toContain('no what-if to combine');
  });

  it('compare by themselves, and again when the choice changes', async () => {
    await open('compare', 2);
    await shown('compare-column-what-if-1');
    expect(text('compare-lead-what-if-1')).toMatch(/−\d/);
    expect(text('compare-row-incidents')).not.toBe('');
    expect(text('compare-row-incidents-per-100')).not.toBe('');
    await vi.waitFor(() => expect(text('compare-worse-what-if-1')).toBe('it gets worse first, level again in week 9'), { timeout: 3000 });
    await vi.waitFor(() => expect(text('compare-dip-what-if-1')).toContain('week 9'), { timeout: 3000 });
    find('compare-statistics')?.click();
    flushSync();
    expect(text('compare-statistics-row')).toContain('Years simulated');
    find('compare-choose')?.click();
    flushSync();
    find('compare-choose-what-if-1')?.click();
    await vi.waitFor(() => expect(find('compare-column-what-if-1')).toBeNull(), { timeout: 3000 });
    expect(find('compare-column-what-if-2')).not.toBeNull();
    find('compare-way-quarters')?.click();
    flushSync();
    expect(text('path-what-if-2')).toContain('worse first');
  });

  it('adopt and take it back', async () => {
    await open('compare', 2);
    await shown('compare-adopt-what-if-2');
    find('compare-adopt-what-if-2')?.click();
    await vi.waitFor(() => expect(find('tab-what-if-2')).toBeNull());
    await bench.undo();
    await vi.waitFor(() => expect(find('tab-what-if-2')).not.toBeNull());
  });

  it('work a flip out where it is asked for', async () => {
    await open('compare', 1);
    await shown('compare-flips-what-if-1');
    find('compare-flips-what-if-1')?.querySelector('button')?.click();
    await vi.waitFor(() => expect(text('compare-flips-what-if-1')).toContain('below 51%'), { timeout: 3000 });
    find('compare-measure-what-if-1')?.click();
    await shown('flip-sentence');
    expect(text('flip-sentence')).toContain('Measure that first');
  });

  it('say why, and make a suspect a what-if', async () => {
    await open('why', 0);
    await shown('why-blame');
    expect(text('why-sentences')).toContain('Of ');
    const before = tabs();
    find('why-see-rhythm')?.click();
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('account-train'));
    find('why-make-rhythm')?.click();
    await vi.waitFor(() => expect(tabs()).toBe(before + 1));
    expect(bench.study?.active).not.toBeNull();
    find('why-figure-incidents')?.click();
    flushSync();
    expect(text('why-blame')).toContain('incidents a month');
  });

  it('lead from a suspect to its place on the map', async () => {
    await open('why', 0);
    await shown('why-blame');
    find('why-see-approval')?.click();
    flushSync();
    expect(bench.view).toBe('workbench');
    await shown('inspector');
    expect(text('inspector')).toContain('Gate');
    expect(bench.lookedAt).toBeNull();
  });

  it('rank when asked, and make a step a what-if', async () => {
    await open('rank', 0);
    expect(text('rank-empty')).not.toBe('');
    find('rank-begin')?.click();
    await shown('rank-table');
    const listed = (root: ParentNode | null) => [...(root?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent ?? '');
    const helps = listed(find('rank-table'));
    const steps = bench.investigation.rank.result?.figures[0]?.steps ?? [];
    expect(helps).toHaveLength(steps.filter((step) => step.better === true).length);
    expect(listed(find('rank-worse'))).toHaveLength(steps.filter((step) => step.better === false).length);
    expect(helps.every((row) => row.includes('−'))).toBe(true);
    const before = tabs();
    document.querySelector<HTMLElement>('[data-testid^="rank-make-"]')?.click();
    await vi.waitFor(() => expect(tabs()).toBe(before + 1));
    expect(find('rank-table')).not.toBeNull();
    await bench.select(null);
    expect(bench.investigation.rank.stale).toBe(false);
  });

  it('combine, and make a combination a what-if', async () => {
    await open('combine', 2);
    find('combine-begin')?.click();
    await shown('combine-front');
    expect(text('combine-sentence')).toContain('4 combinations');
    const before = tabs();
    document.querySelector<HTMLElement>('[data-testid^="combine-make-"]')?.click();
    await vi.waitFor(() => expect(tabs()).toBe(before + 1));
  });

  it('can be cancelled, and are not begun again by themselves', async () => {
    await open('compare', 1);
    await shown('compare-cancel');
    find('compare-cancel')?.click();
    flushSync();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(bench.investigation.compare.phase).toBe('idle');
    find('compare-begin')?.click();
    await shown('compare-table');
  });
});
