// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { behindCurtain, inUnit } from '../src/lib/compute/curtain';
import { disputedValue } from '../src/lib/compute/dispute';
import { axesOf } from '../src/lib/compute/scale';
import type { Host, RowView, RunUpdate } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { update } from '../src/lib/host/mock/figures';
import { Workbench } from '../src/lib/stores/workbench.svelte';

let app: Record<string, unknown> | undefined;
let bench: Workbench;
let host: Host;

beforeEach(async () => {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) { this.open = true; };
  HTMLCanvasElement.prototype.getContext = () => null;
  host = mockHost();
  bench = new Workbench(host);
  app = mount(App, { target: document.body, props: { bench } });
  await bench.begin();
  await bench.openTemplate('siloed');
  flushSync();
  await vi.waitFor(() => expect(text('verdict')).toContain('85 of 100'));
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.innerHTML = '';
});

const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const text = (id: string) => find(id)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

function press(key: string, more: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  flushSync();
}

async function whatIf(): Promise<void> {
  await bench.addWhatIf();
  bench.moveLever('rhythm', 4, bench.nextGesture());
  await vi.waitFor(() => expect(text('lead-time-headline')).toMatch(/→/));
}

describe('behind the curtain', () => {
  it('nothing is left that tells the difference', () => {
    const told = update(1, 1000, 1000, { name: 'No board', set: { approval: 0, rhythm: 4 } }, 40);
    const alone = update(1, 1000, 1000, null, 0);
    const hidden = behindCurtain(told, axesOf(alone.figures), { sentence: 'What?', support: '', title: 'Baseline' });
    const words = JSON.stringify(hidden);
    expect(words).not.toContain('No board');
    expect(words).not.toContain('whatIf":"');
    expect(hidden.figures.every((figure) => figure.series.every((series) => series.role === 'baseline'))).toBe(true);
    expect(hidden.figures.map((figure) => figure.x)).toEqual(alone.figures.map((figure) => figure.x));
    expect([hidden.nodes, hidden.warnings, hidden.statistics]).toEqual([[], [], []]);
  });

  it('is the same whatever the what-if does', () => {
    const words = { sentence: 'What?', support: '', title: 'Baseline' };
    const before = update(1, 1000, 1000, null, 0);
    const told = (name: string, set: Record<string, number>): RunUpdate => {
      const run = update(1, 1000, 1000, { name, set }, 40);
      const rows = (all: RowView[]) => all.map((row) => ({ ...row, whatIf: `${row.whatIf} by ${name}`, band: `2019: ${name}`, better: name === 'No board', hint: name }));
      return { ...run, rows: rows(run.rows), dora: rows(run.dora) };
    };
    const hidden = (run: RunUpdate) => behindCurtain(run, axesOf(before.figures), words);
    expect(hidden(told('No board', { approval: 0, rhythm: 4 }))).toEqual(hidden(told('Slow', { rhythm: 0 })));
  });

  it('a guess is told in whatever unit the chart now has', () => {
    expect(inUnit({ value: 3, unit: 'days' }, 'hours')).toBe(72);
    expect(inUnit({ value: 3, unit: 'days' }, 'days')).toBe(3);
    expect(inUnit({ value: 3, unit: 'parsecs' }, 'days')).toBeNull();
  });
});

describe('guessing', () => {
  it('hides the result until it is revealed, and the guess stays', async () => {
    press('p');
    expect(text('verdict')).toBe('What do you expect?');
    expect(bench.room.guess).toBeNull();
    await bench.addWhatIf();
    bench.moveLever('rhythm', 4, bench.nextGesture());
    await vi.waitFor(() => expect(bench.runs.phase).toBe('settled'), { timeout: 3000 });
    expect(bench.runs.update?.figures[0]?.series).toHaveLength(2);
    expect(text('lead-time-headline')).not.toMatch(/→/);
    bench.room.setGuess(30, 'days');
    press('p');
    expect(text('lead-time-headline')).toMatch(/→/);
    expect(bench.room.guess).toEqual({ value: 30, unit: 'days' });
  });

  it('covers other views too', async () => {
    press('p');
    bench.view = 'replay';
    flushSync();
    expect(find('curtain')).not.toBeNull();
    expect(find('replay-stage')).toBeNull();
  });

  it('leaves a typed p alone', () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    press('p');
    expect(bench.room.curtain).toBe(false);
  });
});

describe('the last change', () => {
  it('is played again from the baseline', async () => {
    await whatIf();
    expect(bench.peeking).toBe(false);
    press('r');
    expect(text('lead-time-headline')).not.toMatch(/→/);
    await vi.waitFor(() => expect(text('lead-time-headline')).toMatch(/→/), { timeout: 3000 });
  });
});

