// The map as the flow library wants it: boxes with sizes, edges with our own routes.

import { type Edge, type Node, Position } from '@xyflow/svelte';
import type { MapLayout, NameType, PlacedEdge, PlacedNode } from '../compute/map';

export type FlowNode = Node<{ placed: PlacedNode; type: NameType }, 'node'>;
export type FlowEdge = Edge<{ placed: PlacedEdge }, 'way'>;

export function nodesOf(layout: MapLayout): FlowNode[] {
  return layout.nodes.map((placed) => {
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
}

export function edgesOf(layout: MapLayout): FlowEdge[] {
  return layout.edges.map((placed) => ({
    id: placed.id,
    source: placed.edge.from,
    target: placed.edge.to,
    type: 'way',
    // Where work goes on is said with the node it leaves.
    domAttributes: { 'aria-hidden': true },
    data: { placed },
  }));
}
