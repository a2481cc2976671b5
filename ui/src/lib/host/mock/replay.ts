// An invented year: three changes a week walk the map's nodes in order, with queues that come and go.

import type { FilmView, MapView, ReplayView, YearChoice } from '..';

const DAY = 86400;
const YEAR = 364 * DAY;

export function replay(choice: YearChoice, baseline: MapView, whatIf: { id: string; map: MapView } | null): ReplayView {
  const films = [film(null, 'Baseline', baseline, 1)];
  if (whatIf) films.push(film(whatIf.id, 'What-if', whatIf.map, 0.6));
  return { year: choice.kind === 'number' ? choice.year : 37, choice, lookedAt: 64, seconds: YEAR, films };
}

function film(whatIf: string | null, name: string, map: MapView, pace: number): FilmView {
  const items = { kind: [] as number[], first: [] as number[], second: [] as number[], doing: [] as number[], node: [] as number[] };
  const arrivals = { item: [] as number[], second: [] as number[], hours: [] as number[] };
  const stops = map.nodes.flatMap((node, index) => (['stage', 'gate', 'release'].includes(node.kind) ? [index] : []));
  const users = map.nodes.findIndex((node) => node.kind === 'production');
  for (let item = 0; item < 156; item++) {
    let at = Math.round((item / 156) * YEAR - 30 * DAY);
    const requested = at;
    items.kind.push(0);
    items.first.push(items.second.length);
    const enter = (doing: number, node: number, days: number): void => {
      items.second.push(at);
      items.doing.push(doing);
      items.node.push(node);
      at += Math.round(days * DAY * pace);
    };
    stops.forEach((node, step) => {
      enter(0, node, 1 + ((item * 7 + step * 3) % 9));
      enter(3, node, 0.6 + ((item + step) % 3) * 0.4);
    });
    enter(5, users, 0);
    if (at >= 0 && at < YEAR) {
      arrivals.item.push(item);
      arrivals.second.push(at);
      arrivals.hours.push((at - requested) / 3600);
    }
  }
  items.first.push(items.second.length);
  const order = arrivals.second.map((_, index) => index).sort((a, b) => (arrivals.second[a] ?? 0) - (arrivals.second[b] ?? 0));
  const sorted = (all: number[]): number[] => order.map((index) => all[index] ?? 0);
  const teams = map.lanes.filter((lane) => lane.id !== 'production').map((lane) => ({ id: lane.id, people: 4, second: [], change: [] }));
  const incidents = [40, 130, 220].map((day) => ({
    stream: map.nodes[users]?.id.replace('production/', '') ?? '',
    stoppedItself: false,
    showed: day * DAY,
    called: day * DAY + 3600,
    recovered: day * DAY + 30000,
    team: teams[0]?.id ?? null,
    people: 2,
  }));
  return {
    whatIf,
    name,
    map,
    cut: null,
    items,
    arrivals: { item: sorted(arrivals.item), second: sorted(arrivals.second), hours: sorted(arrivals.hours) },
    teams,
    incidents,
    rollouts: [],
  };
}
