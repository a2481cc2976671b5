import type { Edit, MapView } from '../bindings';

/** The edits that an invented study knows: names, teams, and what goes. */
export function edited(map: MapView, edits: readonly Edit[]): MapView {
  return edits.reduce(once, map);
}

function once(map: MapView, edit: Edit): MapView {
  switch (edit.kind) {
    case 'rename':
      return {
        ...map,
        nodes: map.nodes.map((node) => (node.id === edit.node ? { ...node, name: edit.name } : node)),
        lanes: map.lanes.map((lane) => (`team/${lane.id}` === edit.node ? { ...lane, name: edit.name } : lane)),
      };
    case 'assign':
      return { ...map, nodes: map.nodes.map((node) => (node.id === edit.node ? { ...node, lane: edit.team } : node)) };
    case 'addTeam': {
      const lane = { id: `team-${map.lanes.length}`, name: edit.name, detail: '3 people', changed: false };
      return { ...map, lanes: [...map.lanes.slice(0, -1), lane, ...map.lanes.slice(-1)] };
    }
    case 'remove':
      return without(map, edit.node);
    default:
      return map;
  }
}

/** Work goes on from what came before a node to what comes after it. */
function without(map: MapView, id: string): MapView {
  const next = map.edges.find(({ from, kind }) => from === id && kind === 'flow')?.to;
  const edges = map.edges
    .filter(({ from }) => from !== id)
    .flatMap((edge) => (edge.to !== id ? [edge] : next !== undefined && edge.kind === 'flow' ? [{ ...edge, to: next, label: '' }] : []));
  return {
    ...map,
    nodes: map.nodes.filter((node) => node.id !== id),
    lanes: map.lanes.filter((lane) => `team/${lane.id}` !== id),
    edges,
  };
}
