import { describe, expect, it } from 'vitest';
import { LABEL_HEIGHT, overlap, type Rectangle } from '../src/lib/compute/labels';
import { labelWidth, layoutMap, type PlacedNode } from '../src/lib/compute/map';
import { headOf, pathOf, type Corner } from '../src/lib/compute/routes';
import { textWidth } from '../src/lib/compute/text';
import type { MapView } from '../src/lib/host';
import { crowdedMap, map } from '../src/lib/host/mock/map';

const rooms = [
  { width: 620, height: 400 },
  { width: 704, height: 490 },
  { width: 1080, height: 690 },
];
const maps: [string, MapView][] = [
  ['siloed', map({})],
  ['crowded', crowdedMap()],
];

describe.each(maps)('the %s map', (_, view) => {
  it.each(rooms)('has no node over another or outside at $width × $height', (room) => {
    const layout = layoutMap(view, room);
    expect(layout.nodes).toHaveLength(view.nodes.length);
    for (const { box } of layout.nodes) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(layout.width);
      expect(box.bottom).toBeLessThanOrEqual(layout.height);
    }
    for (const [a, b] of couples(layout.nodes)) expect(overlap(a.box, b.box), `${a.node.name} over ${b.node.name}`).toBe(false);
  });

  it.each(rooms)('keeps every name inside its node at $width × $height', (room) => {
    const layout = layoutMap(view, room);
    for (const { lines, box } of layout.nodes) {
      for (const line of lines) expect(textWidth(line, layout.type.size, true)).toBeLessThanOrEqual(box.right - box.left);
    }
  });

  it.each(rooms)('leads no edge through a node or outside at $width × $height', (room) => {
    const layout = layoutMap(view, room);
    expect(layout.edges).toHaveLength(view.edges.length);
    for (const { x, y } of layout.edges.flatMap(({ route }) => route.corners)) {
      expect(x > 0 && x < layout.width && y > 0 && y < layout.height).toBe(true);
    }
    let through = 0;
    for (const { edge, route } of layout.edges) {
      for (const { node, box } of layout.nodes) {
        if (node.id !== edge.from && node.id !== edge.to) through += crossings(route.corners, box);
      }
    }

    expect(through).toBe(0);
  });

  it.each(rooms)('puts the words of an edge on nothing else at $width × $height', (room) => {
    const layout = layoutMap(view, room);
    const places = layout.edges.flatMap(({ id, edge, route }) => {
      const half = labelWidth(edge.label) / 2;
      if (!route.label) return [];
      const { x, y } = route.label;
      return [{ id, area: { left: x - half, right: x + half, top: y - LABEL_HEIGHT / 2, bottom: y + LABEL_HEIGHT / 2 } }];
    });
    expect(places.length).toBeGreaterThan(0);
    for (const [a, b] of couples(places)) expect(overlap(a.area, b.area), `${a.id} over ${b.id}`).toBe(false);
    for (const { id, area } of places) {
      for (const { node, box } of layout.nodes) expect(overlap(area, box), `${id} over ${node.name}`).toBe(false);
      for (const { lane, top } of layout.lanes) {
        const title = { left: 0, right: textWidth(`${lane.name} ${lane.detail}`, 11, true), top, bottom: top + layout.type.label };
        expect(overlap(area, title), `${id} over ${lane.name}`).toBe(false);
      }
      for (const other of layout.edges) {
        if (other.id !== id) expect(crossings(other.route.corners, area), `${id} over ${other.id}`).toBe(0);
      }
    }
  });

  it('reads from left to right within a lane', () => {
    const { nodes } = layoutMap(view, rooms[0] as (typeof rooms)[0]);
    for (const [a, b] of couples(nodes)) {
      if (a.node.lane === b.node.lane && a.node.column < b.node.column) expect(a.box.right).toBeLessThan(b.box.left);
    }
  });
});

it.each(rooms)('a map with room for all its words has all of them at $width × $height', (room) => {
  const { edges } = layoutMap(map({}), room);
  const worded = edges.filter(({ edge }) => edge.label !== '');
  expect(worded.length).toBeGreaterThan(3);
  expect(worded.filter(({ route }) => route.label === null)).toEqual([]);
});

describe('an odd map', () => {
  it('may be empty', () => expect(layoutMap({ streams: [], lanes: [], nodes: [], edges: [] }, rooms[0] as (typeof rooms)[0]).nodes).toEqual([]));

  it('moves a second node of the same place on, and drops edges to nowhere', () => {
    const node = (id: string) => ({ id, kind: 'stage' as const, name: id, lane: 'a', stream: 's', path: '', column: 3, detail: '', changed: false });
    const view: MapView = {
      streams: [{ id: 's', name: 'S' }],
      lanes: [{ id: 'a', name: 'A', detail: '', changed: false }],
      nodes: [node('one'), node('two')],
      edges: [{ from: 'one', to: 'gone', kind: 'flow', label: '' }],
    };
    const layout = layoutMap(view, { width: 600, height: 300 });
    const [one, two] = layout.nodes as [PlacedNode, PlacedNode];
    expect(overlap(one.box, two.box)).toBe(false);
    expect(layout.edges).toEqual([]);
  });
});

describe('paths', () => {
  const corners = [{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 30 }];
  it('round their corners', () => expect(pathOf(corners, 6)).toBe('M0 0L14 0Q20 0 20 6L20 30'));
  it('point where they end', () => expect(headOf(corners, 5)).toMatch(/^M20 30/));
});

function couples<T>(all: T[]): [T, T][] {
  return all.flatMap((a, index) => all.slice(index + 1).map((b): [T, T] => [a, b]));
}

function crossings(corners: readonly Corner[], box: Rectangle): number {
  return corners.slice(1).filter((b, index) => {
    const a = corners[index] as Corner;
    return (
      Math.max(a.x, b.x) > box.left && Math.min(a.x, b.x) < box.right && Math.max(a.y, b.y) > box.top && Math.min(a.y, b.y) < box.bottom
    );
  }).length;
}
