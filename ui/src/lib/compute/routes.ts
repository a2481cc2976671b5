// Orthogonal routes between boxes. For each edge a few hundred shapes are tried and the cheapest
// taken: crossing a box costs most, then running over another edge, then bends and length.

import { placeLabels, type Rectangle } from './labels';

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: number;
  y: number;
  /** Where edges meet the sides; inside the box for a diamond. */
  portLeft: number;
  portRight: number;
  portTop: number;
  portBottom: number;
  /** Words stand above: an arrow from there points at letters. */
  named: boolean;
  /** How far from the middle edges may leave or enter at the top and bottom. */
  reach: number;
}

export interface Corner {
  x: number;
  y: number;
}

export interface Route {
  corners: Corner[];
  /** The middle of its label, if there is room for one that covers nothing. */
  label: Corner | null;
}

export interface Wanted {
  from: string;
  to: string;
  /** Not part of the way forward: leaves and enters at the top or bottom. */
  back: boolean;
  /** Width of its label; 0 for none. */
  label: number;
}

/** Cost of leading an edge through a box it has nothing to do with. */
const CROSSED = 120;
/** Cost of leading it through a team's name. */
const TITLE = 70;
/** Cost of an end above a name. */
const LETTERS = 60;
const DETOUR_STEP = 10;

interface Lane {
  top: number;
  height: number;
}

interface Segment {
  a: Corner;
  b: Corner;
  from: string;
  to: string;
}

export function routeAll(wanted: readonly Wanted[], boxes: ReadonlyMap<string, Box>, lanes: readonly Lane[], labels: readonly Rectangle[]): (Route | null)[] {
  const drawn: Segment[] = [];
  const all = [...boxes];
  const routes: (Route | null)[] = wanted.map(() => null);
  // The way forward is laid first, so that what runs back goes around it.
  for (const forward of [true, false]) {
    wanted.forEach((edge, index) => {
      if (edge.back === forward) return;
      const from = boxes.get(edge.from);
      const to = boxes.get(edge.to);
      if (!from || !to || edge.from === edge.to) return;
      const candidates = edge.back
        ? around(from, to, lanes, boxes)
        : [...ahead(from, to), ...around(from, to, lanes, boxes)];
      const surroundings = { boxes: all, labels, drawn, ends: [from, to] as const };
      let found = cheapest(candidates, edge, surroundings, Infinity);
      if (!found || found.cost >= CROSSED) {
        found = cheapest(detours(from, to, lanes, boxes), edge, surroundings, found?.cost ?? Infinity) ?? found;
      }
      if (!found) return;
      const { corners } = found;
      drawn.push(...pairs(corners).map(([a, b]) => ({ a, b, from: edge.from, to: edge.to })));
      routes[index] = { corners, label: null };
    });
  }
  const places = placeLabels(wanted, routes.map((route) => route?.corners ?? null), { boxes, drawn, titles: labels });
  return routes.map((route, index) => route && { ...route, label: places[index] ?? null });
}

/** Shapes of the way forward: out at the right, in at the left, top or bottom. */
function ahead(from: Box, to: Box): Corner[][] {
  const found: Corner[][] = [];
  const out = { x: from.portRight, y: from.y };
  if (Math.abs(from.y - to.y) < 1 && to.portLeft > from.portRight) found.push([out, { x: to.portLeft, y: to.y }]);
  const below = to.y > from.y;
  const entry = below ? to.portTop : to.portBottom;
  const exit = below ? from.portBottom : from.portTop;
  for (let x = from.right + 6; x <= to.left - 8; x += 4) {
    found.push([out, { x, y: from.y }, { x, y: to.y }, { x: to.portLeft, y: to.y }]);
  }
  if (Math.abs(from.y - to.y) < 1) return found;
  for (const x of between(Math.max(from.right + 8, to.x - to.reach), to.x + to.reach)) {
    found.push([out, { x, y: from.y }, { x, y: entry }]);
  }
  for (const x of between(from.x - from.reach, Math.min(from.x + from.reach, to.left - 10))) {
    found.push([{ x, y: exit }, { x, y: to.y }, { x: to.portLeft, y: to.y }]);
  }
  return [...found, ...straightDown(from, to)];
}

