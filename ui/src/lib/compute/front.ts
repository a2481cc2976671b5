// Combinations as points: what they cost against what they bring.

import { num } from '../format';
import type { CombinationView } from '../host';
import { ticksUpTo } from './ticks';

export interface Point {
  /** Its place in the list of combinations. */
  index: number;
  /** Its number in the table of the front; null off the front. */
  number: number | null;
  kind: 'today' | 'front' | 'close' | 'beaten';
  x: number;
  y: number;
}

/** The front with its numbers, "as it is" among them, the cheapest first. */
export function front(all: readonly CombinationView[]): { number: number; index: number; combination: CombinationView }[] {
  return all
    .map((combination, index) => ({ combination, index }))
    .filter(({ combination }) => combination.place === 'front')
    .map((one, place) => ({ ...one, number: place + 1 }));
}

/** Points of one panel in its own units; without a figure there is no point. Those of the front are last: on top. */
export function points(all: readonly CombinationView[], of: (one: CombinationView) => number | null): Point[] {
  const numbers = new Map(front(all).map(({ index, number }) => [index, number]));
  const found = all.flatMap((one, index): Point[] => {
    const y = of(one);
    if (y === null) return [];
    const kind = one.whatIfs.length === 0 ? 'today' : one.place;
    return [{ index, number: numbers.get(index) ?? null, kind, x: num(one.personWeeks), y }];
  });
  const layer = (point: Point): number => ['beaten', 'close', 'today', 'front'].indexOf(point.kind);
  return found.sort((a, b) => layer(a) - layer(b));
}

/** Axes that hold all points, both from 0. */
export function axes(found: readonly Point[]): Record<'x' | 'y', { max: number; ticks: number[] }> {
  const most = (of: (point: Point) => number): number => Math.max(1e-9, ...found.map(of));
  return { x: ticksUpTo(most((point) => point.x) * 1.04, 6), y: ticksUpTo(most((point) => point.y) * 1.04, 5) };
}

/** Where a number stands beside its dot: the side on which it covers the fewest dots and numbers. */
export function labelled(
  dots: readonly { x: number; y: number; text: string }[],
  radius: number,
  all: readonly { x: number; y: number }[] = dots,
): { x: number; y: number; text: string }[] {
  const taken: { x: number; y: number; width: number }[] = [];
  return dots.map(({ x, y, text }) => {
    const width = 7 * text.length;
    const gap = radius + 3;
    const spots = [
      { x: x + gap, y: y - gap + 3 },
      { x: x - gap - width, y: y - gap + 3 },
      { x: x + gap, y: y + gap + 7 },
      { x: x - gap - width, y: y + gap + 7 },
      { x: x - width / 2, y: y - gap - 2 },
    ];
    const hits = (spot: { x: number; y: number }): number =>
      all.filter((dot) => dot.x + radius > spot.x && dot.x - radius < spot.x + width && dot.y + radius > spot.y - 10 && dot.y - radius < spot.y).length +
      taken.filter((other) => other.x < spot.x + width && other.x + other.width > spot.x && Math.abs(other.y - spot.y) < 11).length;
    const best = spots.reduce((kept, spot) => (hits(spot) < hits(kept) ? spot : kept));
    taken.push({ ...best, width });
    return { ...best, text };
  });
}
