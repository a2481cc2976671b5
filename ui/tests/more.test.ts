// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import type { Host } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { Workbench } from '../src/lib/stores/workbench.svelte';

let app: Record<string, unknown> | undefined;
let bench: Workbench;
let host: Host;

beforeEach(async () => {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) { this.open = true; };
  Element.prototype.scrollIntoView ??= () => undefined;
  host = mockHost();
  bench = new Workbench(host);
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.innerHTML = '';
});

const find = <E extends HTMLElement>(id: string) => document.querySelector<E>(`[data-testid="${id}"]`);
const press = (key: string, more: KeyboardEventInit = {}) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  flushSync();
};

async function open(): Promise<void> {
  app = mount(App, { target: document.body, props: { bench } });
  await bench.begin();
  await bench.openTemplate('siloed');
  flushSync();
  await vi.waitFor(() => expect(find('open-more')).not.toBeNull());
}

async function enter(field: HTMLInputElement, text: string): Promise<void> {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  field.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

const PEOPLE = 'teams.app.people';
const EFFORT = 'streams.release.stages.testing.effort';

describe('every number of the model', () => {
  async function more(words = ''): Promise<void> {
    await open();
    bench.showMore(words);
    flushSync();
    await vi.waitFor(() => expect(find('more')).not.toBeNull());
    await vi.waitFor(() => expect(bench.parameters.list.length).toBeGreaterThan(0));
    flushSync();
  }

  it('is changed in a what-if, gets a chip, and goes back by it', async () => {
    await more();
    await enter(find(`parameter-${PEOPLE}`)!.querySelector('input')!, '7');
    await vi.waitFor(() => expect(find(`chip-${PEOPLE}`)?.textContent).toContain('was 5'));
    expect(bench.study?.active).not.toBeNull();
    find(`chip-${PEOPLE}`)?.click();
    await vi.waitFor(() => expect(find(`chip-${PEOPLE}`)).toBeNull());
  });

  it('refuses what is no number or out of range, and sends nothing', async () => {
    await more();
    const set = vi.spyOn(host, 'setParameter');
    const row = () => find(`parameter-${PEOPLE}`)!;
    await enter(row().querySelector('input')!, 'many');
    expect(row().querySelector('[role=alert]')?.textContent).toContain('not a number');
    await enter(row().querySelector('input')!, '0');
    expect(row().querySelector('[role=alert]')?.textContent).toContain('from 1 to 1000');
    expect(set).not.toHaveBeenCalled();
  });

  it('asks what varies as the usual and the bad case', async () => {
    await more('testing effort');
    await vi.waitFor(() => expect(find(`parameter-${EFFORT}`)).not.toBeNull());
    const set = vi.spyOn(host, 'setParameter');
    const fields = find(`parameter-${EFFORT}`)!.querySelectorAll('input');
    expect([...fields].map((field) => field.value)).toEqual(['9', '17']);
    await enter(fields[1]!, '30');
    const given = { kind: 'spread', family: 'lognormal', usual: 9, of: 85, bad: 30 };
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(EFFORT, given, expect.any(Number), false));
  });

  it('takes lists of numbers and moments as people write them, and says what is wrong with others', async () => {
    await more('season');
    const set = vi.spyOn(host, 'setParameter');
    const at = async (path: string, text: string): Promise<HTMLElement> => {
      await vi.waitFor(() => expect(find(`parameter-${path}`)).not.toBeNull());
      const row = find(`parameter-${path}`)!;
      const field = row.querySelector('input')!;
      await enter(field, text);
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      flushSync();
      return row;
    };
    const season = 'streams.release.demand.change.season';
    const row = await at(season, '1, many');
    expect(row.querySelector('[role=alert]')?.textContent).toBe('“many” is no number. Write it as in 1, 1.2, 0.8.');
    expect(row.querySelector('input')?.getAttribute('aria-label')).toBe('Season');
    expect(set).not.toHaveBeenCalled();
    await at(season, '1, 2');
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(season, { kind: 'list', values: [1, 2] }, expect.any(Number), false));
    bench.showMore('departure');
    flushSync();
    await vi.waitFor(() => expect(find('parameter-pipeline.departs')?.querySelector('input')?.value).toBe('Wed 09:00'));
    await at('pipeline.departs', 'Thu 14:30');
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith('pipeline.departs', { kind: 'number', value: 86.5 }, expect.any(Number), false));
  });

  it('goes into the baseline itself on request', async () => {
    await more();
    find('on-baseline')?.click();
    flushSync();
    const set = vi.spyOn(host, 'setParameter');
    await enter(find(`parameter-${PEOPLE}`)!.querySelector('input')!, '6');
    await vi.waitFor(() => expect(set).toHaveBeenLastCalledWith(PEOPLE, { kind: 'number', value: 6 }, expect.any(Number), true));
  });
});