describe('presenting', () => {
  it('goes through pinned steps by the arrows, each with its what-if', async () => {
    press('d', { ctrlKey: true });
    await vi.waitFor(() => expect(bench.study?.steps).toHaveLength(1));
    await whatIf();
    press('d', { ctrlKey: true });
    await vi.waitFor(() => expect(bench.study?.steps).toHaveLength(2));
    const changed = bench.study?.active;
    find('view-present')?.click();
    flushSync();
    find('present-start')?.click();
    await vi.waitFor(() => expect(text('present-count')).toBe('1 of 2'));
    await vi.waitFor(() => expect(bench.study?.active).toBeNull());
    press('ArrowRight');
    await vi.waitFor(() => expect(bench.study?.active).toBe(changed));
    await vi.waitFor(() => expect(text('present-title')).toMatch(/not/));
    press('ArrowRight');
    expect(text('present-count')).toBe('2 of 2');
    expect(text('presenting')).toContain('Assumed: 31 of 44 numbers');
    press('Escape');
    expect(find('presenting')).toBeNull();
    expect(bench.view).toBe('present');
  });

  it('never shows one variant’s results under the name of another', async () => {
    await bench.room.pin();
    await whatIf();
    await bench.room.pin();
    await vi.waitFor(() => expect(bench.runs.phase).toBe('settled'), { timeout: 3000 });
    const name = bench.study?.whatIfs[0]?.name ?? '';
    await bench.room.present(0);
    flushSync();
    expect(text('presenting')).toContain('Baseline');
    await vi.waitFor(() => expect(bench.runs.phase).toBe('settled'), { timeout: 3000 });
    const start = host.startRun;
    let answer = (): void => undefined;
    host.startRun = (tell) => new Promise((done) => (answer = () => void start(tell).then(done)));
    await bench.room.present(1);
    flushSync();
    expect(text('presenting')).toContain(name);
    expect(text('present-title')).toBe('Working out…');
    expect(text('presenting')).not.toContain('85 of 100 changes');
    answer();
    await vi.waitFor(() => expect(text('present-title')).toMatch(/not/), { timeout: 3000 });
  });

  it('pins what was just chosen although the host has not answered yet', async () => {
    await whatIf();
    const changed = bench.study?.active;
    const select = host.select;
    host.select = (id) => new Promise((done) => setTimeout(() => done(select(id)), 30));
    void bench.select(null);
    await bench.room.pin();
    expect(changed).not.toBeNull();
    expect(bench.study?.steps.at(-1)?.whatIf).toBeNull();
  });

  it('takes news off the stage', async () => {
    await bench.room.pin();
    expect(bench.notices.toasts).toHaveLength(1);
    await bench.room.present(0);
    expect(bench.notices.toasts).toHaveLength(0);
  });

  it('does not run the study again for a pin', async () => {
    const run = vi.spyOn(host, 'startRun');
    await bench.room.pin();
    expect(run).not.toHaveBeenCalled();
  });

  it('edits, orders and removes steps', async () => {
    await bench.room.pin();
    bench.view = 'replay';
    await bench.room.pin();
    bench.view = 'present';
    flushSync();
    const title = find('step-title-0') as HTMLInputElement;
    title.value = 'As it is';
    title.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(bench.study?.steps[0]?.title).toBe('As it is'));
    document.querySelector<HTMLElement>('[aria-label="Move step 1 down"]')?.click();
    await vi.waitFor(() => expect(bench.study?.steps.map((step) => step.view)).toEqual(['replay', 'workbench']));
    document.querySelector<HTMLElement>('[aria-label="Remove step 1"]')?.click();
    await vi.waitFor(() => expect(bench.study?.steps.map((step) => step.title)).toEqual(['As it is']));
  });
});

describe('what is left out', () => {
  it('is one click from every view', async () => {
    for (const view of ['workbench', 'replay', 'present'] as const) {
      bench.view = view;
      flushSync();
      find('ignored')?.click();
      await vi.waitFor(() => expect(text('ignored-page')).toContain('The value of what is delivered'));
      expect(text('ignored-page')).toContain('Nobody leaves');
      find('ignored-close')?.click();
      flushSync();
    }
  });
});

describe('disagreeing', () => {
  it('reads numbers as people type them', () => {
    expect(disputedValue('35%', 'share')).toBe(0.35);
    expect(disputedValue(' 35 ', 'share')).toBe(0.35);
    expect(disputedValue('1,5', 'hours')).toBe(1.5);
    expect(disputedValue('−2', '')).toBe(-2);
    for (const typed of ['', 'many', '1.2.3', '5 days']) expect(disputedValue(typed, '')).toBeNull();
  });

  it('widens the range and says whether the choice holds', async () => {
    await whatIf();
    const widened = vi.spyOn(host, 'disagree');
    find('assumed')?.click();
    await vi.waitFor(() => expect(find('numbers')).not.toBeNull());
    find('number-teams.app.focus')?.click();
    flushSync();
    const type = (id: string, value: string): void => {
      const field = find(id) as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    };
    type('dispute-who', 'Ana');
    expect((find('dispute-settle') as HTMLButtonElement).disabled).toBe(true);
    type('dispute-value', '80');
    find('dispute-settle')?.click();
    await vi.waitFor(() => expect(text('dispute-outcome')).toBe('The choice holds.'));
    expect(widened).toHaveBeenCalledWith('teams.app.focus', 0.8, 'Ana');
  });

  it('tells a refusal where it is seen', async () => {
    vi.spyOn(host, 'disagree').mockRejectedValue({ code: 'impossiblePosition', message: 'The range holds that already.', faults: [] });
    await bench.room.dispute.begin('teams.app.focus');
    flushSync();
    bench.room.dispute.who = 'Ana';
    await bench.room.dispute.settle('teams.app.focus', 0.65, null);
    flushSync();
    expect(text('dispute-refused')).toBe('The range holds that already.');
  });
});
