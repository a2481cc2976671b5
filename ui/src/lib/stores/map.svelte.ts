import { getContext, setContext } from 'svelte';
import { neighbour, type Direction } from '../map/neighbour';
import type { MapLayout } from '../compute/map';
import type { FillId } from '../map/fill';
import type { NodeNumbers } from '../host';

const KEY = Symbol('map');

/** What of the map is selected, pointed at and shown; shared by everything drawn on it. */
export class MapState {
  /** The id of a node, or `team/ID` for a lane; null when nothing is. */
  selected = $state<string | null>(null);
  pointed = $state<string | null>(null);
  fill = $state<FillId>('share');
  /** The one value stream shown; null for all. */
  stream = $state<string | null>(null);
  /** The lane that a dragged node would be dropped on. */
  over = $state<string | null>(null);
  numbers = $state.raw<ReadonlyMap<string, NodeNumbers>>(new Map());
  layout = $state.raw<MapLayout | null>(null);
  /** The one node that Tab comes to; arrows move on from there. */
  #stop = $state<string | null>(null);

  readonly stop = $derived.by(() => {
    const nodes = this.layout?.nodes ?? [];
    const known = nodes.find(({ node }) => node.id === this.#stop) ?? nodes[0];
    return known?.node.id ?? null;
  });

  select(id: string | null): void {
    this.selected = id;
    if (id !== null) this.#stop = id;
  }

  focused(id: string): void {
    this.#stop = id;
    this.pointed = id;
  }

  /** The node that an arrow key leads to from another. */
  next(from: string, direction: Direction): string | null {
    return neighbour(this.layout?.nodes ?? [], from, direction);
  }
}

export function provideMap(state: MapState): void {
  setContext(KEY, state);
}

export function useMap(): MapState {
  return getContext<MapState>(KEY);
}
