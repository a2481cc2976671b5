import { describe, expect, it } from 'vitest';
import { castOf, step } from '../src/lib/compute/replay/cast';
import { arrivedBy, calledAt, Doing, type Film, filmOf, incidentsAt, peopleAt, withinBy } from '../src/lib/compute/replay/film';
import { daysAxis, heapOf } from '../src/lib/compute/replay/pile';
import { mostWaiting, stageOf, type Way, wayBetween, wayKey, wayOf } from '../src/lib/compute/replay/stage';
import { shows, type Square, Tiles } from '../src/lib/compute/replay/tiles';
import type { FilmView } from '../src/lib/host';
import { map } from '../src/lib/host/mock/map';
import { replay } from '../src/lib/host/mock/replay';
import { dateOf, Player } from '../src/lib/stores/player.svelte';

const DAY = 86400;
const YEAR = 364 * DAY;
const view = replay({ kind: 'typical' }, map({}), null).films[0] as FilmView;
const ROOM = { width: 860, height: 620 };
const HEAP = { left: 880, width: 340, floor: 580, height: 480 };

function scene(film: Film) {
  const most = daysAxis([...film.arrivals.hours]).most * 24;
  return { stage: stageOf(film, ROOM), heap: heapOf(film.arrivals, { ...HEAP, most }), cast: castOf(film) };
}

/** How many are at each node in a state, counted the slow way. */
function counted(film: Film, time: number, doings: number[]): Uint32Array {
  const found = new Uint32Array(film.map.nodes.length);
  for (let item = 0; item < film.items; item++) {
    let entry = -1;
    for (let at = film.first[item]!; at < film.first[item + 1]! && film.second[at]! <= time; at++) entry = at;
    if (entry >= 0 && doings.includes(film.doing[entry]!)) found[film.node[entry]!]!++;
  }
  return found;
}

/** How far a point is from a line. */
function distance(way: Way, x: number, y: number): number {
  return Math.min(...way.corners.slice(1).map((b, index) => {
    const a = way.corners[index]!;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
  }));
}

