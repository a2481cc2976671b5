// What moves: where each item is drawn now, and a step of time. Positions follow from the film; only the
// last half second of a move is remembered, so a jump in time places everything anew.

import type { Corner } from '../routes';
import { Doing, type Film } from './film';
import type { Heap } from './pile';
import { along, type Pile, type Stage, wayBetween } from './stage';

/** Milliseconds that a move from node to node takes on screen. */
const TRIP = 650;
/** Shares of a move from the pile to the line's beginning, and from its end into the next pile. */
const HOP = 0.14;
/** Milliseconds in which a pile closes up by two thirds. */
const SETTLE = 110;

export interface Cast {
  film: Film;
  /** Each item's present entry, or −1 before its first. */
  entry: Int32Array;
  x: Float32Array;
  y: Float32Array;
  /** Drawn now. */
  seen: Uint8Array;
  /** Share of the present move that is done; 1 at rest. */
  trip: Float32Array;
  fromX: Float32Array;
  fromY: Float32Array;
  fromNode: Int32Array;
  /** How many wait and are worked on, by node. */
  waiting: Uint32Array;
  worked: Uint32Array;
  /** How many of those that wait stand in the pile and are not still on their way to it. */
  piled: Uint32Array;
}

export function castOf(film: Film): Cast {
  const floats = (): Float32Array => new Float32Array(film.items);
  return {
    film,
    entry: new Int32Array(film.items).fill(-1),
    x: floats(),
    y: floats(),
    seen: new Uint8Array(film.items),
    trip: floats().fill(1),
    fromX: floats(),
    fromY: floats(),
    fromNode: new Int32Array(film.items).fill(-1),
    waiting: new Uint32Array(film.map.nodes.length),
    worked: new Uint32Array(film.map.nodes.length),
    piled: new Uint32Array(film.map.nodes.length),
  };
}

export interface Moment {
  /** Second of the year. */
  time: number;
  /** Milliseconds on screen since the last step; 0 places everything at once, without movement. */
  elapsed: number;
  /** Seconds of the year that pass in a millisecond on screen. */
  rate: number;
}

const target: Corner = { x: 0, y: 0 };

export function step(cast: Cast, stage: Stage, heap: Heap, moment: Moment): void {
  cast.waiting.fill(0);
  cast.worked.fill(0);
  cast.piled.fill(0);
  const settle = moment.elapsed > 0 ? 1 - Math.exp(-moment.elapsed / SETTLE) : 1;
  for (let item = 0; item < cast.film.items; item++) {
    const before = cast.entry[item] as number;
    const now = entryAt(cast.film, item, before, moment.time);
    cast.entry[item] = now;
    if (now < 0 || !aim(cast, stage, heap, item, now, moment)) {
      cast.seen[item] = 0;
      cast.trip[item] = 1;
      continue;
    }
    const appears = cast.seen[item] === 0;
    cast.seen[item] = 1;
    if (moment.elapsed === 0) cast.trip[item] = 1;
    else if (now !== before) depart(cast, item, before, now, appears, moment);
    move(cast, stage, item, now, settle, moment.elapsed, appears);
    if ((cast.film.doing[now] as number) <= Doing.stuck && cast.trip[item] === 1) {
      const node = cast.film.node[now] as number;
      cast.piled[node] = (cast.piled[node] as number) + 1;
    }
  }
}

/** The entry that holds at a time, looked for from where it was. */
export function entryAt(film: Film, item: number, from: number, time: number): number {
  const first = film.first[item] as number;
  const end = film.first[item + 1] as number;
  let at = from < first ? first - 1 : from;
  while (at + 1 < end && (film.second[at + 1] as number) <= time) at++;
  while (at >= first && (film.second[at] as number) > time) at--;
  return at < first ? -1 : at;
}

/** Sets `target` to where the item belongs; false if it is not drawn. */
function aim(cast: Cast, stage: Stage, heap: Heap, item: number, entry: number, moment: Moment): boolean {
  const { film } = cast;
  const node = film.node[entry] as number;
  const spot = stage.spots[node];
  if (!spot) return false;
  switch (film.doing[entry]) {
    case Doing.waiting:
    case Doing.stuck:
      slot(spot.waiting, cast.waiting[node] as number);
      cast.waiting[node] = (cast.waiting[node] as number) + 1;
      return true;
    case Doing.worked:
      slot(spot.worked, cast.worked[node] as number);
      cast.worked[node] = (cast.worked[node] as number) + 1;
      return true;
    case Doing.passed:
      passed(cast, stage, item, entry, moment.time);
      return true;
    case Doing.arrived: {
      const arrival = film.arrivalOf[item] as number;
      if (arrival < 0) return false;
      target.x = heap.x[arrival] as number;
      target.y = heap.y[arrival] as number;
      return true;
    }
    default:
      return false;
  }
}

