// Places the map: a row for each lane, columns from left to right, edges between them. Columns have
// no fixed width: only nodes of one lane need room beside each other, so crowded lanes decide.

import type { EdgeView, LaneView, MapView, NodeView } from '../host';
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
  edge: EdgeView;
  route: Route;
}

/** Names in two lines need a lane of 82; below that they are set smaller rather than cut. */
export interface NameType {
  size: number;
  line: number;
  padding: number;
  /** Where the lane's own name stands, from its top. */
  lane: number;
}
const ROOMY: NameType = { size: 13, line: 16, padding: 10, lane: 15 };
const TIGHT: NameType = { size: 12, line: 14, padding: 5, lane: 13 };
const ROOMY_LANE = 82;

export interface MapLayout {
  type: NameType;
  width: number;
  height: number;
  lanes: PlacedLane[];
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export const NUMBER_SIZE = 12;
export const LABEL_SIZE = 11;
const NUMBER_LINE = 15;
const LANE_LABEL = 20;
const LANE_LEAST = 68;
const MARGIN = 14;
const GAP = 16;
/**
 * How far the next column stands to the right where another lane begins: as far as there is room
 * for. Below zero it may stand under the one before, and work runs straight down.
 */
const STEPS = [34, 20, 6, -8, -22, -36, -50, -64, -78, -92];
const WIDEST = 148;
const WIDEST_ALONE = 210;
const NARROWEST = 88;
/** A gate's second line stands above its diamond, where the lane's name is. */
const TWO_LINES_GATE = 120;
/** Room for "118% busy" behind a lane's name and detail. */
const LANE_NUMBERS = 72;
const DIAMOND = 11;
/** Room for "waits 12 d" under any name. */
const NUMBERS_WIDTH = 70;

export function layoutMap(map: MapView, room: { width: number; height: number }): MapLayout {
  const height = Math.max(room.height, map.lanes.length * LANE_LEAST);
  const laneHeight = height / Math.max(1, map.lanes.length);
  const lanes = map.lanes.map((lane, row) => ({ lane, top: row * laneHeight, height: laneHeight }));
  const type = laneHeight >= ROOMY_LANE ? ROOMY : TIGHT;
  const nameLines = (node: NodeView): number => (node.kind === 'gate' && laneHeight < TWO_LINES_GATE ? 1 : 2);

  const slots = intoSlots(map.nodes);
  const desired = new Map(slots.map(({ node }) => [node.id, desiredWidth(node, nameLines(node), type.size)]));
  const { centres, cap, width } = horizontal(slots, desired, room.width);
  const widths = widen(slots, centres, desired, cap, width);

  const nodes = slots.flatMap(({ node }) => {
    const lane = lanes.find((candidate) => candidate.lane.id === node.lane);
    if (!lane) return [];
    const w = widths.get(node.id) ?? NARROWEST;
    return [place(node, centres.get(node.id) ?? 0, w, lane, nameLines(node), type)];
  });
  const boxes = new Map(nodes.map((placed) => [placed.node.id, placed.box]));
  const routes = routeAll(
    map.edges.map(({ from, to, kind, label }) => ({
      from,
      to,
      back: kind !== 'flow',
      label: label === '' ? 0 : textWidth(label, LABEL_SIZE) + 6,
    })),
    boxes,
    lanes,
    lanes.map(laneLabel),
  );
  const edges = map.edges.flatMap((edge, index) => {
    const route = routes[index];
    return route ? [{ edge, route }] : [];
  });
  return { type, width, height, lanes, nodes, edges };
}

/** What a lane's name covers: edges keep off it where they can. */
function laneLabel({ lane, top }: PlacedLane) {
  const width = textWidth(`${lane.name} ${lane.detail}`, LABEL_SIZE, true) + LANE_NUMBERS;
  return { left: 0, right: MARGIN + width, top: top + 6, bottom: top + LANE_LABEL + 2 };
}

interface Slot {
  node: NodeView;
  slot: number;
}

/** Columns in use, numbered without gaps; a node that finds its place in the lane taken moves on. */
function intoSlots(nodes: readonly NodeView[]): Slot[] {
  const columns = [...new Set(nodes.map((node) => node.column))].sort((a, b) => a - b);
  const taken = new Set<string>();
  return [...nodes]
    .sort((a, b) => a.column - b.column)
    .map((node) => {
      let slot = columns.indexOf(node.column);
      while (taken.has(`${node.lane}\n${slot}`)) slot++;
      taken.add(`${node.lane}\n${slot}`);
      return { node, slot };
    })
    .sort((a, b) => a.slot - b.slot);
}

function desiredWidth(node: NodeView, nameLines: number, size: number): number {
  const padding = node.kind === 'gate' ? 6 : 18;
  const full = textWidth(node.name, size, true);
  let width = full;
  if (nameLines > 1) {
    const words = node.name.split(/\s+/).map((word) => textWidth(word, size, true));
    width = Math.max(full * 0.56, ...words);
    while (width < full && wrap(node.name, width, nameLines, size, true).some((line) => line.endsWith('…'))) {
      width += 6;
    }
  }
  return Math.min(WIDEST_ALONE, Math.max(NUMBERS_WIDTH, width) + padding);
}

/** The widest nodes with which all columns fit; where even the narrowest do not, the map grows. */
function horizontal(slots: readonly Slot[], desired: ReadonlyMap<string, number>, room: number) {
  const attempts = [
    ...STEPS.map((step) => ({ step, cap: WIDEST })),
    ...range(WIDEST - 4, NARROWEST, -4).map((cap) => ({ step: STEPS.at(-1) as number, cap })),
  ];
  for (const { step, cap } of attempts) {
    const centres = spread(slots, desired, cap, step);
    const needed = extent(slots, centres, desired, cap);
    if (needed <= room) return { centres: stretch(slots, centres, desired, cap, needed, room), cap, width: room };
  }
  const centres = spread(slots, desired, NARROWEST, STEPS.at(-1) as number);
  return { centres, cap: NARROWEST, width: extent(slots, centres, desired, NARROWEST) };
}

function range(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}

function spread(slots: readonly Slot[], desired: ReadonlyMap<string, number>, cap: number, step: number) {
  const centres = new Map<string, number>();
  const lastInLane = new Map<string, string>();
  let slotBefore = -1;
  let x = MARGIN;
  let index = 0;
  while (index < slots.length) {
    const slot = (slots[index] as Slot).slot;
    const here = slots.filter((candidate) => candidate.slot === slot);
    let at = slotBefore < 0 ? MARGIN : x + step;
    for (const { node } of here) {
      const half = capped(desired, node.id, cap) / 2;
      at = Math.max(at, MARGIN + half);
      const before = lastInLane.get(node.lane);
      if (before === undefined) continue;
      at = Math.max(at, (centres.get(before) ?? 0) + capped(desired, before, cap) / 2 + GAP + half);
    }
    for (const { node } of here) {
      centres.set(node.id, at);
      lastInLane.set(node.lane, node.id);
    }
    x = at;
    slotBefore = slot;
    index += here.length;
  }
  return centres;
}

/** Room to spare goes between the columns in equal shares. */
function stretch(
  slots: readonly Slot[],
  centres: ReadonlyMap<string, number>,
  desired: ReadonlyMap<string, number>,
  cap: number,
  needed: number,
  room: number,
) {
  const order = [...new Set(slots.map(({ slot }) => slot))];
  const spare = order.length > 1 ? (room - needed) / (order.length - 1) : 0;
  const first = slots[0];
  const shift = order.length > 1 || !first ? 0 : (room - capped(desired, first.node.id, cap)) / 2 - MARGIN;
  return new Map(
    slots.map(({ node, slot }) => [node.id, (centres.get(node.id) ?? 0) + spare * order.indexOf(slot) + shift]),
  );
}

function extent(
  slots: readonly Slot[],
  centres: ReadonlyMap<string, number>,
  desired: ReadonlyMap<string, number>,
  cap: number,
): number {
  return slots.reduce(
    (most, { node }) => Math.max(most, (centres.get(node.id) ?? 0) + capped(desired, node.id, cap) / 2 + MARGIN),
    0,
  );
}

function capped(desired: ReadonlyMap<string, number>, id: string, cap: number): number {
  return Math.min(cap, desired.get(id) ?? cap);
}

/** Nodes with room beside them in their lane take what their name needs. */
function widen(
  slots: readonly Slot[],
  centres: ReadonlyMap<string, number>,
  desired: ReadonlyMap<string, number>,
  cap: number,
  width: number,
): Map<string, number> {
  const widths = new Map<string, number>();
  for (const { node } of slots) {
    const x = centres.get(node.id) ?? 0;
    let half = Math.min(x - MARGIN / 2, width - MARGIN / 2 - x);
    for (const other of slots) {
      if (other.node.lane !== node.lane || other.node.id === node.id) continue;
      const distance = Math.abs((centres.get(other.node.id) ?? 0) - x);
      half = Math.min(half, distance - GAP - capped(desired, other.node.id, cap) / 2, distance - GAP);
    }
    const least = capped(desired, node.id, cap);
    widths.set(node.id, Math.max(least, Math.min(desired.get(node.id) ?? least, 2 * half)));
  }
  // Two neighbours that both grew share the gap evenly.
  for (const a of slots) {
    for (const b of slots) {
      if (a.node.lane !== b.node.lane || a.slot >= b.slot) continue;
      const distance = (centres.get(b.node.id) ?? 0) - (centres.get(a.node.id) ?? 0);
      const both = ((widths.get(a.node.id) ?? 0) + (widths.get(b.node.id) ?? 0)) / 2;
      if (both + GAP <= distance) continue;
      widths.set(a.node.id, capped(desired, a.node.id, cap));
      widths.set(b.node.id, capped(desired, b.node.id, cap));
    }
  }
  return widths;
}

function place(node: NodeView, x: number, width: number, lane: PlacedLane, nameLines: number, type: NameType): PlacedNode {
  const gate = node.kind === 'gate';
  const lines = wrap(node.name, width - (gate ? 4 : 16), nameLines, type.size, true);
  const text = lines.length * type.line + NUMBER_LINE;
  const high = gate ? text + 2 * DIAMOND : text + type.padding;
  const middle = lane.top + LANE_LABEL + (lane.height - LANE_LABEL - 5) / 2;
  // A gate's name stands above its diamond, which must stay level with the boxes beside it.
  const top = gate ? middle - DIAMOND - 2 - lines.length * type.line : middle - high / 2;
  const box: Box = {
    left: x - width / 2,
    right: x + width / 2,
    top,
    bottom: top + high + (gate ? 2 : 0),
    x,
    y: middle,
    portLeft: gate ? x - DIAMOND : x - width / 2,
    portRight: gate ? x + DIAMOND : x + width / 2,
    reach: gate ? DIAMOND : width / 2 - 8,
  };
  return { node, box, lines, diamond: gate ? DIAMOND : 0 };
}
