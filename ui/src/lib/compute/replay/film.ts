// One variant's year as the player reads it: columns as typed arrays, and who and what is where at a
// time. Times are seconds since the start of the year.

import type { FilmView, IncidentView, MapView, RolloutView, TeamFilmView } from '../../host';

/** What an item does, in the order of the wire. */
export const Doing = { waiting: 0, stuck: 1, passed: 2, worked: 3, away: 4, arrived: 5 } as const;

/** What an item is, in the order of the wire. */
export const ItemKind = { change: 0, repair: 1, part: 2, ticket: 3 } as const;

export interface Film {
  name: string;
  whatIf: boolean;
  /** All of it: nodes are meant by their place in it. */
  map: MapView;
  /** The value stream that is played, or all. */
  stream: string | null;
  items: number;
  kind: Uint8Array;
  first: Uint32Array;
  second: Int32Array;
  doing: Uint8Array;
  node: Uint16Array;
  arrivals: Arrivals;
  /** For each item its place among the arrivals, or −1. */
  arrivalOf: Int32Array;
  teams: TeamFilmView[];
  incidents: IncidentView[];
  rollouts: RolloutView[];
}

export interface Arrivals {
  item: Uint32Array;
  second: Int32Array;
  hours: Float64Array;
}

/** The film of one value stream, or of all: of the others nothing arrives and nothing goes wrong. */
export function filmOf(view: FilmView, stream: string | null = null): Film {
  const { items } = view;
  const arrivals = ofStream(view, stream);
  const shown = <Part extends { stream: string }>(parts: Part[]): Part[] => parts.filter((part) => stream === null || part.stream === stream);
  const arrivalOf = new Int32Array(items.kind.length).fill(-1);
  arrivals.item.forEach((item, index) => (arrivalOf[item] = index));
  return {
    name: view.name,
    whatIf: view.whatIf !== null,
    map: view.map,
    stream,
    items: items.kind.length,
    kind: Uint8Array.from(items.kind),
    first: Uint32Array.from(items.first),
    second: Int32Array.from(items.second),
    doing: Uint8Array.from(items.doing),
    node: Uint16Array.from(items.node),
    arrivals: {
      item: Uint32Array.from(arrivals.item),
      second: Int32Array.from(arrivals.second),
      hours: Float64Array.from(arrivals.hours.map((hours) => hours ?? 0)),
    },
    arrivalOf,
    teams: view.teams,
    incidents: shown(view.incidents),
    rollouts: view.rollouts,
  };
}

function ofStream({ arrivals, items, map }: FilmView, stream: string | null): FilmView['arrivals'] {
  const last = (item: number): number => (items.first[item + 1] ?? 1) - 1;
  const kept = arrivals.item.flatMap((item, index) => {
    const node = map.nodes[items.node[last(item)] ?? -1];
    return stream === null || node?.stream === stream ? [index] : [];
  });
  const pick = <Value>(all: Value[]): Value[] => kept.map((index) => all[index] as Value);
  return { item: pick(arrivals.item), second: pick(arrivals.second), hours: pick(arrivals.hours) };
}

/** How many changes have arrived by then. */
export function arrivedBy(film: Film, time: number): number {
  const { second } = film.arrivals;
  let [low, high] = [0, second.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((second[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 85 of 100 of what arrived by then took at most so many hours; null while it is too few to say. */
export function withinBy(film: Film, time: number, least = 20): number | null {
  const many = arrivedBy(film, time);
  if (many < least) return null;
  const hours = film.arrivals.hours.slice(0, many).sort();
  return hours[Math.ceil(0.85 * many) - 1] ?? null;
}

/** A team's people at a time, those at incidents included. */
export function peopleAt(team: TeamFilmView, time: number): number {
  let people = team.people;
  for (let index = 0; index < team.second.length && (team.second[index] as number) <= time; index++) {
    people += team.change[index] as number;
  }
  return Math.max(0, people);
}

/** Incidents going on at a time; each is seen for at least `least` seconds. */
export function incidentsAt(film: Film, time: number, least = 0): IncidentView[] {
  return film.incidents.filter(
    ({ showed, recovered }) => showed <= time && (recovered === null || time < Math.max(recovered, showed + least)),
  );
}

/** How many of each team's people are at incidents, by team. */
export function calledAt(film: Film, time: number, least = 0): Map<string, number> {
  const called = new Map<string, number>();
  for (const incident of film.incidents) {
    const { team, called: since, recovered, people } = incident;
    if (team === null || since === null || since > time) continue;
    if (recovered !== null && time >= Math.max(recovered, since + least)) continue;
    called.set(team, (called.get(team) ?? 0) + people);
  }
  return called;
}

/** The share of users that a rollout under way has reached, by node; each is seen for `least` seconds. */
export function exposureAt(film: Film, time: number, least = 0): Map<number, number> {
  const exposure = new Map<number, number>();
  for (const { node, second, share } of film.rollouts) {
    const [began, ended] = [second[0], second.at(-1)];
    if (began === undefined || ended === undefined || began > time || time >= Math.max(ended, began + least)) continue;
    let step = 0;
    while (step + 1 < second.length && (second[step + 1] as number) <= time) step++;
    exposure.set(node, share[step] ?? 0);
  }
  return exposure;
}
