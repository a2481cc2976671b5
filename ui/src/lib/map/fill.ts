// What the fill of the map's nodes stands for: one ramp, with fixed limits for each quantity, so that a
// colour means the same before and after a move.

import type { MapView, NodeNumbers, NodeView } from '../host';

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

/** The map of one value stream: its nodes, what they are joined to, and the lanes these stand in. */
export function streamOf(map: MapView, stream: string | null): MapView {
  if (stream === null || !map.streams.some(({ id }) => id === stream)) return map;
  const own = new Set(map.nodes.filter((node) => node.stream === stream).map(({ id }) => id));
  const nodes = map.nodes.filter(
    (node) => own.has(node.id) || (node.stream === null && map.edges.some(({ from, to }) => to === node.id && own.has(from))),
  );
  const kept = new Set(nodes.map(({ id }) => id));
  return {
    ...map,
    nodes,
    lanes: map.lanes.filter((lane) => nodes.some((node) => node.lane === lane.id)),
    edges: map.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}
