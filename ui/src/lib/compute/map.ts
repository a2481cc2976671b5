// Places the map: a lane for each team, one or more rows in a lane, columns from left to right, edges
// between them. What is drawn on the map, and what moves on it, takes its places from here.

import type { EdgeView, LaneView, MapView, NodeView } from '../host';
import { columnsOf, MARGIN, type Slot } from '../map/columns';
import { rowsOf } from '../map/rows';
import { type Box, type Route, routeAll } from './routes';
import { textWidth, wrap } from './text';

export interface PlacedLane {
  lane: LaneView;
  top: number;
  height: number;
}

export interface PlacedNode {
  node: NodeView;
  box: Box;
  /** The name, broken into lines that fit. */
  lines: string[];
  /** Half the diagonal of a gate's diamond; 0 for boxes. */
  diamond: number;
}

export interface PlacedEdge {
  id: string;
  edge: EdgeView;
  route: Route;
}

/** Lower rows set names smaller rather than cut them. */
export interface NameType {
  size: number;
  line: number;
  padding: number;
  /** Where the lane's own name stands, from its top. */
  lane: number;
}
const ROOMY: NameType = { size: 13, line: 16, padding: 10, lane: 15 };
const TIGHT: NameType = { size: 12, line: 14, padding: 5, lane: 13 };

export interface MapLayout {
  type: NameType;
  /** At least the room given; more where the map does not fit, in the proportions of the room. */
  width: number;
  height: number;
  lanes: PlacedLane[];
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export interface Room {
  width: number;
  height: number;
}

export const NUMBER_SIZE = 12;
export const LABEL_SIZE = 11;
const NUMBER_LINE = 15;
const LANE_LABEL = 20;
const EMPTY_LANE = 26;
/** Above and below the nodes of a row, for edges that pass. */
const CHANNEL = 9;
const FOOT = 3;
/** Room for "118% busy" behind a lane's name and detail. */
const LANE_NUMBERS = 72;
const DIAMOND = 11;
/** A lane stays readable down to this; a map that needs more is scaled. */
const MOST_TRIES = 4;

/** Names an edge among those of a map. */
export function edgeId({ from, to, kind }: EdgeView): string {
  return `${kind} ${from} ${to}`;
}

export function layoutMap(map: MapView, room: Room): MapLayout {
  let [tried, type] = [room, ROOMY];
  let made = arrange(map, tried, type);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const beyond = Math.max(made.width / tried.width, made.height / tried.height);
    if (beyond <= 1.001) break;
    if (type === TIGHT) tried = { width: tried.width * beyond, height: tried.height * beyond };
    type = TIGHT;
    made = arrange(map, tried, type);
  }
  return { ...made, edges: drawn(map, made) };
}

type Arranged = Omit<MapLayout, 'edges'> & { strips: Strip[] };

/** A row: nodes beside each other, with the middle they stand on. */
interface Strip {
  top: number;
  height: number;
  middle: number;
}

function arrange(map: MapView, room: Room, type: NameType): Arranged {
  const rows = rowsOf(map);
  const slots: Slot[] = map.nodes.flatMap((node) => {
    const row = rows.row.get(node.id);
    const column = rows.column.get(node.id);
    return row === undefined || column === undefined ? [] : [{ node, column, row: `${node.lane}\n${row}` }];
  });
  const columns = columnsOf(slots, type.size, room.width);
  const shapes = slots.map(({ node, row }) => ({
    ...shapeOf(node, columns.width.get(node.id) ?? 0, columns.lines, type),
    x: columns.centre.get(node.id) ?? 0,
    row,
  }));
  const { lanes, strips, height } = stack(map.lanes, rows.count, shapes, room.height);
  const nodes = shapes.flatMap((shape) => {
    const strip = strips.get(shape.row);
    return strip ? [placed(shape, strip.middle)] : [];
  });
  return { type, width: columns.extent, height, lanes, nodes, strips: [...strips.values()] };
}

interface Shape {
  node: NodeView;
  lines: string[];
  width: number;
  /** How far it reaches above and below the middle of its row. */
  above: number;
  below: number;
}

