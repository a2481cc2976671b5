// Stacking for quantile dot plots: values that fall within one dot's width share a column, after
// Wilkinson, "Dot plots", The American Statistician 53 (1999).

export interface Dot {
  x: number;
  y: number;
}

interface Column {
  x: number;
  count: number;
}

/** Columns of dots for ascending positions in pixels. */
export function columns(positions: readonly number[], diameter: number): Column[] {
  const found: Column[] = [];
  let start = 0;
  while (start < positions.length) {
    const first = positions[start] as number;
    let end = start;
    while (end + 1 < positions.length && (positions[end + 1] as number) < first + diameter) end++;
    const last = positions[end] as number;
    found.push({ x: (first + last) / 2, count: end - start + 1 });
    start = end + 1;
  }
  return spread(found, diameter);
}

/**
 * Moves columns that would overlap apart by as little as possible: isotonic regression of the
 * distances beyond one diameter each, by pooling adjacent violators.
 */
function spread(found: readonly Column[], diameter: number): Column[] {
  const pools: { sum: number; weight: number; members: number }[] = [];
  found.forEach(({ x, count }, index) => {
    pools.push({ sum: (x - index * diameter) * count, weight: count, members: 1 });
    for (let last = pools.at(-1), before = pools.at(-2); last && before; last = pools.at(-1), before = pools.at(-2)) {
      if (before.sum / before.weight <= last.sum / last.weight) break;
      pools.splice(-2, 2, {
        sum: before.sum + last.sum,
        weight: before.weight + last.weight,
        members: before.members + last.members,
      });
    }
  });
  const moved = pools.flatMap(({ sum, weight, members }) => Array.from({ length: members }, () => sum / weight));
  return found.map(({ count }, index) => ({ x: (moved[index] ?? 0) + index * diameter, count }));
}

function tallest(positions: readonly number[], diameter: number): number {
  return columns(positions, diameter).reduce((most, column) => Math.max(most, column.count), 0);
}

/**
 * The largest whole diameter with which every row's tallest column fits its height. Whole, so that
 * dots keep their size while the piles move.
 */
export function diameterFor(rows: readonly (readonly number[])[], height: number, largest: number): number {
  for (let diameter = largest; diameter > 2; diameter--) {
    if (rows.every((row) => tallest(row, diameter) * diameter <= height)) return diameter;
  }
  return 2;
}

/** Dot centres, piled upwards from `floor`; columns too tall for `height` are squeezed, not cut. */
export function pile(positions: readonly number[], diameter: number, floor: number, height: number): Dot[] {
  return columns(positions, diameter).flatMap(({ x, count }) => {
    const step = Math.min(diameter, count > 1 ? (height - diameter) / (count - 1) : diameter);
    return Array.from({ length: count }, (_, level) => ({ x, y: floor - diameter / 2 - level * step }));
  });
}

/** The largest dots worth drawing so wide: some two dozen columns still show a shape. */
export const largestFor = (width: number): number => Math.max(8, Math.round(width / 25));

/** What is left free at both ends, so that the last dot is whole. */
export const edgeFor = (width: number): number => Math.ceil(largestFor(width) / 2) + 1;

/** Where a line of text stands: its side of `x`, and how wide it may be. */
export interface Place {
  x: number;
  anchor: 'start' | 'end';
  room: number;
}

const BESIDE = 6;
const APART = 10;

/**
 * The band over a pile holds the label of its mark, beside the mark, and the series' name at the right. Where
 * both do not fit, the label goes to the mark's other side, then the name to the left, then the name is cut.
 */
export function bandOf(width: number, mark: number | null, label: number, name: number): { label: Place | null; name: Place } {
  const end = (room: number): Place => ({ x: width, anchor: 'end', room });
  const start = (room: number): Place => ({ x: 0, anchor: 'start', room });
  if (mark === null) return { label: null, name: end(width) };
  const right: Place = { x: mark + BESIDE, anchor: 'start', room: width - mark - BESIDE };
  const left: Place = { x: mark - BESIDE, anchor: 'end', room: mark - BESIDE };
  const afterLabel = width - right.x - label - APART;
  const afterMark = width - mark - APART;
  const beforeLabel = left.x - label - APART;
  const beforeMark = mark - APART;
  if (afterLabel >= name) return { label: right, name: end(afterLabel) };
  if (left.room >= label && afterMark >= name) return { label: left, name: end(afterMark) };
  if (right.room >= label && beforeMark >= name) return { label: right, name: start(beforeMark) };
  if (beforeLabel >= name) return { label: left, name: start(beforeLabel) };
  const onRight = right.room >= label && (left.room < label || beforeMark >= afterMark);
  if (onRight) return { label: right, name: beforeMark > afterLabel ? start(beforeMark) : end(afterLabel) };
  return { label: left, name: beforeLabel > afterMark ? start(beforeLabel) : end(afterMark) };
}