describe('the palette', () => {
  it('finds a lever by words and leads to it', async () => {
    await open();
    press('k', { ctrlKey: true });
    const field = find<HTMLInputElement>('palette-field')!;
    field.value = 'release rhythm';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    expect(document.querySelector('[aria-selected="true"][role=option]')?.textContent).toContain('Release rhythm');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await vi.waitFor(() => expect(document.activeElement).toBe(find('lever-rhythm')));
    expect(find('palette')).toBeNull();
  });

  it('has every command, view, what-if, lever, number, study', async () => {
    await open();
    await bench.addWhatIf();
    press('k', { ctrlKey: true });
    await vi.waitFor(() => expect(find('entry-command-save')).not.toBeNull());
    const ask = (words: string): void => {
      const field = find<HTMLInputElement>('palette-field')!;
      field.value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    };
    for (const [words, id] of [
      ['view workbench', 'entry-view-workbench'],
      ['what-if 1', 'entry-whatIf-what-if-1'],
      ['observ alerts', ''],
      ['people app number', `entry-parameter-${PEOPLE}`],
      ['start-up', 'entry-study-start-up'],
      ['payments', 'entry-recent-/home/ada/payments.toml'],
    ] as const) {
      ask(words);
      if (id) await vi.waitFor(() => expect(find(id), words).not.toBeNull());
    }
  });
});

describe('craft', () => {
  it('offers both moves where the platform cannot carry one', async () => {
    await open();
    const lever = find('lever-strategy')!;
    lever.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    flushSync();
    expect(find('way-out')?.textContent).toContain('Needs alerts');
    find('raise-both')?.click();
    await vi.waitFor(() => expect(find('lever-strategy')?.getAttribute('aria-valuetext')).toBe('canary that stops itself'));
    expect(find('lever-observability')?.getAttribute('aria-valuetext')).toBe('alerts');
  });

  it('shows the tour once', async () => {
    const keep = vi.spyOn(host, 'keepSettings');
    vi.spyOn(host, 'settings').mockResolvedValue({ theme: null, motion: null, tourSeen: false });
    await open();
    expect(find('tour')).not.toBeNull();
    find('tour-skip')?.click();
    flushSync();
    expect(find('tour')).toBeNull();
    await vi.waitFor(() => expect(keep).toHaveBeenCalledWith({ theme: null, motion: null, tourSeen: true }));
    await bench.openTemplate('siloed');
    flushSync();
    expect(find('tour')).toBeNull();
  });

  it('offers what was not saved, and throws it away only when told', async () => {
    vi.spyOn(host, 'recovered').mockResolvedValue([{ id: '1-2', name: 'Payments', path: null, changed: 1.8e9, fileIsNewer: false }]);
    const discard = vi.spyOn(host, 'discardRecovered');
    app = mount(App, { target: document.body, props: { bench } });
    await bench.begin();
    flushSync();
    expect(find('recovered')?.textContent).toContain('Payments');
    expect(discard).not.toHaveBeenCalled();
    find('recovered-later')?.click();
    flushSync();
    expect(find('recovered')).toBeNull();
    expect(discard).not.toHaveBeenCalled();
  });

  it('keeps colours and motion that were chosen', async () => {
    const keep = vi.spyOn(host, 'keepSettings');
    await open();
    press(',', { ctrlKey: true });
    find('theme-dark')?.click();
    find('motion-reduced')?.click();
    flushSync();
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.dataset.motion).toBe('reduced');
    expect(keep).toHaveBeenLastCalledWith({ theme: 'dark', motion: 'reduced', tourSeen: true });
  });

  it('lists its keys under ?', async () => {
    await open();
    press('?');
    expect(find('keys')?.textContent).toContain('See the baseline while it is held');
  });

  it('combines picked what-ifs and moves them by keyboard', async () => {
    await open();
    await bench.addWhatIf();
    await bench.addWhatIf();
    flushSync();
    for (const id of ['what-if-1', 'what-if-2']) find(`tab-${id}`)?.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }));
    flushSync();
    find('combine')?.click();
    await vi.waitFor(() => expect(bench.study?.whatIfs).toHaveLength(3));
    expect(bench.picked).toEqual([]);
    const last = bench.study!.whatIfs[2]!.id;
    find(`tab-${last}`)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true }));
    await vi.waitFor(() => expect(bench.study?.whatIfs[1]?.id).toBe(last));
  });
});
