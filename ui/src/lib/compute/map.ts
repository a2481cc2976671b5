// Places the map: a lane for each team, one or more rows in a lane, columns from left to right, edges
// between them. What is drawn on the map, and what moves on it, takes its places from here.

import type { EdgeView, LaneView, MapView, NodeView } from '../host';
import { columnsOf, type Lines, MARGIN, type Slot } from '../map/columns';
import { rowsOf } from '../map/rows';
import { type Box, type Corner, type Route, routeAll } from './routes';
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
  /** An edge meets a gate from below. */
  wayBelow: boolean;
}

export interface PlacedEdge {
  id: string;
  edge: EdgeView;
  route: Route;
}

/** How names are set, and how much room is between things. */
export interface NameType {
  size: number;
  line: number;
  padding: number;
  /** Where the lane's own name stands, from its top. */
  lane: number;
  /** What the lane's name takes from the top of its lane. */
  label: number;
  /** Above and below the nodes of a row, for edges that pass. */
  channel: number;
}
const ROOMY: NameType = { size: 13, line: 16, padding: 10, lane: 15, label: 21, channel: 10 };
const TIGHT: NameType = { size: 12, line: 14, padding: 4, lane: 13, label: 17, channel: 5 };
/** In the order in which they are taken where several can be read equally well. */
const STYLES: Style[] = [
  { type: ROOMY, lines: { box: 2, gate: 2 } },
  { type: ROOMY, lines: { box: 2, gate: 1 } },
  { type: TIGHT, lines: { box: 2, gate: 1 } },
  { type: TIGHT, lines: { box: 2, gate: 2 } },
  { type: TIGHT, lines: { box: 3, gate: 2 } },
  { type: TIGHT, lines: { box: 3, gate: 1 } },
];

interface Style {
  type: NameType;
  lines: Lines;
}

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
const EMPTY_LANE = 24;
/** Room for "118% busy" behind a lane's name and detail. */
const LANE_NUMBERS = 72;
const DIAMOND = 11;
/** A map that does not fit is laid out for a larger room of the same shape, and looked at from further away. */
const MOST_TRIES = 4;

/** What an edge's words cover; 0 where it has none. */
export function labelWidth(label: string): number {
  return label === '' ? 0 : textWidth(label, LABEL_SIZE) + 6;
}

/** Names an edge among those of a map. */
export function edgeId({ from, to, kind }: EdgeView): string {
  return `${kind} ${from} ${to}`;
}

export function layoutMap(map: MapView, room: Room): MapLayout {
  const grid = slotsOf(map);
  const tried = STYLES.map((style) => fitted(map, grid, style, room));
  const sizes = tried.map(({ made, style }) => style.type.size * Math.min(1, room.width / made.width));
  const { made } = tried[sizes.indexOf(Math.max(...sizes))] as (typeof tried)[number];
  const edges = drawn(map, made);
  const below = new Set(edges.flatMap(({ edge, route }) => [metBelow(made, edge.from, route.corners[0]), metBelow(made, edge.to, route.corners.at(-1))]));
  return { ...made, nodes: made.nodes.map((node) => ({ ...node, wayBelow: below.has(node.node.id) })), edges };
}

/** The gate, if that is where an edge meets it. */
function metBelow({ nodes }: Arranged, id: string, end: Corner | undefined): string | null {
  const gate = nodes.find(({ node, diamond }) => node.id === id && diamond > 0);
  return gate && end && end.y === gate.box.portBottom ? id : null;
}

function fitted(map: MapView, grid: Grid, style: Style, room: Room): { style: Style; made: Arranged } {
  let larger = room;
  let made = arrange(map, grid, larger, style);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const beyond = Math.max(made.width / larger.width, made.height / larger.height);
    if (beyond <= 1.001) break;
    larger = { width: larger.width * beyond, height: larger.height * beyond };
    made = arrange(map, grid, larger, style);
  }
  return { style, made };
}

interface Grid {
  slots: Slot[];
  /** How many rows each lane has. */
  rows: ReadonlyMap<string, number>;
}

function slotsOf(map: MapView): Grid {
  const rows = rowsOf(map);
  const slots = map.nodes.flatMap((node) => {
    const row = rows.row.get(node.id);
    const column = rows.column.get(node.id);
    return row === undefined || column === undefined ? [] : [{ node, column, row: `${node.lane}\n${row}` }];
  });
  return { slots, rows: rows.count };
}

type Arranged = Omit<MapLayout, 'edges'> & { strips: Strip[] };

/** A row: nodes beside each other, with the middle they stand on. */
interface Strip {
  top: number;
  height: number;
  middle: number;
}

