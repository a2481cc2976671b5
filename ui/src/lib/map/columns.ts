// How wide the nodes of a map are and where they stand from left to right. Columns have no fixed width:
// only nodes of one row need room beside each other, so crowded rows decide.

import type { NodeView } from '../host';
import { textWidth, wrap } from '../compute/text';

export interface Slot {
  node: NodeView;
  column: number;
  /** Its row among all rows of the map: nodes of one row stand beside each other. */
  row: string;
}

export interface Columns {
  centre: ReadonlyMap<string, number>;
  width: ReadonlyMap<string, number>;
  extent: number;
}

export const MARGIN = 14;
const GAP = 16;
/**
 * How far the next column stands to the right where another row begins: as far as there is room
 * for. Below zero it may stand under the one before, and work runs straight down.
 */
const STEPS = [34, 20, 6, -8, -22, -36, -50, -64, -78, -92];
const WIDEST = 210;
/** Room for "waits 12 d" under any name, and for "hold work 12 d" under tickets. */
const NUMBERS_WIDTH = 70;
const TICKETS_WIDTH = 92;

/** How many lines the names may take. */
export interface Lines {
  box: number;
  gate: number;
}

/** The widest steps for which there is room; the map grows where there is none. Names are never cut. */
export function columnsOf(slots: readonly Slot[], lines: Lines, size: number, room: number): Columns {
  const least = new Map(
    slots.map(({ node }) => [node.id, leastWidth(node, node.kind === 'gate' ? lines.gate : lines.box, size)]),
  );
  for (const [index, step] of STEPS.entries()) {
    const centre = spread(slots, least, step);
    const needed = extentOf(slots, centre, least);
    if (needed > room && index < STEPS.length - 1) continue;
    const extent = Math.max(room, needed);
    const stretched = stretch(slots, centre, extent - needed);
    return { centre: stretched, width: widen(slots, stretched, least, size, extent), extent };
  }
  return { centre: new Map(), width: new Map(), extent: room };
}

function paddingOf(node: NodeView): number {
  return node.kind === 'gate' ? 6 : 18;
}

/** The narrowest width at which the name fits into so many lines. */
function leastWidth(node: NodeView, lines: number, size: number): number {
  const full = textWidth(node.name, size, true);
  const words = node.name.split(/(?<=-)|\s+/).map((word) => textWidth(word, size, true));
  let width = Math.max(full / lines, ...words) + 0.5;
  while (width < full && wrap(node.name, width, lines, size, true).some((line) => line.endsWith('…'))) width += 4;
  const numbers = node.kind === 'tickets' ? TICKETS_WIDTH : NUMBERS_WIDTH;
  return Math.max(numbers, width) + paddingOf(node);
}

function widthOf(widths: ReadonlyMap<string, number>, id: string): number {
  return widths.get(id) ?? NUMBERS_WIDTH;
}

function spread(slots: readonly Slot[], widths: ReadonlyMap<string, number>, step: number): Map<string, number> {
  const centre = new Map<string, number>();
  const lastOfRow = new Map<string, string>();
  let x: number | null = null;
  for (const here of byColumn(slots)) {
    let at: number = x === null ? MARGIN : x + step;
    for (const { node, row } of here) {
      const half = widthOf(widths, node.id) / 2;
      at = Math.max(at, MARGIN + half);
      const before = lastOfRow.get(row);
      if (before !== undefined) at = Math.max(at, (centre.get(before) ?? 0) + widthOf(widths, before) / 2 + GAP + half);
    }
    for (const { node, row } of here) {
      centre.set(node.id, at);
      lastOfRow.set(row, node.id);
    }
    x = at;
  }
  return centre;
}

function byColumn(slots: readonly Slot[]): Slot[][] {
  const columns = [...new Set(slots.map(({ column }) => column))].sort((a, b) => a - b);
  return columns.map((column) => slots.filter((slot) => slot.column === column));
}

/** Room to spare goes between the columns in equal shares. */
function stretch(slots: readonly Slot[], centre: ReadonlyMap<string, number>, spare: number): Map<string, number> {
  const columns = byColumn(slots);
  const share = columns.length > 1 ? spare / (columns.length - 1) : 0;
  const shift = columns.length > 1 ? 0 : spare / 2;
  return new Map(
    columns.flatMap((here, index) => here.map(({ node }) => [node.id, (centre.get(node.id) ?? 0) + share * index + shift])),
  );
}

function extentOf(slots: readonly Slot[], centre: ReadonlyMap<string, number>, widths: ReadonlyMap<string, number>): number {
  const right = ({ node }: Slot): number => (centre.get(node.id) ?? 0) + widthOf(widths, node.id) / 2;
  return Math.max(0, ...slots.map(right)) + MARGIN;
}

/** A name gets the width of one line where its neighbours leave it. */
function widen(
  slots: readonly Slot[],
  centre: ReadonlyMap<string, number>,
  least: ReadonlyMap<string, number>,
  size: number,
  extent: number,
): Map<string, number> {
  return new Map(
    slots.map(({ node, row }) => {
      const x = centre.get(node.id) ?? 0;
      let room = 2 * Math.min(x - MARGIN / 2, extent - MARGIN / 2 - x);
      for (const other of slots) {
        if (other.row !== row || other.node.id === node.id) continue;
        // Two neighbours share what lies between them: neither takes the other's part.
        const distance = Math.abs((centre.get(other.node.id) ?? 0) - x);
        const mine = widthOf(least, node.id);
        const theirs = widthOf(least, other.node.id);
        room = Math.min(room, distance - GAP + mine / 2 - theirs / 2);
      }
      const wanted = Math.min(WIDEST, textWidth(node.name, size, true) + paddingOf(node) + 4);
      return [node.id, Math.max(widthOf(least, node.id), Math.min(wanted, room))];
    }),
  );
}
