// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import type { Host, Refusal, RunUpdate } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { update } from '../src/lib/host/mock/figures';
import { Runs } from '../src/lib/stores/runs.svelte';
import { Workbench } from '../src/lib/stores/workbench.svelte';

let app: Record<string, unknown> | undefined;
let bench: Workbench;
let host: Host;

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) { this.open = true; };
  host = mockHost();
  bench = new Workbench(host);
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.innerHTML = '';
});

const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const text = (id: string) => find(id)?.textContent?.trim() ?? '';

async function start(): Promise<void> {
  app = mount(App, { target: document.body, props: { bench } });
  await bench.begin();
  flushSync();
}

async function openSiloed(): Promise<void> {
  await start();
  find('template-siloed')?.click();
  await vi.waitFor(() => expect(text('verdict')).toContain('85 of 100'));
}

describe('the window', () => {
  it('leads from a template to a verdict', async () => {
    await openSiloed();
    expect(text('footer')).toContain('Assumed: 31 of 44 numbers');
    expect(text('lead-time-headline')).toMatch(/^\d+ days$/);
    await vi.waitFor(() => expect(text('run-state')).toMatch(/^settled, 1,000/), { timeout: 3000 });
  });

  it('starts a what-if with the first lever moved from the baseline, and compares', async () => {
    await openSiloed();
    const rhythm = find('lever-rhythm');
    rhythm?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    rhythm?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await vi.waitFor(() => expect(find('tab-what-if-1')?.getAttribute('aria-selected')).toBe('true'));
    await vi.waitFor(() => expect(find('lever-rhythm')?.getAttribute('aria-valuetext')).toBe('weekly'));
    await vi.waitFor(() => expect(text('lead-time-headline')).toMatch(/→/));
    expect(find('undo')?.title).toBe('Undo: Release rhythm');
  });

  it('0 puts a lever back', async () => {
    await openSiloed();
    const press = (key: string) => find('lever-rhythm')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('ArrowRight');
    await vi.waitFor(() => expect(find('lever-rhythm')?.getAttribute('aria-valuetext')).toBe('fortnightly'));
    await vi.waitFor(() => expect(bench.ahead).toBeNull());
    press('0');
    await vi.waitFor(() => expect(find('lever-rhythm')?.getAttribute('aria-valuetext')).toBe('monthly'));
  });

  it('lists every fault of a file and keeps the open study', async () => {
    await openSiloed();
    vi.spyOn(host, 'pickOpenPath').mockResolvedValue('broken.toml');
    find('open')?.click();
    await vi.waitFor(() => expect(find('fault-list')?.querySelectorAll('li')).toHaveLength(3));
    expect(text('fault-list')).toContain('did you mean');
    expect(bench.study?.name).toBe('A siloed organisation');
  });

  it('asks before changes are lost', async () => {
    await openSiloed();
    await bench.addWhatIf();
    const opened = bench.openTemplate('bank');
    await vi.waitFor(() => expect(find('unsaved-cancel')).not.toBeNull());
    find('unsaved-cancel')?.click();
    await opened;
    expect(bench.study?.name).toBe('A siloed organisation');
  });

  it('asks for a path when the study has none', async () => {
    await openSiloed();
    await bench.addWhatIf();
    const pick = vi.spyOn(host, 'pickSavePath').mockResolvedValue('/tmp/mine');
    await bench.save();
    expect(pick).toHaveBeenCalledOnce();
    expect(bench.study?.path).toBe('/tmp/mine.toml');
    expect(bench.study?.dirty).toBe(false);
  });

  it('shows other refusals and goes on', async () => {
    await openSiloed();
    const refusal: Refusal = { code: 'noResult', message: 'There is no result yet.', faults: [] };
    vi.spyOn(host, 'saveFigure').mockRejectedValue(refusal);
    await bench.saveFigure('lead-time');
    flushSync();
    expect(text('toast')).toContain('There is no result yet.');
  });

  it('holds the baseline while B is down', async () => {
    await openSiloed();
    await bench.addWhatIf();
    bench.moveLever('rhythm', 4, bench.nextGesture());
    await vi.waitFor(() => expect(text('lead-time-headline')).toMatch(/→/));
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'b' }));
    flushSync();
    expect(text('lead-time-headline')).not.toMatch(/→/);
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 'b' }));
    flushSync();
    expect(text('lead-time-headline')).toMatch(/→/);
  });
});

describe('moves', () => {
  it('of one drag leave at most one a frame, and the last one counts', async () => {
    await host.openTemplate('siloed');
    bench.study = await host.study();
    const moved = vi.spyOn(host, 'moveLever');
    const gesture = bench.nextGesture();
    for (const position of [2, 3, 4]) bench.moveLever('rhythm', position, gesture);
    await vi.waitFor(() => expect(bench.ahead).toBeNull());
    expect(moved).toHaveBeenCalledTimes(1);
    expect(moved).toHaveBeenLastCalledWith('rhythm', 4, gesture);
  });

  it('of two levers are both made', async () => {
    await host.openTemplate('siloed');
    bench.study = await host.study();
    bench.moveLever('rhythm', 4, bench.nextGesture());
    bench.moveLever('approval', 2, bench.nextGesture());
    await vi.waitFor(() => expect(bench.ahead).toBeNull());
    expect(bench.study?.whatIfs[0]?.changes).toHaveLength(2);
  });
});

describe('runs', () => {
  it('ignore what an overtaken run still says', async () => {
    const heard: ((update: RunUpdate) => void)[] = [];
    const runs = new Runs({ ...host, startRun: async (on) => heard.push(on) }, () => undefined);
    runs.restart();
    heard[0]?.(update(1, 10, 1000, null, 0));
    runs.restart();
    heard[0]?.(update(1, 40, 1000, null, 0));
    expect(runs.update?.done).toBe(10);
    expect(runs.stale).toBe(true);
    heard[1]?.(update(2, 20, 1000, null, 0));
    expect(runs.update?.run).toBe(2);
    expect(runs.stale).toBe(false);
  });

  it('are not restarted before they answered once', () => {
    const heard: ((update: RunUpdate) => void)[] = [];
    const runs = new Runs({ ...host, startRun: async (on) => heard.push(on) }, () => undefined);
    for (let frame = 0; frame < 30; frame++) runs.restart();
    expect(heard).toHaveLength(1);
    heard[0]?.(update(1, 10, 1000, null, 0));
    expect(heard).toHaveLength(2);
  });
});