function straightDown(from: Box, to: Box): Corner[][] {
  const below = to.y > from.y;
  const [exit, entry] = below ? [from.portBottom, to.portTop] : [from.portTop, to.portBottom];
  const first = Math.max(from.x - from.reach, to.x - to.reach);
  return between(first, Math.min(from.x + from.reach, to.x + to.reach)).map((x) => [{ x, y: exit }, { x, y: entry }]);
}

function between(first: number, last: number): number[] {
  return first > last ? [] : Array.from({ length: Math.floor((last - first) / 4) + 1 }, (_, step) => first + 4 * step);
}

/** Shapes through the free strips above and below the boxes of each lane. */
function around(from: Box, to: Box, lanes: readonly Lane[], boxes: ReadonlyMap<string, Box>): Corner[][] {
  const found: Corner[][] = Math.abs(from.y - to.y) < 1 ? [] : straightDown(from, to);
  for (const y of channels(lanes, boxes, bottomOf(lanes))) {
    if (inside(y, from) || inside(y, to)) continue;
    const exit = portTo(y, from);
    const entry = portTo(y, to);
    for (const leave of exits(from)) {
      for (const enter of exits(to)) {
        if (Math.abs(leave - enter) < 3) continue;
        found.push([
          { x: leave, y: exit },
          { x: leave, y },
          { x: enter, y },
          { x: enter, y: entry },
        ]);
      }
    }
  }
  return found;
}

/** Through two strips, one near each end, with a free column between them: always long, never through. */
function detours(from: Box, to: Box, lanes: readonly Lane[], boxes: ReadonlyMap<string, Box>): Corner[][] {
  const found: Corner[][] = [];
  const near = (box: Box): number[] =>
    channels(lanes.filter((lane) => box.y > lane.top && box.y < lane.top + lane.height), boxes, bottomOf(lanes)).filter(
      (y) => !inside(y, box),
    );
  const most = Math.max(...[...boxes.values()].map((box) => box.right));
  for (const first of near(from)) {
    for (const second of near(to)) {
      const [exit, entry] = [portTo(first, from), portTo(second, to)];
      for (let x = 6; x <= most + 8; x += DETOUR_STEP) {
        for (const leave of [from.x - from.reach * 0.5, from.x + from.reach * 0.5]) {
          for (const enter of [to.x - to.reach * 0.5, to.x + to.reach * 0.5]) {
            found.push([
              { x: leave, y: exit },
              { x: leave, y: first },
              { x, y: first },
              { x, y: second },
              { x: enter, y: second },
              { x: enter, y: entry },
            ]);
          }
        }
      }
    }
  }
  return found;
}

function bottomOf(lanes: readonly Lane[]): number {
  const last = lanes.at(-1);
  return last ? last.top + last.height : 0;
}

function channels(lanes: readonly Lane[], boxes: ReadonlyMap<string, Box>, floor: number): number[] {
  return lanes.flatMap((lane) => {
    const here = [...boxes.values()].filter((box) => box.y > lane.top && box.y < lane.top + lane.height);
    const top = Math.min(...here.map((box) => box.top), lane.top + lane.height - 8);
    const bottom = Math.max(...here.map((box) => box.bottom), lane.top + 8);
    const [first, second, ...others] = [top - 6, bottom + 6, top - 13, bottom + 13, top - 20, bottom + 20];
    return [first, second, ...others.filter((y) => y > lane.top + 2 && y < lane.top + lane.height - 2)].filter(
      (y): y is number => y !== undefined && y > 3 && y < floor - 3,
    );
  });
}

/** Where an edge meets a box on the side on which a strip lies. */
function portTo(y: number, box: Box): number {
  return y > box.bottom ? box.portBottom : box.portTop;
}

function exits(box: Box): number[] {
  if (box.reach === 0) return [box.x];
  return [-1, -0.66, -0.33, 0, 0.33, 0.66, 1].map((share) => box.x + share * box.reach);
}

function inside(y: number, box: Box): boolean {
  return y > box.top - 5 && y < box.bottom + 5;
}

interface Surroundings {
  boxes: readonly (readonly [string, Box])[];
  labels: readonly Rectangle[];
  drawn: readonly Segment[];
  /** The boxes that the edge joins. */
  ends: readonly [Box, Box];
}

/**
 * The shape that costs least, and less than `limit`; null if none does. Tried from the one that costs least by
 * itself, so that what lies in the way is looked for in few.
 */