describe('a year on the map', () => {
  const film = filmOf(view);

  it('has at every time those in the piles that wait then, played on or back or in jumps', () => {
    const { stage, heap, cast } = scene(film);
    for (const day of [0, 3, 3.5, 90, 200, 363, 120, 1, 300]) {
      step(cast, stage, heap, { time: day * DAY, elapsed: day === 90 ? 0 : 16, rate: 2000 });
      expect(cast.waiting).toEqual(counted(film, day * DAY, [Doing.waiting, Doing.stuck]));
      expect(cast.worked).toEqual(counted(film, day * DAY, [Doing.worked]));
    }
  });

  it('shows the same after a jump as after playing there, once moves have ended', () => {
    const [played, jumped] = [scene(film), scene(film)];
    const moment = { time: 0, elapsed: 16, rate: 1 };
    for (let day = 0; day <= 100; day++) step(played.cast, played.stage, played.heap, { ...moment, time: day * DAY });
    for (let frame = 0; frame < 300; frame++) step(played.cast, played.stage, played.heap, { ...moment, time: 100 * DAY });
    step(jumped.cast, jumped.stage, jumped.heap, { time: 100 * DAY, elapsed: 0, rate: 1 });
    for (let item = 0; item < film.items; item++) {
      expect(played.cast.seen[item]).toBe(jumped.cast.seen[item]);
      if (jumped.cast.seen[item] === 0) continue;
      expect(played.cast.x[item]).toBeCloseTo(jumped.cast.x[item]!, 1);
      expect(played.cast.y[item]).toBeCloseTo(jumped.cast.y[item]!, 1);
    }
  });

  it('lets an item take the edge between its nodes and no short cut', () => {
    const { stage, heap, cast } = scene(film);
    const [key, way] = [...stage.ways].find(([, each]) => each.corners.length > 2) ?? [0, wayOf([])];
    const [from, to] = [Math.floor(key / 65536), key % 65536];
    expect(stage.ways.get(wayKey(from, to))).toBe(way);
    const one = filmOf({
      ...view,
      items: { kind: [0], first: [0, 2], second: [0, 1000], doing: [0, 0], node: [from, to] },
      arrivals: { item: [], second: [], hours: [] },
    });
    const walker = castOf(one);
    step(walker, stage, heap, { time: 0, elapsed: 0, rate: 1 });
    let onLine = 0;
    for (let frame = 0; frame < 40; frame++) {
      step(walker, stage, heap, { time: 1000 + frame, elapsed: 16, rate: 1 });
      if (distance(way, walker.x[0]!, walker.y[0]!) < 0.01) onLine++;
    }
    expect(onLine).toBeGreaterThan(24);
    expect(cast.film.items).toBe(156);
  });

  it('follows the lines over the nodes between where several are passed at once', () => {
    const { stage } = scene(film);
    const pairs = [...stage.ways.keys()].map((key) => [Math.floor(key / 65536), key % 65536] as const);
    const [first, second] = pairs.flatMap(([from, mid]) => pairs.filter(([again, to]) => again === mid && to !== from && !stage.ways.has(wayKey(from, to))).map(([, to]) => [[from, mid], [mid, to]] as const))[0]!;
    const through = wayBetween(stage, first[0], second[1])!;
    expect(through.corners).toEqual([...stage.ways.get(wayKey(...first))!.corners, ...stage.ways.get(wayKey(...second))!.corners]);
    const users = film.map.nodes.findIndex((node) => node.kind === 'production');
    const demand = film.map.nodes.findIndex((node) => node.kind === 'demand');
    expect(wayBetween(stage, users, demand)).toBeNull();
  });

  it('counts in a pile what stands there, and not what is on its way', () => {
    const { stage, heap, cast } = scene(film);
    step(cast, stage, heap, { time: 100 * DAY, elapsed: 0, rate: 1 });
    expect(cast.piled).toEqual(cast.waiting);
    step(cast, stage, heap, { time: 130 * DAY, elapsed: 16, rate: 1 });
    const moving = [...cast.trip].filter((trip, item) => trip < 1 && film.doing[cast.entry[item]!]! <= Doing.stuck).length;
    expect(moving).toBeGreaterThan(0);
    const sum = (all: Uint32Array) => all.reduce((a, b) => a + b, 0);
    expect(sum(cast.piled)).toBe(sum(cast.waiting) - moving);
    for (let frame = 0; frame < 100; frame++) step(cast, stage, heap, { time: 130 * DAY, elapsed: 16, rate: 1 });
    expect(cast.piled).toEqual(cast.waiting);
  });

  it('has an axis that ends a little after the longest', () => {
    for (const days of [0.4, 9, 31, 104, 155, 420, 4100]) {
      const { most, ticks } = daysAxis([days * 24]);
      expect(most).toBeGreaterThanOrEqual(days);
      expect(most).toBeLessThanOrEqual(Math.max(1, 1.5 * days));
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks.at(-1)).toBe(most);
    }
  });

  it('keeps every pile inside its lane and every heap under its roof', () => {
    const { stage, heap } = scene(film);
    const most = mostWaiting(film);
    stage.spots.forEach((spot, node) => {
      if (!spot) throw new Error(`node ${node} has no place`);
      const { waiting, placed } = spot;
      const lane = stage.lanes.get(placed.node.lane)!;
      const rows = Math.ceil(most[node]! / waiting.columns);
      expect(waiting.top + (rows - 0.5) * waiting.pitch).toBeLessThanOrEqual(lane.top + lane.height + 2);
    });
    for (const y of heap.y) expect(y).toBeGreaterThanOrEqual(HEAP.floor - HEAP.height - 1);
    for (const x of heap.x) expect(x).toBeLessThanOrEqual(HEAP.left + HEAP.width);
  });

  it('plays one value stream alone: of the others nothing arrives and nothing stands anywhere', () => {
    const [first] = view.map.streams;
    const other = { ...view.map, streams: [...view.map.streams, { id: 'other', name: 'Other' }] };
    const two = { ...view, map: { ...other, nodes: [...other.nodes, { ...other.nodes[0]!, id: 'demand/other', stream: 'other' }] } };
    const own = filmOf(two, first!.id);
    expect(own.arrivals.item).toEqual(film.arrivals.item);
    const empty = filmOf(two, 'other');
    expect(empty.arrivals.item).toHaveLength(0);
    expect(empty.incidents).toHaveLength(0);
    const places = (each: Film): number[] => stageOf(each, ROOM).spots.flatMap((spot, node) => (spot ? [node] : []));
    expect(places(own)).not.toContain(two.map.nodes.length - 1);
    expect(places(empty)).toEqual([two.map.nodes.length - 1]);
  });

  it('draws again where something changed and nowhere else', () => {
    const { stage, heap, cast } = scene(film);
    const tiles = new Tiles(cast, ROOM.width, ROOM.height);
    const drawn = (): Square[] => {
      const found: Square[] = [];
      tiles.compare(cast, '', () => null);
      tiles.drain((square) => found.push(square));
      return found;
    };
    step(cast, stage, heap, { time: 100 * DAY, elapsed: 0, rate: 1 });
    expect(drawn()).toEqual([{ x: 0, y: 0, width: tiles.columns * tiles.size, height: tiles.rows * tiles.size }]);
    expect(drawn()).toHaveLength(0);
    const item = cast.seen.findIndex((seen, at) => seen === 1 && film.doing[cast.entry[at]!] !== Doing.arrived);
    const [x, y] = [cast.x[item]!, cast.y[item]!];
    cast.x[item] = x + 150;
    const again = drawn();
    const holds = (px: number, py: number) => again.some((square) => shows(square, px, py, 0));
    expect(again.length).toBeGreaterThan(0);
    expect(again.length).toBeLessThanOrEqual(8);
    expect([holds(x, y), holds(x + 150, y)]).toEqual([true, true]);
  });

  it('loses none of thousands of items in a year of frames, and says how many it moves a millisecond', () => {
    const copies = 20;
    const times = (all: number[]): number[] => Array.from({ length: copies }, () => all).flat();
    const many = filmOf({
      ...view,
      items: {
        ...view.items,
        kind: times(view.items.kind),
        second: times(view.items.second),
        doing: times(view.items.doing),
        node: times(view.items.node),
        first: [0, ...Array.from({ length: copies }, (_, copy) => view.items.first.slice(1).map((at) => at + copy * view.items.second.length)).flat()],
      },
      arrivals: { item: [], second: [], hours: [] },
    });
    const { stage, heap, cast } = scene(many);
    const frames = 400;
    const began = performance.now();
    for (let frame = 0; frame < frames; frame++) step(cast, stage, heap, { time: (frame / frames) * YEAR, elapsed: 16, rate: YEAR / 15000 });
    const perMillisecond = (many.items * frames) / (performance.now() - began);
    console.info(`${Math.round(perMillisecond)} items a millisecond`);
    expect(many.items).toBeGreaterThan(3000);
    expect(cast.waiting).toEqual(counted(many, ((frames - 1) / frames) * YEAR, [Doing.waiting, Doing.stuck]));
  });
});

