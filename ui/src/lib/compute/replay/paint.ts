// Draws one frame: items, piles' counts, people in their lanes, what is wrong, what has arrived.

import type { IncidentView } from '../../host';
import { Doing, type Film, ItemKind, calledAt, exposureAt, incidentsAt, peopleAt } from './film';
import type { Cast } from './cast';
import type { Heap } from './pile';
import type { Stage } from './stage';
import { shows, type Square, type Tiles } from './tiles';

export interface Ink {
  paper: string;
  ink: string;
  quiet: string;
  broken: string;
  /** Of the baseline's items, and of the what-if's. */
  baseline: string;
  accent: string;
  font: string;
}

/** Lets what lasts minutes be seen while weeks fly by: seconds of the year in half a second on screen. */
export const leastSeen = (rate: number): number => rate * 500;

export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: token('--paper'),
    ink: token('--ink'),
    quiet: token('--ink-2'),
    broken: token('--broken'),
    baseline: token('--baseline'),
    accent: token('--accent'),
    font: token('--font'),
  };
}

const FULL = 2 * Math.PI;
/** Larger teams are drawn as so many. */
const MOST_FIGURES = 24;
/** At the right of all lanes: calls go down there and cross nobody. */
const GUTTER = 30;

/** How a film's map is laid on the drawing's own pixels. */
export interface Placing {
  scale: number;
  left: number;
}

/** What of one film has changed since it was last drawn. */
export function paintMap(
  on: CanvasRenderingContext2D,
  { cast, stage, tiles }: { cast: Cast; stage: Stage; tiles: Tiles },
  { scale, left }: Placing,
  ink: Ink,
  time: number,
  least: number,
): void {
  const { film } = cast;
  const colour = film.whatIf ? ink.accent : ink.baseline;
  const now = happeningAt(film, time, least);
  tiles.compare(cast, now.key, (node) => stage.spots[node]?.count ?? null);
  tiles.drain((square) => {
    const { x, y, width, height } = square;
    // Whole pixels: half of one that is cleared leaves the other half of what was there.
    const [from, top] = [Math.floor(left + x * scale), Math.floor(y * scale)];
    const [wide, high] = [Math.ceil(left + (x + width) * scale) - from, Math.ceil((y + height) * scale) - top];
    on.save();
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.beginPath();
    on.rect(from, top, wide, high);
    on.clip();
    on.clearRect(from, top, wide, high);
    on.setTransform(scale, 0, 0, scale, left, 0);
    paintExposure(on, now, stage, ink);
    paintWrong(on, now, stage, ink, time);
    paintItems(on, cast, colour, ink, stage, square);
    paintCounts(on, cast, stage, ink, square);
    paintPeople(on, film, now, stage, ink, square);
    on.restore();
  });
}

/** What is drawn besides items and piles: who is there, who is away, what is wrong or rolling out. */
interface Happening {
  /** By team, in the film's order. */
  people: number[];
  called: Map<string, number>;
  wrong: IncidentView[];
  exposure: Map<number, number>;
  /** Another one when anything of it is. */
  key: string;
}

function happeningAt(film: Film, time: number, least: number): Happening {
  const people = film.teams.map((team) => peopleAt(team, time));
  const called = calledAt(film, time, least);
  const wrong = incidentsAt(film, time, least);
  const exposure = exposureAt(film, time, least);
  const told = wrong.map((incident) => `${incident.showed}${incident.called !== null && incident.called <= time}`);
  return { people, called, wrong, exposure, key: [people, [...called], told, [...exposure]].join('|') };
}

function paintItems(on: CanvasRenderingContext2D, cast: Cast, colour: string, ink: Ink, stage: Stage, square: Square): void {
  const { film } = cast;
  const filled = new Path2D();
  const hollow = new Path2D();
  const repairs = new Path2D();
  const atWork = new Path2D();
  for (let item = 0; item < film.items; item++) {
    if (cast.seen[item] === 0 || !shows(square, cast.x[item] as number, cast.y[item] as number, 6)) continue;
    const entry = cast.entry[item] as number;
    const doing = film.doing[entry] as number;
    if (doing === Doing.arrived && (cast.trip[item] as number) >= 1) continue;
    const kind = film.kind[item] as number;
    const pitch = doing <= Doing.stuck ? (stage.spots[film.node[entry] as number]?.waiting.pitch ?? 8) : 8;
    const radius = (kind === ItemKind.part ? 0.32 : 0.42) * pitch;
    const path = kind === ItemKind.repair ? repairs : doing === Doing.worked ? atWork : doing === Doing.stuck ? hollow : filled;
    const [x, y] = [cast.x[item] as number, cast.y[item] as number];
    if (kind === ItemKind.ticket) path.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else if (kind === ItemKind.repair) diamond(path, x, y, 1.3 * radius);
    else {
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, FULL);
    }
  }
  on.lineWidth = 1.2;
  on.fillStyle = colour;
  on.fill(filled);
  on.fillStyle = ink.paper;
  on.fill(hollow);
  on.strokeStyle = colour;
  on.stroke(hollow);
  on.fillStyle = colour;
  on.fill(atWork);
  on.strokeStyle = ink.ink;
  on.lineWidth = 1.4;
  on.stroke(atWork);
  on.fillStyle = ink.ink;
  on.fill(repairs);
}

