// What it means to let go of a node somewhere on the map.

import type { MapLayout } from '../compute/map';

export interface Drop {
  id: string;
  /** The lane it was let go over, if it is another one. */
  lane: string | null;
  /** The stage of its stream that it now stands before; null at the end; undefined where it stood. */
  before: string | null | undefined;
}

interface Moved {
  id: string;
  position: { x: number; y: number };
  width?: number;
  height?: number;
}

/** A node belongs to the lane its middle is over, and stands before the first stage to the right of it. */
export function dropOf({ lanes, nodes }: MapLayout, moved: Moved): Drop | null {
  const placed = nodes.find(({ node }) => node.id === moved.id);
  if (!placed) return null;
  const x = moved.position.x + (moved.width ?? 0) / 2;
  const y = moved.position.y + (moved.height ?? 0) / 2;
  const over = lanes.find(({ top, height }) => y >= top && y < top + height)?.lane.id ?? null;
  const lane = over !== null && over !== 'production' && over !== placed.node.lane ? over : null;
  const stages = nodes
    .filter(({ node }) => node.kind === 'stage' && node.stream === placed.node.stream)
    .sort((a, b) => a.node.column - b.node.column);
  const here = stages.findIndex(({ node }) => node.id === moved.id);
  const others = stages.filter(({ node }) => node.id !== moved.id);
  const after = others.findIndex(({ box }) => box.x > x);
  const place = after < 0 ? others.length : after;
  const before = place === here ? undefined : (others[place]?.node.id ?? null);
  return { id: moved.id, lane, before };
}
