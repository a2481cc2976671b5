// A map as small as a stamp: its lanes, what stands in them, and the way of the work.

import type { MapView, NodeKind } from '../host';
import { rowsOf } from './rows';

export interface Thumb {
  width: number;
  height: number;
  lanes: number[];
  nodes: { x: number; y: number; kind: NodeKind }[];
  ways: string[];
}

const COLUMN = 22;
const ROW = 15;
const LANE_PAD = 3;

export function thumbOf(map: MapView): Thumb {
  const rows = rowsOf(map);
  const tops = new Map<string, number>();
  let height = 0;
  for (const lane of map.lanes) {
    const count = rows.count.get(lane.id) ?? 0;
    if (count === 0) continue;
    tops.set(lane.id, height);
    height += count * ROW + 2 * LANE_PAD;
  }
  const at = new Map(
    map.nodes.map(({ id, lane }) => [
      id,
      {
        x: ((rows.column.get(id) ?? 0) + 0.5) * COLUMN,
        y: (tops.get(lane) ?? 0) + LANE_PAD + ((rows.row.get(id) ?? 0) + 0.5) * ROW,
      },
    ]),
  );
  const place = (id: string) => at.get(id) ?? { x: 0, y: 0 };
  const widest = Math.max(0, ...[...at.values()].map(({ x }) => x));
  const ways = map.edges
    .filter(({ kind }) => kind === 'flow')
    .map(({ from, to }) => {
      const [a, b] = [place(from), place(to)];
      const middle = (a.x + b.x) / 2;
      return a.y === b.y ? `M${a.x} ${a.y}H${b.x}` : `M${a.x} ${a.y}H${middle}V${b.y}H${b.x}`;
    });
  return {
    width: widest + COLUMN / 2,
    height,
    lanes: [...tops.values()].slice(1),
    nodes: map.nodes.map(({ id, kind }) => ({ ...place(id), kind })),
    ways,
  };
}
