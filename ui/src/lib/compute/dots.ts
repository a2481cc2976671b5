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
export function diameterFor(rows: readonly (readonly number[])[], height: number, largest = 13): number {
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

/** A rectangle in pixels, y downwards. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a line of text stands: its baseline, and its side of `x`. */
export interface Spot {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

const apart = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

/** What a line of text of some width covers. */
export function textBox({ x, y, anchor }: Spot, width: number, size: number): Box {
  const left = anchor === 'start' ? x : x - width;
  return { left, right: left + width, top: y - size, bottom: y + 3 };
}

/**
 * The first spot at which a text stands clear of all boxes and dots; or the one where it covers the
 * fewest. Within the width, and off other boxes, if that can be.
 */
export function clearSpot(
  spots: readonly [Spot, ...Spot[]],
  text: { width: number; size: number },
  dots: readonly Dot[],
  radius: number,
  others: readonly Box[],
  width: number,
): Spot {
  const points = dots.map(({ x, y }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const cost = (spot: Spot) => {
    const box = textBox(spot, text.width, text.size);
    if (box.left < 0 || box.right > width) return Infinity;
    const hidden = (all: readonly Box[]) => all.filter((other) => !apart(box, other)).length;
    return hidden(others) * (dots.length + 1) + hidden(points);
  };
  return spots.reduce((best, spot) => (cost(spot) < cost(best) ? spot : best));
}
