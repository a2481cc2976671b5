// Where each node stands in its lane, before anything is measured. A lane has one row, and more where
// value streams, or ways beside each other, would stand on one another.

import type { MapView, NodeView } from '../host';

export interface Rows {
  /** The row of each node within its lane, from 0. */
  row: ReadonlyMap<string, number>;
  /** The column of each node; what several streams share moves to a free one beside its own. */
  column: ReadonlyMap<string, number>;
  /** How many rows each lane has. */
  count: ReadonlyMap<string, number>;
}

interface Row {
  taken: Set<number>;
  spans: { stream: string | null; from: number; to: number }[];
}

/** How far from its own column something shared may stand. */
const ASIDE = [0, 1, -1, 2, -2, 3, -3];

export function rowsOf(map: MapView): Rows {
  const found = { row: new Map<string, number>(), column: new Map<string, number>(), count: new Map<string, number>() };
  for (const lane of map.lanes) {
    const here = map.nodes.filter((node) => node.lane === lane.id);
    const rows: Row[] = [];
    for (const stream of new Set(here.flatMap((node) => node.stream ?? []))) {
      for (const nodes of besideEachOther(here.filter((node) => node.stream === stream))) {
        const at = roomFor(rows, nodes, stream);
        for (const node of nodes) {
          found.row.set(node.id, at);
          found.column.set(node.id, node.column);
        }
      }
    }
    for (const node of here.filter((shared) => shared.stream === null)) {
      const { row, column } = aside(rows, node);
      found.row.set(node.id, row);
      found.column.set(node.id, column);
    }
    found.count.set(lane.id, rows.length);
  }
  return found;
}

/** Nodes of one stream and column are ways beside each other, and each has a row of its own. */
function besideEachOther(nodes: readonly NodeView[]): NodeView[][] {
  const rows: NodeView[][] = [];
  for (const node of nodes) {
    const free = rows.find((row) => row.every((other) => other.column !== node.column));
    if (free) free.push(node);
    else rows.push([node]);
  }
  return rows;
}

/** The first row in which a stream's nodes stand neither on nor among those of another. */
function roomFor(rows: Row[], nodes: readonly NodeView[], stream: string): number {
  const columns = nodes.map((node) => node.column);
  const [from, to] = [Math.min(...columns), Math.max(...columns)];
  let at = rows.findIndex(
    ({ taken, spans }) =>
      columns.every((column) => !taken.has(column)) &&
      spans.every((span) => span.stream === stream || to < span.from || from > span.to),
  );
  if (at < 0) at = rows.push({ taken: new Set(), spans: [] }) - 1;
  const row = rows[at] as Row;
  for (const column of columns) row.taken.add(column);
  row.spans.push({ stream, from, to });
  return at;
}

function aside(rows: Row[], node: NodeView): { row: number; column: number } {
  for (const [at, row] of rows.entries()) {
    for (const step of ASIDE) {
      const column = node.column + step;
      if (column < 0 || row.taken.has(column)) continue;
      row.taken.add(column);
      return { row: at, column };
    }
  }
  rows.push({ taken: new Set([node.column]), spans: [] });
  return { row: rows.length - 1, column: node.column };
}