function arrange(map: MapView, { slots, rows }: Grid, room: Room, { type, lines }: Style): Arranged {
  const columns = columnsOf(slots, lines, type.size, room.width);
  const shapes = slots.map(({ node, row }) => ({
    ...shapeOf(node, columns.width.get(node.id) ?? 0, lines, type),
    x: columns.centre.get(node.id) ?? 0,
    row,
  }));
  const { lanes, strips, height } = stack(map.lanes, rows, shapes, type, room.height);
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
function shapeOf(node: NodeView, width: number, most: Lines, type: NameType): Shape {
  const gate = node.kind === 'gate';
  const lines = wrap(node.name, width - (gate ? 4 : 16), gate ? most.gate : most.box, type.size, true);
  const text = lines.length * type.line;
  const half = Math.ceil((text + NUMBER_LINE + type.padding) / 2);
  return {
    node,
    lines,
    width,
    above: gate ? DIAMOND + 2 + text : half,
    below: gate ? DIAMOND + NUMBER_LINE + 2 : half,
  };
}

/** On whole pixels, or letters are blurred. */
function placed({ node, lines, above, below, ...shape }: Shape & { x: number }, middle: number): PlacedNode {
  const gate = node.kind === 'gate';
  const width = 2 * Math.floor(shape.width / 2);
  const [x, y] = [Math.round(shape.x), Math.round(middle)];
  const box: Box = {
    left: x - width / 2,
    right: x + width / 2,
    top: y - above,
    bottom: y + below,
    x,
    y,
    portLeft: gate ? x - DIAMOND : x - width / 2,
    portRight: gate ? x + DIAMOND : x + width / 2,
    portTop: y - above,
    portBottom: gate ? y + DIAMOND : y + below,
    named: gate,
    reach: gate ? 0 : width / 2 - 8,
  };
  return { node, box, lines, diamond: gate ? DIAMOND : 0, wayBelow: false };
}

/** Lanes from top to bottom: each row as high as its nodes need, and what is left in equal shares. */
function stack(
  lanes: readonly LaneView[],
  count: ReadonlyMap<string, number>,
  shapes: readonly (Shape & { row: string })[],
  { label, channel }: NameType,
  room: number,
): { lanes: PlacedLane[]; strips: Map<string, Strip>; height: number } {
  const reach = (row: string, side: 'above' | 'below'): number =>
    Math.max(0, ...shapes.filter((shape) => shape.row === row).map((shape) => shape[side])) + channel;
  const all = lanes.map((lane) => ({
    lane,
    rows: Array.from({ length: count.get(lane.id) ?? 0 }, (_, row) => {
      const key = `${lane.id}\n${row}`;
      return { key, above: reach(key, 'above'), below: reach(key, 'below') };
    }),
  }));
  const least = (rows: (typeof all)[number]['rows']): number =>
    rows.length === 0 ? EMPTY_LANE : label + rows.reduce((sum, row) => sum + row.above + row.below, 0);
  const needed = all.reduce((sum, { rows }) => sum + least(rows), 0);
  const many = all.reduce((sum, { rows }) => sum + rows.length, 0);
  const spare = many > 0 ? Math.max(0, room - needed) / many : 0;
  const strips = new Map<string, Strip>();
  let top = 0;
  const stacked = all.map(({ lane, rows }) => {
    const height = least(rows) + spare * rows.length;
    let at = top + label;
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

function drawn(map: MapView, { nodes, lanes, strips, type }: Arranged): PlacedEdge[] {
  const boxes = new Map(nodes.map(({ node, box }) => [node.id, box]));
  const routes = routeAll(
    map.edges.map(({ from, to, kind, label }, index) => ({
      from,
      to,
      back: kind !== 'flow',
      // All incidents run alike: one of them says so.
      label: kind === 'incident' && index !== map.edges.findIndex((edge) => edge.kind === 'incident') ? 0 : labelWidth(label),
    })),
    boxes,
    strips,
    lanes.map((lane) => laneLabel(lane, type)),
  );
  return map.edges.flatMap((edge, index) => {
    const route = routes[index];
    return route ? [{ id: edgeId(edge), edge, route }] : [];
  });
}

/** What a lane's name covers: edges keep off it where they can. */
function laneLabel({ lane, top }: PlacedLane, type: NameType) {
  const width = textWidth(`${lane.name} ${lane.detail}`, LABEL_SIZE, true) + LANE_NUMBERS;
  return { left: 0, right: MARGIN + width, top, bottom: top + type.label };
}