describe('what is told beside the picture', () => {
  const film = filmOf({
    ...view,
    arrivals: { item: [0, 1, 2], second: [DAY, 2 * DAY, 2 * DAY], hours: [24, 240, 48] },
    incidents: [
      { stream: 'a', stoppedItself: false, showed: 100, called: 200, recovered: 400, team: 'app', people: 2 },
      { stream: 'a', stoppedItself: false, showed: 300, called: null, recovered: null, team: null, people: 0 },
    ],
  });

  it('counts arrivals to the second and says nothing of few', () => {
    expect([0, DAY, 2 * DAY].map((time) => arrivedBy(film, time))).toEqual([0, 1, 3]);
    expect(withinBy(film, 3 * DAY)).toBeNull();
    expect(withinBy(film, 3 * DAY, 3)).toBe(240);
  });

  it('has people away from the call until it is over, and no less than can be seen', () => {
    expect(calledAt(film, 199).get('app')).toBeUndefined();
    expect(calledAt(film, 200).get('app')).toBe(2);
    expect(calledAt(film, 400).get('app')).toBeUndefined();
    expect(calledAt(film, 400, 500).get('app')).toBe(2);
    expect(incidentsAt(film, 350)).toHaveLength(2);
    expect(incidentsAt(film, 99)).toHaveLength(0);
  });

  it('knows who has left and come', () => {
    const team = { id: 'app', people: 3, second: [10, 20, 30], change: [-1, -1, 1] };
    expect([0, 10, 25, 30].map((time) => peopleAt(team, time))).toEqual([3, 2, 1, 2]);
  });

  it('names week and day from one', () => {
    expect(dateOf(0)).toEqual({ week: 1, day: 1 });
    expect(dateOf(10 * DAY)).toEqual({ week: 2, day: 4 });
  });
});

describe('the player', () => {
  it('plays a year in the time it says, stops at its end and begins again', () => {
    const player = new Player(YEAR);
    player.pace = 15;
    player.play();
    for (let frame = 0; frame < 899; frame++) player.tick(1000 / 60);
    expect(player.playing).toBe(true);
    for (let frame = 0; frame < 3; frame++) player.tick(1000 / 60);
    expect(player.playing).toBe(false);
    expect(player.time).toBe(YEAR);
    player.play();
    expect(player.time).toBe(0);
  });

  it('never goes on by itself where nothing may move, and goes a week on when asked', () => {
    let calm = true;
    const player = new Player(YEAR, () => calm);
    player.play();
    player.tick(1000);
    expect([player.playing, player.time]).toEqual([false, 0]);
    player.toggle();
    expect(player.time).toBe(7 * DAY);
    player.seek(YEAR);
    player.toggle();
    expect([player.playing, player.time]).toEqual([false, 0]);
    calm = false;
    player.play();
    player.tick(50);
    calm = true;
    const { time } = player;
    player.tick(50);
    expect([player.playing, player.time]).toEqual([false, time]);
  });

  it('skips by weeks and stays within the year', () => {
    const player = new Player(YEAR);
    player.skip(2);
    expect(player.time).toBe(14 * DAY);
    player.skip(-5);
    expect(player.time).toBe(0);
    player.skip(100);
    expect(player.ended).toBe(true);
  });
});
