// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layoutMap } from '../src/lib/compute/map';
import type { Edit, Host, MapView, NodeView, Refusal } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { crowdedMap, map } from '../src/lib/host/mock/map';
import { type Action, actionsOf, isQuestion } from '../src/lib/map/actions';
import { dropOf } from '../src/lib/map/drop';
import { fillStep, fillValue } from '../src/lib/map/fill';
import { neighbour } from '../src/lib/map/neighbour';
import { rowsOf } from '../src/lib/map/rows';
import { shapeOf, streamOf } from '../src/lib/map/shape';
import { thumbOf } from '../src/lib/map/thumb';
import { MapState } from '../src/lib/stores/map.svelte';
import { Structure } from '../src/lib/stores/structure.svelte';
import { Workbench } from '../src/lib/stores/workbench.svelte';
import MapMenu from '../src/lib/components/MapMenu.svelte';
import MapQuestion from '../src/lib/components/MapQuestion.svelte';
import MapThumb from '../src/lib/components/MapThumb.svelte';

const node = (id: string, lane: string, stream: string | null, column: number): NodeView => ({
  id,
  kind: stream === null ? 'tickets' : 'stage',
  name: id,
  lane,
  stream,
  path: '',
  column,
  detail: '',
  changed: false,
});
const view = (nodes: NodeView[]): MapView => ({
  streams: [{ id: 's', name: 'S' }, { id: 't', name: 'T' }],
  lanes: [...new Set(nodes.map(({ lane }) => lane))].map((id) => ({ id, name: id, detail: '', changed: false })),
  nodes,
  edges: [],
});

describe('rows of a lane', () => {
  it('keep streams apart that would stand on one another, and only those', () => {
    const crossing = rowsOf(view([node('a', 'l', 's', 1), node('b', 'l', 's', 3), node('c', 'l', 't', 2)]));
    expect(crossing.count.get('l')).toBe(2);
    expect(crossing.row.get('c')).not.toBe(crossing.row.get('a'));
    const apart = rowsOf(view([node('a', 'l', 's', 1), node('b', 'l', 't', 2)]));
    expect(apart.count.get('l')).toBe(1);
  });
  it('hold ways beside each other', () => {
    const { row } = rowsOf(view([node('a', 'l', 's', 1), node('b', 'l', 's', 1)]));
    expect(row.get('a')).not.toBe(row.get('b'));
  });
  it('give tickets a free place beside their own', () => {
    const { count, column } = rowsOf(view([node('a', 'l', 's', 1), node('x', 'l', null, 1)]));
    expect(count.get('l')).toBe(1);
    expect(column.get('x')).toBe(2);
  });
});

describe('one value stream of a map', () => {
  it('has its own nodes, the tickets it asks for, and the lanes of those', () => {
    const whole = {
      ...view([node('a', 'l', 's', 1), node('b', 'm', 't', 1), node('x', 'n', null, 1)]),
      edges: [{ from: 'a', to: 'x', kind: 'ticket' as const, label: '' }],
    };
    const only = streamOf(whole, 's');
    expect(only.nodes.map(({ id }) => id)).toEqual(['a', 'x']);
    expect(only.lanes.map(({ id }) => id)).toEqual(['l', 'n']);
    expect(streamOf(whole, 't').nodes.map(({ id }) => id)).toEqual(['b']);
    expect(streamOf(whole, 'gone')).toBe(whole);
  });
});

describe('the layout', () => {
  it('depends on neither details nor what changed', () => {
    const before = map({});
    const after = { ...before, nodes: before.nodes.map((one) => ({ ...one, detail: 'other', changed: true })) };
    expect(shapeOf(after)).toBe(shapeOf(before));
    expect(shapeOf({ ...before, nodes: before.nodes.slice(1) })).not.toBe(shapeOf(before));
  });
  it.each([{ width: 480, height: 260 }, { width: 620, height: 400 }])('cuts no name at $width × $height', (room) => {
    for (const { lines, node: placed } of layoutMap(crowdedMap(), room).nodes) {
      expect(lines.join(' ').replaceAll('- ', '-'), placed.name).toBe(placed.name);
    }
  });
  it('leads arrow keys to the nearest node that way', () => {
    const { nodes } = layoutMap(map({}), { width: 900, height: 500 });
    expect(neighbour(nodes, 'stage/refine', 'right')).toBe('stage/development');
    expect(neighbour(nodes, 'stage/refine', 'left')).toBe('demand');
    expect(neighbour(nodes, 'demand', 'left')).toBeNull();
    expect(neighbour(nodes, 'stage/development', 'up')).toBeNull();
  });
});

