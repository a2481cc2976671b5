// What the fill of the map's nodes stands for: one ramp, with fixed limits for each quantity, so that a
// colour means the same before and after a move.

import type { NodeNumbers, NodeView } from '../host';

export type FillId = 'share' | 'queue' | 'utilisation';
export const FILLS: FillId[] = ['share', 'queue', 'utilisation'];

/** The lower limit of each step after the first. */
const LIMITS: Record<FillId, number[]> = {
  share: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
  queue: [1, 2, 4, 8, 16, 32],
  utilisation: [0.3, 0.5, 0.7, 0.8, 0.9, 1],
};

export function fillStep(fill: FillId, value: number | null): number {
  return value === null ? 0 : LIMITS[fill].filter((limit) => value >= limit).length;
}

/** A node's value: utilisation is its team's. */
export function fillValue(fill: FillId, node: NodeView, numbers: ReadonlyMap<string, NodeNumbers>): number | null {
  const own = numbers.get(node.id);
  if (fill === 'utilisation') return worked(node) ? (numbers.get(node.lane)?.utilisation ?? null) : null;
  return own?.[fill] ?? null;
}

function worked({ kind, lane }: NodeView): boolean {
  return lane !== 'production' && kind !== 'demand';
}
