// Where the players stand: for each node of the map a row for what is worked on and a pile for what
// waits, for each edge its way, for each lane a place for its people.

import { streamOf } from '../../map/shape';
import { rowsOf } from '../../map/rows';
import { layoutMap, type MapLayout, type PlacedLane, type PlacedNode } from '../map';
import type { Corner } from '../routes';
import { Doing, type Film } from './film';

/** Left free below each row of boxes, as far as the rows leave it. */
const PILE_LEAST = 18;
const PILE_MOST = 46;
/** What a row needs for itself. */
const ROW_NEEDS = 72;
/** A pile before a gate stands under its diamond and not under its name. */
const GATE_PILE = 44;
/** Room for a pile's count, at its right. */
const COUNT = 22;
const WIDEST_PITCH = 8;
const NARROWEST_PITCH = 2.6;

/** Rows of dots from a corner. */
export interface Pile {
  left: number;
  top: number;
  columns: number;
  pitch: number;
}

export interface Spot {
  placed: PlacedNode;
  waiting: Pile;
  worked: Pile;
  /** Somebody works on something here at some time of the year. */
  works: boolean;
  /** Where the pile's count ends. */
  count: Corner;
}

/** A line with its lengths, so that a share of the way is a point. */
export interface Way {
  corners: Corner[];
  lengths: number[];
  whole: number;
}

export interface Stage {
  layout: MapLayout;
  /** Height of the strip below the boxes. */
  strip: number;
  /** By node; null where the layout has no place for it. */
  spots: (Spot | null)[];
  /** By node, then node. */
  ways: Map<number, Way>;
  /** Lines over several nodes, as they are asked for; null where there is none. */
  through: Map<number, Way | null>;
  lanes: Map<string, PlacedLane>;
  /** The node with users, by stream. */
  users: Map<string, number>;
}