/** A gate's name stands above its diamond, which must stay level with the boxes beside it. */
function shapeOf(node: NodeView, width: number, most: number, type: NameType): Shape {
  const gate = node.kind === 'gate';
  const lines = wrap(node.name, width - (gate ? 4 : 16), most, type.size, true);
  const text = lines.length * type.line;
  const half = (text + NUMBER_LINE + type.padding) / 2;
  return {
    node,
    lines,
    width,
    above: gate ? DIAMOND + 2 + text : half,
    below: gate ? DIAMOND + NUMBER_LINE + 2 : half,
  };
}

function placed({ node, lines, width, above, below, x }: Shape & { x: number }, y: number): PlacedNode {
  const gate = node.kind === 'gate';
  const box: Box = {
    left: x - width / 2,
    right: x + width / 2,
    top: y - above,
    bottom: y + below,
    x,
    y,
    portLeft: gate ? x - DIAMOND : x - width / 2,
    portRight: gate ? x + DIAMOND : x + width / 2,
    reach: gate ? DIAMOND : width / 2 - 8,
  };
  return { node, box, lines, diamond: gate ? DIAMOND : 0 };
}

/** Lanes from top to bottom: each row as high as its nodes need, and what is left in equal shares. */
function stack(
  lanes: readonly LaneView[],
  count: ReadonlyMap<string, number>,
  shapes: readonly (Shape & { row: string })[],
  room: number,
): { lanes: PlacedLane[]; strips: Map<string, Strip>; height: number } {
  const reach = (row: string, side: 'above' | 'below'): number =>
    Math.max(0, ...shapes.filter((shape) => shape.row === row).map((shape) => shape[side])) + CHANNEL;
  const all = lanes.map((lane) => ({
    lane,
    rows: Array.from({ length: count.get(lane.id) ?? 0 }, (_, row) => {
      const key = `${lane.id}\n${row}`;
      return { key, above: reach(key, 'above'), below: reach(key, 'below') };
    }),
  }));
  const least = (rows: (typeof all)[number]['rows']): number =>
    rows.length === 0 ? EMPTY_LANE : LANE_LABEL + FOOT + rows.reduce((sum, row) => sum + row.above + row.below, 0);
  const needed = all.reduce((sum, { rows }) => sum + least(rows), 0);
  const many = all.reduce((sum, { rows }) => sum + rows.length, 0);
  const spare = many > 0 ? Math.max(0, room - needed) / many : 0;
  const strips = new Map<string, Strip>();
  let top = 0;
  const stacked = all.map(({ lane, rows }) => {
    const height = least(rows) + spare * rows.length;
    let at = top + LANE_LABEL;
    for (const { key, above, below } of rows) {
      strips.set(key, { top: at, height: above + below + spare, middle: at + above + spare / 2 });
      at += above + below + spare;
    }
    const result = { lane, top, height };
    top += height;
    return result;
  });
  return { lanes: stacked, strips, height: Math.max(room, top) };
}

function drawn(map: MapView, { nodes, lanes, strips }: Arranged): PlacedEdge[] {
  const boxes = new Map(nodes.map(({ node, box }) => [node.id, box]));
  const routes = routeAll(
    map.edges.map(({ from, to, kind, label }) => ({
      from,
      to,
      back: kind !== 'flow',
      label: label === '' ? 0 : textWidth(label, LABEL_SIZE) + 6,
    })),
    boxes,
    strips,
    lanes.map(laneLabel),
  );
  return map.edges.flatMap((edge, index) => {
    const route = routes[index];
    return route ? [{ id: edgeId(edge), edge, route }] : [];
  });
}

/** What a lane's name covers: edges keep off it where they can. */
function laneLabel({ lane, top }: PlacedLane) {
  const width = textWidth(`${lane.name} ${lane.detail}`, LABEL_SIZE, true) + LANE_NUMBERS;
  return { left: 0, right: MARGIN + width, top: top + 6, bottom: top + LANE_LABEL + 2 };
}
