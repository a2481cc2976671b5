/** Moves labels apart vertically, keeping their order, without leaving 0..floor by more than needed. */
export function apart(heights: readonly number[], least: number, floor: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  order.forEach((label, place) => {
    const above = order[place - 1];
    if (above && label.height - above.height < least) label.height = above.height + least;
  });
  const excess = Math.max(0, (order.at(-1)?.height ?? 0) - floor);
  const moved = [...heights];
  for (const label of order) moved[label.index] = label.height - excess;
  return moved;
}
