// Which part of a map is drawn, and what of it the layout depends on.

import type { MapView } from '../host';

/** The map of one value stream: its nodes, what they are joined to, and the lanes these stand in. */
export function streamOf(map: MapView, stream: string | null): MapView {
  if (stream === null || !map.streams.some(({ id }) => id === stream)) return map;
  const own = new Set(map.nodes.filter((node) => node.stream === stream).map(({ id }) => id));
  const nodes = map.nodes.filter(
    (node) => own.has(node.id) || (node.stream === null && map.edges.some(({ from, to }) => to === node.id && own.has(from))),
  );
  const kept = new Set(nodes.map(({ id }) => id));
  return {
    ...map,
    nodes,
    lanes: map.lanes.filter((lane) => nodes.some((node) => node.lane === lane.id)),
    edges: map.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}

/** Equal for maps that are laid out alike: neither details nor what changed move anything. */
export function shapeOf({ lanes, nodes, edges }: MapView): string {
  return JSON.stringify([
    lanes.map(({ id, name }) => [id, name]),
    nodes.map(({ id, kind, name, lane, stream, column }) => [id, kind, name, lane, stream, column]),
    edges,
  ]);
}
