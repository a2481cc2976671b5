import { num } from '../format';
import type { Axis, Figure } from '../host';

export interface Scale {
  (value: number): number;
  /** Whether a value lies beyond what the axis shows. */
  beyond(value: number): boolean;
}

/** Maps axis units to pixels; values outside the axis stop at its ends. */
export function linear(axis: Axis, from: number, to: number): Scale {
  const low = num(axis.min);
  const high = num(axis.max, low + 1);
  const span = high - low || 1;
  const scale = (value: number): number => {
    const share = Math.min(1, Math.max(0, (value - low) / span));
    return from + share * (to - from);
  };
  return Object.assign(scale, { beyond: (value: number) => value > high || value < low });
}

export type HeldAxes = ReadonlyMap<string, { x: Axis; y: Axis | null }>;

/** What is on screen now, to be held while a lever is dragged. */
export function axesOf(figures: readonly Figure[]): HeldAxes {
  return new Map(figures.map((figure) => [figure.id, { x: figure.x, y: figure.y }]));
}

/** The figure on the axes it had when the drag began: an axis that rescales hides the movement. */
export function onHeldAxes(figure: Figure, held: HeldAxes | null): Figure {
  const axes = held?.get(figure.id);
  return axes ? { ...figure, x: axes.x, y: axes.y } : figure;
}
