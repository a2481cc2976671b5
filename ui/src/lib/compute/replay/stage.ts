// Where the players stand: for each node of the map a row for what is worked on and a pile for what
// waits, for each edge its way, for each lane a place for its people.

import { layoutMap, type MapLayout, type PlacedLane, type PlacedNode } from '../map';
import type { Corner } from '../routes';
import { Doing, type Film } from './film';

/** Left free below the boxes of each lane, as far as the lanes leave it. */
const PILE_LEAST = 18;
const PILE_MOST = 46;
/** What a lane needs for its own name and a box. */
const LANE_NEEDS = 72;
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
  spots: Spot[];
  /** By node, then node. */
  ways: Map<number, Way>;
  lanes: Map<string, PlacedLane>;
  /** The node with users, by stream. */
  users: Map<string, number>;
}

export function stageOf(film: Film, room: { width: number; height: number }): Stage {
  const rows = Math.max(1, film.map.lanes.length);
  const strip = Math.max(PILE_LEAST, Math.min(PILE_MOST, room.height / rows - LANE_NEEDS));
  const layout = withStrips(layoutMap(film.map, { width: room.width, height: room.height - rows * strip }), strip);
  const byId = new Map(layout.nodes.map((placed) => [placed.node.id, placed]));
  const most = mostWaiting(film);
  const spots = film.map.nodes.map((node, index) => {
    const placed = byId.get(node.id) as PlacedNode;
    const lane = layout.lanes.find((candidate) => candidate.lane.id === node.lane) as PlacedLane;
    return spotOf(placed, lane, most[index] ?? 0);
  });
  const index = new Map(film.map.nodes.map((node, at) => [node.id, at]));
  const ways = new Map<number, Way>();
  for (const { edge, route } of layout.edges) {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    if (from !== undefined && to !== undefined) ways.set(wayKey(from, to), wayOf(route.corners));
  }
  const users = new Map<string, number>();
  film.map.nodes.forEach((node, at) => {
    if (node.kind === 'production') users.set(node.id.replace(/^production\//, ''), at);
  });
  return { layout, strip, spots, ways, lanes: new Map(layout.lanes.map((lane) => [lane.lane.id, lane])), users };
}

export const wayKey = (from: number, to: number): number => from * 65536 + to;

/** The same map with room below the boxes of every lane. */
export function withStrips(layout: MapLayout, strip: number): MapLayout {
  const row = (y: number): number => Math.max(0, layout.lanes.findLastIndex((lane) => lane.top <= y));
  const down = (y: number): number => y + row(y) * strip;
  return {
    ...layout,
    height: layout.height + layout.lanes.length * strip,
    lanes: layout.lanes.map((lane, at) => ({ ...lane, top: lane.top + at * strip, height: lane.height + strip })),
    nodes: layout.nodes.map((placed) => {
      const by = row(placed.box.y) * strip;
      const { box } = placed;
      return { ...placed, box: { ...box, top: box.top + by, bottom: box.bottom + by, y: box.y + by } };
    }),
    edges: layout.edges.map(({ id, edge, route }) => ({
      id,
      edge,
      route: {
        corners: route.corners.map(({ x, y }) => ({ x, y: down(y) })),
        label: route.label && { x: route.label.x, y: down(route.label.y) },
      },
    })),
  };
}

function spotOf(placed: PlacedNode, lane: PlacedLane, most: number): Spot {
  const { box } = placed;
  const top = box.bottom + 5;
  const high = Math.max(8, lane.top + lane.height - 4 - top);
  const width = Math.max(40, box.right - box.left - 4);
  let pitch = WIDEST_PITCH;
  while (pitch > NARROWEST_PITCH && Math.floor(width / pitch) * Math.max(1, Math.floor(high / pitch)) < most) pitch -= 0.4;
  const columns = Math.max(1, Math.floor(width / pitch));
  const left = box.x - (columns * pitch) / 2 + pitch / 2;
  const workedTop = placed.diamond > 0 ? box.y : box.bottom - 9;
  const worked = { left: box.left + 9, top: workedTop, columns: Math.max(1, Math.floor((box.right - box.left - 10) / 8)), pitch: 8 };
  return { placed, waiting: { left, top: top + pitch / 2, columns, pitch }, worked };
}

/** The longest each node's pile ever is. */
export function mostWaiting(film: Film): Uint32Array {
  const changes: { second: number; node: number; by: number }[] = [];
  for (let item = 0; item < film.items; item++) {
    const end = film.first[item + 1] as number;
    for (let at = film.first[item] as number; at < end; at++) {
      if ((film.doing[at] as number) > Doing.stuck) continue;
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