export function stageOf(film: Film, room: { width: number; height: number }): Stage {
  const map = streamOf(film.map, film.stream);
  const rows = Math.max(1, [...rowsOf(map).count.values()].reduce((sum, each) => sum + each, 0));
  const strip = Math.max(PILE_LEAST, Math.min(PILE_MOST, room.height / rows - ROW_NEEDS));
  const flat = layoutMap(map, { width: room.width, height: Math.max(1, room.height - rows * strip) });
  const { layout, floors } = withStrips(flat, strip);
  const byId = new Map(layout.nodes.map((placed) => [placed.node.id, placed]));
  const most = mostWaiting(film);
  const works = mostAt(film, [Doing.worked]);
  const spots = film.map.nodes.map((node, index) => {
    const placed = byId.get(node.id);
    if (!placed) return null;
    return spotOf(placed, floors.get(node.id) ?? placed.box.bottom + strip, most[index] ?? 0, (works[index] ?? 0) > 0);
  });
  const index = new Map(film.map.nodes.map((node, at) => [node.id, at]));
  const ways = new Map<number, Way>();
  for (const { edge, route } of layout.edges) {
    // A call is no way for work.
    if (edge.kind === 'incident') continue;
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    if (from !== undefined && to !== undefined) ways.set(wayKey(from, to), wayOf(route.corners));
  }
  const users = new Map<string, number>();
  film.map.nodes.forEach((node, at) => {
    if (node.kind === 'production') users.set(node.id.replace(/^production\//, ''), at);
  });
  return { layout, strip, spots, ways, through: new Map(), lanes: new Map(layout.lanes.map((lane) => [lane.lane.id, lane])), users };
}

/** More than any map has. */
const NODES = 65536;
export const wayKey = (from: number, to: number): number => from * NODES + to;

/** The same map with room below every row of boxes, and where that room ends, by node. */
export function withStrips(layout: MapLayout, strip: number): { layout: MapLayout; floors: Map<string, number> } {
  const rowOf = ({ node, box }: PlacedNode): string => `${node.lane} ${Math.round(box.y)}`;
  const bottoms = new Map<string, number>();
  for (const placed of layout.nodes) {
    bottoms.set(rowOf(placed), Math.max(bottoms.get(rowOf(placed)) ?? 0, placed.box.bottom));
  }
  const below = [...bottoms.values()];
  const down = (y: number): number => y + strip * below.filter((bottom) => bottom < y).length;
  const bottom = down(layout.height);
  const tops = layout.lanes.map((lane) => down(lane.top));
  const nodes = layout.nodes.map((placed) => {
    const by = down(placed.box.top) - placed.box.top;
    const { box } = placed;
    return { ...placed, box: { ...box, top: box.top + by, bottom: box.bottom + by, y: box.y + by } };
  });
  const floors = new Map(layout.nodes.map((placed) => [placed.node.id, down(bottoms.get(rowOf(placed)) ?? 0) + strip]));
  return {
    floors,
    layout: {
      ...layout,
      height: bottom,
      lanes: layout.lanes.map((lane, at) => ({ ...lane, top: tops[at] ?? 0, height: (tops[at + 1] ?? bottom) - (tops[at] ?? 0) })),
      nodes,
      edges: layout.edges.map((placed) => ({
        ...placed,
        route: {
          ...placed.route,
          corners: placed.route.corners.map(({ x, y }) => ({ x, y: down(y) })),
          label: placed.route.label && { x: placed.route.label.x, y: down(placed.route.label.y) },
        },
      })),
    },
  };
}

function spotOf(placed: PlacedNode, floor: number, most: number, works: boolean): Spot {
  const { box, diamond } = placed;
  const top = (diamond > 0 ? box.y + diamond : box.bottom) + 4;
  const high = Math.max(8, floor - 1 - top);
  const width = diamond > 0 ? GATE_PILE : Math.max(40, box.right - box.left - 2 - COUNT);
  let pitch = WIDEST_PITCH;
  while (pitch > NARROWEST_PITCH && Math.floor(width / pitch) * Math.max(1, Math.floor(high / pitch)) < most) pitch -= 0.4;
  const columns = Math.max(1, Math.floor(width / pitch));
  const left = diamond > 0 ? box.x - GATE_PILE / 2 : box.left + 1;
  const worked =
    diamond > 0
      ? { left: box.x - 4, top: box.y, columns: 2, pitch: 8 }
      : { left: box.left + 9, top: box.bottom - 9, columns: Math.max(1, Math.floor((box.right - box.left - 10) / 8)), pitch: 8 };
  return {
    placed,
    waiting: { left: left + pitch / 2, top: top + pitch / 2, columns, pitch },
    worked,
    works,
    count: { x: left + width + COUNT, y: top + 8 },
  };
}

/** The longest each node's pile ever is. */
export const mostWaiting = (film: Film): Uint32Array => mostAt(film, [Doing.waiting, Doing.stuck]);

/** The most that are ever in one of these states at once, by node. */
function mostAt(film: Film, doings: readonly number[]): Uint32Array {
  const changes: { second: number; node: number; by: number }[] = [];
  for (let item = 0; item < film.items; item++) {
    const end = film.first[item + 1] as number;
    for (let at = film.first[item] as number; at < end; at++) {
      if (!doings.includes(film.doing[at] as number)) continue;
      changes.push({ second: film.second[at] as number, node: film.node[at] as number, by: 1 });
      if (at + 1 < end) changes.push({ second: film.second[at + 1] as number, node: film.node[at] as number, by: -1 });
    }
  }
  changes.sort((a, b) => a.second - b.second || a.by - b.by);
  const now = new Int32Array(film.map.nodes.length);
  const most = new Uint32Array(film.map.nodes.length);
  for (const { node, by } of changes) {
    now[node] = (now[node] as number) + by;
    most[node] = Math.max(most[node] as number, now[node] as number);
  }
  return most;
}

/**
 * The line from a node to another, over those between them: while weeks fly by, an item passes several from
 * one frame to the next. Null where no line leads there.
 */
export function wayBetween(stage: Stage, from: number, to: number): Way | null {
  const key = wayKey(from, to);
  const direct = stage.ways.get(key);
  if (direct || from === to) return direct ?? null;
  const known = stage.through.get(key);
  if (known !== undefined) return known;
  const found = passing(stage, from, to);
  stage.through.set(key, found);
  return found;
}

/** The line over the fewest nodes. */
function passing(stage: Stage, from: number, to: number): Way | null {
  const before = new Map<number, number>([[from, from]]);
  let rim = [from];
  while (rim.length > 0 && !before.has(to)) {
    const next: number[] = [];
    for (const key of stage.ways.keys()) {
      const [a, b] = [Math.floor(key / NODES), key % NODES];
      if (!rim.includes(a) || before.has(b)) continue;
      before.set(b, a);
      next.push(b);
    }
    rim = next;
  }
  if (!before.has(to)) return null;
  const corners: Corner[] = [];
  for (let at = to; at !== from; at = before.get(at) as number) {
    corners.unshift(...(stage.ways.get(wayKey(before.get(at) as number, at))?.corners ?? []));
  }
  return wayOf(corners);
}

export function wayOf(corners: Corner[]): Way {
  const lengths = corners.slice(1).map((corner, index) => {
    const before = corners[index] as Corner;
    return Math.hypot(corner.x - before.x, corner.y - before.y);
  });
  return { corners, lengths, whole: lengths.reduce((sum, length) => sum + length, 0) };
}

/** The point at a share of the way, written into `into`. */
export function along(way: Way, share: number, into: Corner): void {
  let left = Math.min(1, Math.max(0, share)) * way.whole;
  for (let index = 0; index < way.lengths.length; index++) {
    const length = way.lengths[index] as number;
    if (left <= length || index === way.lengths.length - 1) {
      const [a, b] = [way.corners[index] as Corner, way.corners[index + 1] as Corner];
      const part = length > 0 ? Math.min(1, left / length) : 0;
      into.x = a.x + (b.x - a.x) * part;
      into.y = a.y + (b.y - a.y) * part;
      return;
    }
    left -= length;
  }
}