function diamond(path: Path2D, x: number, y: number, reach: number): void {
  path.moveTo(x, y - reach);
  path.lineTo(x + reach, y);
  path.lineTo(x, y + reach);
  path.lineTo(x - reach, y);
  path.closePath();
}

/** How long each pile is, once it is long enough to be asked about. */
function paintCounts(on: CanvasRenderingContext2D, cast: Cast, stage: Stage, ink: Ink, square: Square): void {
  on.font = `600 11px ${ink.font}`;
  on.textBaseline = 'alphabetic';
  on.textAlign = 'right';
  stage.spots.forEach((spot, node) => {
    const many = cast.piled[node] as number;
    if (!spot || many < 3 || !shows(square, spot.count.x, spot.count.y, 26)) return;
    on.fillStyle = ink.ink;
    on.fillText(String(many), spot.count.x, spot.count.y);
  });
}

/** A figure for each of a team's people at the end of its lane; who is called stands with the users. */
function paintPeople(on: CanvasRenderingContext2D, film: Film, now: Happening, stage: Stage, ink: Ink, square: Square): void {
  film.teams.forEach((team, index) => {
    const lane = stage.lanes.get(team.id);
    const right = stage.layout.width - GUTTER;
    if (!lane || !shows(square, right - MOST_FIGURES * 4.5, lane.top + 12, MOST_FIGURES * 4.5 + 40)) return;
    const people = now.people[index] ?? 0;
    const away = Math.min(people, now.called.get(team.id) ?? 0);
    const shown = Math.min(people, MOST_FIGURES);
    for (let person = 0; person < shown; person++) {
      const x = right - person * 9;
      const gone = person >= shown - away;
      figure(on, x, lane.top + 6, gone ? null : ink.quiet, gone ? ink.broken : ink.quiet);
    }
    if (away > 0) {
      on.font = `600 11px ${ink.font}`;
      on.textAlign = 'right';
      on.fillStyle = ink.broken;
      on.fillText(`${away} →`, right - shown * 9 - 2, lane.top + 15);
    }
  });
}

function figure(on: CanvasRenderingContext2D, x: number, y: number, fill: string | null, stroke: string): void {
  const body = new Path2D();
  body.arc(x, y + 2.4, 2.2, 0, FULL);
  body.moveTo(x - 3.2, y + 10.5);
  body.arc(x, y + 9, 3.2, Math.PI, 0);
  body.lineTo(x + 3.2, y + 10.5);
  body.closePath();
  if (fill) {
    on.fillStyle = fill;
    on.fill(body);
  } else {
    on.strokeStyle = stroke;
    on.lineWidth = 1;
    on.stroke(body);
  }
}

/** An incident rings the users it reaches, and the team that is called. */
function paintWrong(on: CanvasRenderingContext2D, { wrong: going }: Happening, stage: Stage, ink: Ink, time: number): void {
  const streams = new Set(going.filter((incident) => !incident.stoppedItself).map((incident) => incident.stream));
  on.strokeStyle = ink.broken;
  for (const stream of streams) {
    const spot = stage.spots[stage.users.get(stream) ?? -1];
    if (!spot) continue;
    const { left, right, top, bottom } = spot.placed.box;
    on.lineWidth = 2.5;
    on.beginPath();
    on.roundRect(left - 3, top - 3, right - left + 6, bottom - top + 6, 8);
    on.stroke();
    for (const { team, called } of going.filter((incident) => incident.stream === stream)) {
      const lane = team === null || called === null || called > time ? undefined : stage.lanes.get(team);
      if (!lane) continue;
      const x = stage.layout.width - GUTTER / 3;
      on.lineWidth = 1.5;
      on.setLineDash([3, 3]);
      on.beginPath();
      on.moveTo(stage.layout.width - GUTTER + 7, lane.top + 11);
      on.lineTo(x, lane.top + 11);
      on.lineTo(x, lane.top < top ? top - 5 : bottom + 5);
      on.stroke();
      on.setLineDash([]);
    }
  }
}

/** The share of users that a rollout has reached, as a line under its strategy. */
function paintExposure(on: CanvasRenderingContext2D, { exposure }: Happening, stage: Stage, ink: Ink): void {
  for (const [node, share] of exposure) {
    const box = stage.spots[node]?.placed.box;
    if (!box) continue;
    on.fillStyle = ink.quiet;
    on.fillRect(box.left + 2, box.bottom - 3, (box.right - box.left - 4) * share, 3);
  }
}

/** How many of what has arrived are still falling. */
export function fallingOf(cast: Cast, many: number): number {
  let falling = 0;
  const { item } = cast.film.arrivals;
  for (let index = 0; index < many; index++) if ((cast.trip[item[index] as number] as number) < 1) falling++;
  return falling;
}

/** What has arrived by now; what is still falling where it is. */
export function paintHeap(on: CanvasRenderingContext2D, cast: Cast, heap: Heap, many: number, ink: Ink, falling: boolean): void {
  const path = new Path2D();
  const radius = 0.43 * heap.pitch;
  const { item } = cast.film.arrivals;
  for (let index = 0; index < many; index++) {
    const which = item[index] as number;
    const flies = falling && (cast.trip[which] as number) < 1;
    const [x, y] = flies ? [cast.x[which] as number, cast.y[which] as number] : [heap.x[index] as number, heap.y[index] as number];
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, FULL);
  }
  on.fillStyle = cast.film.whatIf ? ink.accent : ink.baseline;
  on.fill(path);
}
