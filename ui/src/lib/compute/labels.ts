// Where the words of an edge stand: on its own line where that runs alone, else beside it, and never on
// anything else. What has no such place is left out.

import type { Box, Corner, Wanted } from './routes';

export interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Line {
  a: Corner;
  b: Corner;
}

export const LABEL_HEIGHT = 12;
/** From a corner or an arrowhead, so that the line is seen to go on. */
const FROM_ENDS = 6;
const STEP = 4;
/** Between a line and the words beside it. */
const ASIDE = 3;
/** On or at a line between lanes, words look struck out. */
const FROM_RULE = 5;
/** So near to a team's name, words would be read as part of it. */
const NEAR_TITLE = 44;

/** What a place costs beyond not being in the middle of the longest level stretch. */
const COST = { upright: 6, beside: 40, title: 30, rule: 24, fromMiddle: 0.08, rank: 4 };

export interface Scene {
  boxes: ReadonlyMap<string, Box>;
  /** What all edges draw, each with the ends of its edge. */
  drawn: readonly (Line & { from: string; to: string })[];
  /** The teams' names, each from the top of its lane. */
  titles: readonly Rectangle[];
}

interface Candidate {
  area: Rectangle;
  cost: number;
}

/** The middle of each label, in the order of the edges. */
export function placeLabels(wanted: readonly Wanted[], routes: readonly (readonly Corner[] | null)[], scene: Scene): (Corner | null)[] {
  const taken: Rectangle[] = [];
  const found: (Corner | null)[] = wanted.map(() => null);
  // Long words have fewer places, so they choose first.
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[b]?.label ?? 0) - (wanted[a]?.label ?? 0));
  for (const index of order) {
    const [edge, corners] = [wanted[index], routes[index]];
    if (!edge || !corners || edge.label === 0) continue;
    const area = cheapest(edge, corners, scene, taken);
    if (!area) continue;
    taken.push(area);
    found[index] = { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 };
  }
  return found;
}

function cheapest(edge: Wanted, corners: readonly Corner[], scene: Scene, taken: readonly Rectangle[]): Rectangle | null {
  const others = scene.drawn.filter(({ from, to }) => from !== edge.from || to !== edge.to).map((line) => grown(spanned(line), 2));
  const boxes = [...scene.boxes.values()];
  const barred = [...boxes, ...scene.titles.map((title) => grown(title, 3)), ...taken.map((label) => grown(label, 3)), ...others];
  const right = Math.max(...boxes.map((box) => box.right));
  let best: Candidate | null = null;
  for (const candidate of candidates(edge, corners)) {
    const { area } = candidate;
    if (area.left < 2 || area.right > right || area.top < 2) continue;
    const cost = candidate.cost + soft(area, scene);
    if (best && cost >= best.cost) continue;
    if (barred.some((other) => overlap(area, other))) continue;
    best = { area, cost };
  }
  return best?.area ?? null;
}

function soft(area: Rectangle, { titles }: Scene): number {
  const near = titles.some((title) => overlap(area, { ...title, right: title.right + NEAR_TITLE }));
  const ruled = titles.some(({ top }) => top > area.top - FROM_RULE && top < area.bottom + FROM_RULE);
  return (near ? COST.title : 0) + (ruled ? COST.rule : 0);
}

function* candidates(edge: Wanted, corners: readonly Corner[]): Generator<Candidate> {
  const stretches = corners.slice(1).map((b, index): Line => ({ a: corners[index] as Corner, b }));
  const ranked = [...stretches].sort((one, other) => worth(other) - worth(one));
  for (const [rank, stretch] of ranked.entries()) {
    const own = stretches.filter((other) => other !== stretch).map(spanned);
    for (const candidate of along(stretch, edge.label)) {
      if (own.some((other) => overlap(candidate.area, other))) continue;
      yield { ...candidate, cost: candidate.cost + rank * COST.rank };
    }
  }
}

function* along({ a, b }: Line, width: number): Generator<Candidate> {
  const upright = Math.abs(a.x - b.x) < 0.5;
  const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  const size = upright ? LABEL_HEIGHT : width;
  const slack = length / 2 - size / 2 - FROM_ENDS;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  for (let by = 0; by <= Math.max(0, slack); by += STEP) {
    for (const sign of by === 0 ? [1] : [1, -1]) {
      const [x, y] = upright ? [middle.x, middle.y + sign * by] : [middle.x + sign * by, middle.y];
      const cost = by * COST.fromMiddle + (upright ? COST.upright : 0);
      if (slack >= 0) yield { area: around(x, y, width), cost };
      const [aside, above] = upright ? [width / 2 + ASIDE, 0] : [0, LABEL_HEIGHT / 2 + ASIDE - 1];
      for (const side of [1, -1]) {
        yield { area: around(x + side * aside, y - side * above, width), cost: cost + COST.beside };
      }
    }
  }
}

function around(x: number, y: number, width: number): Rectangle {
  return { left: x - width / 2, right: x + width / 2, top: y - LABEL_HEIGHT / 2, bottom: y + LABEL_HEIGHT / 2 };
}

function worth({ a, b }: Line): number {
  return Math.abs(a.x - b.x) * 10 + Math.abs(a.y - b.y);
}

function grown({ left, right, top, bottom }: Rectangle, by: number): Rectangle {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

export function spanned({ a, b }: Line): Rectangle {
  return { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) };
}
