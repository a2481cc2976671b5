// The map as the flow library wants it: boxes with sizes, edges with our own routes.

import { type Edge, type Node, Position } from '@xyflow/svelte';
import type { MapLayout, NameType, PlacedEdge, PlacedNode } from '../compute/map';

export type FlowNode = Node<{ placed: PlacedNode; type: NameType }, 'node'>;
export type FlowEdge = Edge<{ placed: PlacedEdge }, 'way'>;

/**
 * The boxes of a layout. Those of `before` that are drawn alike are the same objects again: the library draws
 * anew what it is given anew, and a layout rarely moves everything.
 */
export function nodesOf(layout: MapLayout, before: FlowNode[] = []): FlowNode[] {
  const made = layout.nodes.map((placed): FlowNode => {
    const { box, node } = placed;
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    return {
      id: node.id,
      type: 'node',
      position: { x: box.left, y: box.top },
      width,
      height,
      measured: { width, height },
      // Edges have routes of their own; the library only draws those that have ends.
      handles: [
        { type: 'source', position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
        { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
      ],
      draggable: node.kind === 'stage',
      data: { placed, type: layout.type },
    };
  });
  return again(made, before, ({ position, width, height, draggable, data: { placed, type } }) => [
    position,
    width,
    height,
    draggable,
    type,
    { ...placed, node: placed.node.kind },
  ]);
}

/** The ways of a layout, with those of `before` that run alike. Their words are drawn elsewhere. */
export function edgesOf(layout: MapLayout, before: FlowEdge[] = []): FlowEdge[] {
  const made = layout.edges.map((placed): FlowEdge => ({
    id: placed.id,
    source: placed.edge.from,
    target: placed.edge.to,
    type: 'way',
    // Where work goes on is said with the node it leaves.
    domAttributes: { 'aria-hidden': true },
    data: { placed },
  }));
  return again(made, before, ({ data }) => [data?.placed.edge.from, data?.placed.edge.to, data?.placed.edge.kind, data?.placed.route.corners]);
}

/** `made`, with the things of `before` in place of those that are drawn alike. */
function again<T extends { id: string }>(made: T[], before: T[], drawn: (thing: T) => unknown): T[] {
  const known = new Map(before.map((thing) => [thing.id, thing]));
  return made.map((thing) => {
    const old = known.get(thing.id);
    return old && JSON.stringify(drawn(old)) === JSON.stringify(drawn(thing)) ? old : thing;
  });
}