function slot(pile: Pile, rank: number): void {
  target.x = pile.left + (rank % pile.columns) * pile.pitch;
  target.y = pile.top + Math.floor(rank / pile.columns) * pile.pitch;
}

/** On its way to another team for as long as that takes. */
function passed(cast: Cast, stage: Stage, item: number, entry: number, time: number): void {
  const { film } = cast;
  const first = film.first[item] as number;
  const to = film.node[entry] as number;
  const from = entry > first ? (film.node[entry - 1] as number) : to;
  const way = wayBetween(stage, from, to);
  const began = film.second[entry] as number;
  const ends = entry + 1 < (film.first[item + 1] as number) ? (film.second[entry + 1] as number) : began;
  const share = ends > began ? (time - began) / (ends - began) : 1;
  if (way) along(way, share, target);
  else if (stage.spots[to]) slot(stage.spots[to].waiting, cast.waiting[to] as number);
}

/** Begins a move where another node, or the chart, is the aim. */
function depart(cast: Cast, item: number, before: number, now: number, appears: boolean, { rate }: Moment): void {
  const { film } = cast;
  const first = film.first[item] as number;
  if (appears || before < first) {
    cast.trip[item] = 1;
    return;
  }
  const doing = film.doing[now];
  const lasts = now + 1 < (film.first[item + 1] as number) ? (film.second[now + 1] as number) - (film.second[now] as number) : 0;
  // A handoff that takes long enough to be watched needs no move of its own.
  if (doing === Doing.passed && lasts > TRIP * rate) return;
  const from = film.node[before] as number;
  if (from === film.node[now] && doing !== Doing.arrived) return;
  cast.fromX[item] = cast.x[item] as number;
  cast.fromY[item] = cast.y[item] as number;
  cast.fromNode[item] = from;
  cast.trip[item] = 0;
}

const onWay: Corner = { x: 0, y: 0 };

function move(cast: Cast, stage: Stage, item: number, entry: number, settle: number, elapsed: number, appears: boolean): void {
  const trip = cast.trip[item] as number;
  if (trip >= 1) {
    const by = appears ? 1 : settle;
    cast.x[item] = (cast.x[item] as number) + (target.x - (cast.x[item] as number)) * by;
    cast.y[item] = (cast.y[item] as number) + (target.y - (cast.y[item] as number)) * by;
    return;
  }
  const share = Math.min(1, trip + elapsed / TRIP);
  cast.trip[item] = share;
  const [fromX, fromY] = [cast.fromX[item] as number, cast.fromY[item] as number];
  if (cast.film.doing[entry] === Doing.arrived) {
    // Thrown over to the chart, and falls.
    cast.x[item] = fromX + (target.x - fromX) * ease(share);
    cast.y[item] = fromY + (target.y - fromY) * share * share - 26 * Math.sin(Math.PI * share);
    return;
  }
  const way = wayBetween(stage, cast.fromNode[item] as number, cast.film.node[entry] as number);
  if (!way) {
    between(fromX, fromY, target.x, target.y, ease(share));
  } else if (share < HOP) {
    along(way, 0, onWay);
    between(fromX, fromY, onWay.x, onWay.y, share / HOP);
  } else if (share <= 1 - HOP) {
    along(way, ease((share - HOP) / (1 - 2 * HOP)), onWay);
  } else {
    along(way, 1, onWay);
    between(onWay.x, onWay.y, target.x, target.y, (share - 1 + HOP) / HOP);
  }
  cast.x[item] = onWay.x;
  cast.y[item] = onWay.y;
}

function between(fromX: number, fromY: number, toX: number, toY: number, share: number): void {
  onWay.x = fromX + (toX - fromX) * share;
  onWay.y = fromY + (toY - fromY) * share;
}

const ease = (share: number): number => share * share * (3 - 2 * share);