describe('a node let go of', () => {
  const layout = layoutMap(map({}), { width: 900, height: 500 });
  const placed = (id: string) => layout.nodes.find((one) => one.node.id === id)?.box ?? { left: 0, top: 0, x: 0, y: 0 };
  const moved = (id: string, dx: number, y: number) => dropOf(layout, { id, position: { x: placed(id).left + dx, y }, width: 0, height: 0 });

  it('goes to the team whose lane it is over', () => {
    expect(moved('stage/development', 0, placed('stage/testing').y)?.lane).toBe('qa');
  });
  it('stays where it is in its own lane, and production takes no stage', () => {
    const { y } = placed('stage/development');
    expect(moved('stage/development', 0, y)).toMatchObject({ lane: null, before: undefined });
    expect(moved('stage/development', 0, placed('production').y)?.lane).toBeNull();
  });
  it('stands before the first stage to its right', () => {
    expect(moved('stage/development', -400, placed('stage/development').y)?.before).toBe('stage/refine');
    expect(moved('stage/development', 900, placed('stage/development').y)?.before).toBeNull();
  });
});

describe('the fill', () => {
  const whole = map({});
  const testing = whole.nodes.find(({ id }) => id === 'stage/testing') as NodeView;
  const numbers = new Map([
    ['stage/testing', { id: 'stage/testing', share: 0.2, queue: 5, text: '', differenceHours: null, utilisation: null }],
    ['qa', { id: 'qa', share: 0, queue: null, text: '', differenceHours: null, utilisation: 0.93 }],
  ]);
  it('is a node’s share or queue, or its team’s utilisation', () => {
    expect(fillValue('share', testing, numbers)).toBe(0.2);
    expect(fillValue('queue', testing, numbers)).toBe(5);
    expect(fillValue('utilisation', testing, numbers)).toBe(0.93);
  });
  it('has seven steps with fixed limits', () => {
    expect([0, 0.29, 0.3, 0.95, 1, 9].map((share) => fillStep('utilisation', share))).toEqual([0, 0, 1, 5, 6, 6]);
    expect([0.9, 1, 31, 32].map((many) => fillStep('queue', many))).toEqual([0, 1, 5, 6]);
  });
});

describe('what can be done on the map', () => {
  const whole = map({});
  const ids = (id: string): string[] => actionsOf(whole, id).map((action) => action.id);
  const made = (id: string, action: string, name = '', choice = ''): Edit | undefined => {
    const found = actionsOf(whole, id).find((one) => one.id === action)?.edit;
    return found && isQuestion(found) ? found.answer(name, choice) : found;
  };

  it('differs by what it is done to', () => {
    expect(ids('stage/testing')).toEqual(['rename', 'stage-before', 'stage-after', 'gate-after', 'assign', 'earlier', 'later', 'commit', 'remove']);
    expect(ids('gate/board')).toContain('gate-before');
    expect(ids('tickets/infrastructure')).toEqual(['assign']);
    expect(ids('team/qa')).toEqual(['rename', 'add-team', 'remove']);
    expect(ids('production')).toEqual(['stage-before', 'gate-before']);
    expect(ids('gone')).toEqual([]);
  });
  it('says exactly what is meant', () => {
    expect(made('stage/testing', 'stage-before', 'Smoke test')).toEqual({ kind: 'insertStage', beside: 'stage/testing', after: false, name: 'Smoke test' });
    expect(made('gate/board', 'gate-after', 'Sign-off', 'manual')).toEqual({ kind: 'insertGate', beside: 'gate/board', after: true, name: 'Sign-off', form: 'manual' });
    expect(made('stage/testing', 'assign', '', 'app')).toEqual({ kind: 'assign', node: 'stage/testing', team: 'app' });
    expect(made('team/qa', 'rename', 'Quality')).toEqual({ kind: 'rename', node: 'team/qa', name: 'Quality' });
    expect(made('stage/testing', 'later')).toEqual({ kind: 'shift', node: 'stage/testing', later: true });
  });
  it('offers every other team, and not production', () => {
    const question = actionsOf(whole, 'stage/testing').find(({ id }) => id === 'assign')?.edit;
    const options = question && isQuestion(question) ? question.choice?.options.map(({ id }) => id) : [];
    expect(options).toEqual(['app', 'infrastructure', 'platform']);
  });
});

