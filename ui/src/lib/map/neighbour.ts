// Which node an arrow key leads to: the nearest that lies that way, where sideways counts double.

import type { PlacedNode } from '../compute/map';

export type Direction = 'left' | 'right' | 'up' | 'down';

export function directionOf(key: string): Direction | null {
  const keys: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
  return keys[key] ?? null;
}

export function neighbour(nodes: readonly PlacedNode[], from: string, direction: Direction): string | null {
  const here = nodes.find(({ node }) => node.id === from)?.box;
  if (!here) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const { node, box } of nodes) {
    const [dx, dy] = [box.x - here.x, box.y - here.y];
    const [ahead, aside] = direction === 'left' || direction === 'right' ? [dx, dy] : [dy, dx];
    const along = direction === 'left' || direction === 'up' ? -ahead : ahead;
    if (node.id === from || along < 4) continue;
    const distance = along + 2 * Math.abs(aside);
    if (distance < least) [best, least] = [node.id, distance];
  }
  return best;
}