function cheapest(
  candidates: readonly Corner[][],
  edge: Wanted,
  surroundings: Surroundings,
  limit: number,
): { corners: Corner[]; cost: number } | null {
  const shapes = candidates.map((corners) => ({ corners, alone: costAlone(corners, surroundings.ends) })).sort((a, b) => a.alone - b.alone);
  let best: Corner[] | null = null;
  let least = limit;
  for (const { corners, alone } of shapes) {
    if (alone >= least) break;
    const cost = costOf(corners, alone, edge, surroundings, least);
    if (cost < least) [best, least] = [corners, cost];
  }
  return best && { corners: best, cost: least };
}

/** What a shape costs by its length, its corners, and the letters it begins or ends in. */
function costAlone(corners: readonly Corner[], ends: readonly [Box, Box]): number {
  let cost = corners.length * 6;
  for (const [end, box] of [[corners[0], ends[0]], [corners.at(-1), ends[1]]] as const) {
    if (box.named && end?.y === box.portTop) cost += LETTERS;
  }
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1] as Corner, corners[i] as Corner];
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    // A stub too short to see would leave the arrow without a direction.
    cost += length * 0.06 + (length < 6 ? 30 : 0);
  }
  return cost;
}

function costOf(
  corners: readonly Corner[],
  alone: number,
  edge: Wanted,
  { boxes, labels, drawn }: Surroundings,
  giveUp: number,
): number {
  let cost = alone;
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1] as Corner, corners[i] as Corner];
    for (const [id, box] of boxes) {
      if (id !== edge.from && id !== edge.to && crosses(a, b, box)) cost += CROSSED;
    }
    for (const label of labels) if (crosses(a, b, label)) cost += TITLE;
    if (cost >= giveUp) return cost;
    for (const other of drawn) cost += meeting(a, b, other, edge);
    if (cost >= giveUp) return cost;
  }
  return cost;
}

function crosses(a: Corner, b: Corner, box: Rectangle): boolean {
  return (
    Math.max(a.x, b.x) > box.left - 3 &&
    Math.min(a.x, b.x) < box.right + 3 &&
    Math.max(a.y, b.y) > box.top - 3 &&
    Math.min(a.y, b.y) < box.bottom + 3
  );
}

/** Running along another edge hides it, unless both come from, or go to, one place; crossing costs little. */
function meeting(a: Corner, b: Corner, other: Segment, edge: Wanted): number {
  const level = Math.abs(a.y - b.y) < 0.5;
  const otherLevel = Math.abs(other.a.y - other.b.y) < 0.5;
  const apart =
    Math.max(a.x, b.x) < Math.min(other.a.x, other.b.x) - 3 ||
    Math.min(a.x, b.x) > Math.max(other.a.x, other.b.x) + 3 ||
    Math.max(a.y, b.y) < Math.min(other.a.y, other.b.y) - 3 ||
    Math.min(a.y, b.y) > Math.max(other.a.y, other.b.y) + 3;
  if (apart) return 0;
  if (level !== otherLevel) return 4;
  return edge.from === other.from || edge.to === other.to ? 2 : 40;
}

function pairs(corners: readonly Corner[]): [Corner, Corner][] {
  return corners.slice(1).map((corner, index) => [corners[index] as Corner, corner]);
}

/** An SVG path with rounded corners. */
export function pathOf(corners: readonly Corner[], radius = 6): string {
  const [start, ...rest] = corners;
  if (!start) return '';
  let path = `M${at(start)}`;
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    const before = corners[index] as Corner;
    if (!next) {
      path += `L${at(corner)}`;
      return;
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, next) / 2);
    path += `L${at(toward(corner, before, r))}Q${at(corner)} ${at(toward(corner, next, r))}`;
  });
  return path;
}

/** A small solid arrowhead at the end of a route. */
export function headOf(corners: readonly Corner[], size = 5): string {
  const tip = corners.at(-1);
  const before = corners.at(-2);
  if (!tip || !before) return '';
  const back = toward(tip, before, size);
  const [dx, dy] = [(tip.y - back.y) * 0.55, (tip.x - back.x) * 0.55];
  return `M${at(tip)}L${at({ x: back.x + dx, y: back.y - dy })}L${at({ x: back.x - dx, y: back.y + dy })}Z`;
}

function distance(a: Corner, b: Corner): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function toward(from: Corner, to: Corner, length: number): Corner {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / whole) * length, y: from.y + ((to.y - from.y) / whole) * length };
}

function at({ x, y }: Corner): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
