import { getContext, setContext } from 'svelte';
import { neighbour, type Direction } from '../map/neighbour';
import type { MapLayout } from '../compute/map';
import type { FillId } from '../map/fill';
import type { MapView, NodeNumbers } from '../host';

const KEY = Symbol('map');

/** What of the map is selected, pointed at and shown; shared by everything drawn on it. */
export class MapState {
  /** The id of a node, or `team/ID` for a lane; null when nothing is. */
  selected = $state<string | null>(null);
  pointed = $state<string | null>(null);
  /** What was selected last was selected by keyboard. */
  enter = false;
  fill = $state<FillId>('share');
  /** The one value stream shown; null for all. */
  stream = $state<string | null>(null);
  /** Whether it was chosen which, by the map or by the person. */
  chosen = $state(false);
  /** The lane that a dragged node would be dropped on. */
  over = $state<string | null>(null);
  numbers = $state.raw<ReadonlyMap<string, NodeNumbers>>(new Map());
  layout = $state.raw<MapLayout | null>(null);
  /** The map as it is now: its layout may be of an earlier one of the same shape. */
  view = $state.raw<MapView | null>(null);
  readonly nodes = $derived.by(() => new Map((this.view?.nodes ?? []).map((node) => [node.id, node])));
  readonly lanes = $derived.by(() => new Map((this.view?.lanes ?? []).map((lane) => [lane.id, lane])));
  /** The one node that Tab comes to; arrows move on from there. */
  #stop = $state<string | null>(null);

  readonly stop = $derived.by(() => {
    const nodes = this.layout?.nodes ?? [];
    const known = nodes.find(({ node }) => node.id === this.#stop) ?? nodes[0];
    return known?.node.id ?? null;
  });

  choose(stream: string | null): void {
    this.stream = stream;
    this.chosen = true;
  }

  /** `enter`: the keyboard goes on in what is told of it. */
  select(id: string | null, enter = false): void {
    this.selected = id;
    this.enter = enter;
    if (id !== null) this.#stop = id;
  }

  focused(id: string): void {
    this.#stop = id;
    this.pointed = id;
  }

  /** The names of what work goes on to. */
  after(id: string): string[] {
    const edges = (this.view?.edges ?? []).filter(({ from, kind }) => from === id && kind === 'flow');
    return edges.flatMap(({ to }) => this.nodes.get(to)?.name ?? []);
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