describe('an edit', () => {
  let host: Host;
  let bench: Workbench;
  let state: MapState;
  let structure: Structure;
  const refusal = (code: Refusal['code']): Refusal => ({ code, message: 'Because.', faults: [] });

  beforeEach(async () => {
    host = mockHost();
    bench = new Workbench(host);
    await bench.openTemplate('siloed');
    state = new MapState();
    structure = new Structure(bench, state);
  });

  it('is one step of undo, and a removed node is no longer selected', async () => {
    state.select('stage/testing');
    await structure.make({ kind: 'remove', node: 'stage/testing', heir: null, everywhere: false });
    expect(bench.study?.map.nodes.some(({ id }) => id === 'stage/testing')).toBe(false);
    expect(state.selected).toBeNull();
    await bench.undo();
    expect(bench.study?.map.nodes.some(({ id }) => id === 'stage/testing')).toBe(true);
  });
  it('selects what it adds', async () => {
    await structure.make({ kind: 'addTeam', name: 'Enablers' });
    expect(state.selected).toMatch(/^team\//);
  });
  it('asks who takes over, and does it with the answer', async () => {
    const remove: Edit = { kind: 'remove', node: 'team/qa', heir: null, everywhere: false };
    await structure.make(remove);
    expect(structure.question?.choice?.options.map(({ id }) => id)).toEqual(['app', 'infrastructure', 'platform']);
    expect(structure.question?.answer('', 'app')).toEqual({ ...remove, heir: 'app' });
    expect(bench.notices.toasts).toEqual([]);
  });
  it('asks whether what-ifs forget it, once', async () => {
    host.editStructure = vi.fn(() => Promise.reject(refusal('namedElsewhere')));
    const remove: Edit = { kind: 'remove', node: 'gate/board', heir: null, everywhere: false };
    await structure.make(remove);
    expect(structure.question?.answer('', '')).toEqual({ ...remove, everywhere: true });
    structure.answer('', '');
    await vi.waitFor(() => expect(bench.notices.toasts[0]?.text).toBe('Because.'));
    expect(structure.question).toBeNull();
  });
  it('that is impossible says why', async () => {
    host.editStructure = () => Promise.reject(refusal('impossibleEdit'));
    await structure.make({ kind: 'shift', node: 'stage/refine', later: false });
    expect(bench.notices.toasts[0]?.text).toBe('Because.');
  });
  it('by keyboard means what the menu means', () => {
    const shown = map({});
    expect(structure.key('F2', 'stage/testing', shown)).toBe(true);
    expect(structure.question?.name).toBe('Acceptance testing');
    expect(structure.key('x', 'stage/testing', shown)).toBe(false);
    expect(structure.key('Delete', 'tickets/infrastructure', shown)).toBe(false);
  });
});

describe('on screen', () => {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  let shown: Record<string, unknown> | undefined;
  afterEach(async () => {
    if (shown) await unmount(shown);
    document.body.innerHTML = '';
  });
  const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);

  it('a menu is walked with arrows and left with Escape', () => {
    const taken: string[] = [];
    const onclose = vi.fn();
    shown = mount(MapMenu, {
      target: document.body,
      props: { label: 'Actions', actions: actionsOf(map({}), 'stage/testing'), at: { x: 5, y: 5 }, onclose, ontake: ({ id }: Action) => taken.push(id) },
    });
    flushSync();
    const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    expect(document.activeElement).toBe(find('map-menu-rename'));
    press('ArrowDown');
    expect(document.activeElement).toBe(find('map-menu-stage-before'));
    press('End');
    find('map-menu-remove')?.click();
    expect(taken).toEqual(['remove']);
    press('Escape');
    expect(onclose).toHaveBeenCalled();
  });
  it('a question is answered only with a name', () => {
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) { this.open = true; };
    const onanswer = vi.fn();
    const action = actionsOf(map({}), 'stage/testing').find(({ id }) => id === 'gate-after');
    if (!action || !isQuestion(action.edit)) throw new Error('no question');
    shown = mount(MapQuestion, { target: document.body, props: { question: action.edit, onanswer, oncancel: () => undefined } });
    flushSync();
    const confirm = find('map-question-confirm') as HTMLButtonElement;
    expect(confirm.disabled).toBe(true);
    const name = find('map-question-name') as HTMLInputElement;
    name.value = ' Sign-off ';
    name.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    confirm.click();
    expect(onanswer).toHaveBeenCalledWith('Sign-off', 'automated');
  });
  it('a thumbnail has every node and no words', () => {
    const whole = map({});
    shown = mount(MapThumb, { target: document.body, props: { map: whole } });
    flushSync();
    expect(document.querySelectorAll('.node')).toHaveLength(whole.nodes.length);
    expect(document.body.textContent?.trim()).toBe('');
    const { width, height, nodes } = thumbOf(whole);
    expect(nodes.every(({ x, y }) => x > 0 && x < width && y > 0 && y < height)).toBe(true);
  });
});
