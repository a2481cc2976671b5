import { describe, expect, it } from 'vitest';
import { Doing, filmOf } from '../src/lib/compute/replay/film';
import { cueAt, scriptOf } from '../src/lib/compute/script';
import type { FilmView, MapView } from '../src/lib/host';
import { texts } from '../src/lib/texts';

const DAY = 86400;
const YEAR = 364 * DAY;

const node = (id: string, kind: MapView['nodes'][number]['kind'], name: string): MapView['nodes'][number] => ({
  id, kind, name, lane: 'a', stream: 's', path: 'streams.s', column: 0, detail: '', changed: false,
});

const map: MapView = {
  streams: [{ id: 's', name: 'S' }],
  lanes: [{ id: 'a', name: 'A', detail: '', changed: false }],
  nodes: [node('stage/s/a', 'stage', 'Infrastructure'), node('gate/b', 'gate', 'Change board'), node('release/s', 'release', 'Monthly train')],
  edges: [],
};

/** Entries of items as [second, doing, node]; the last of each is where it stays. */
function film(items: [number, number, number][][], more: Partial<FilmView> = {}): FilmView {
  const entries = items.flat();
  const first = items.reduce<number[]>((at, item) => [...at, (at.at(-1) ?? 0) + item.length], [0]);
  return {
    whatIf: null,
    name: 'Baseline',
    map,
    cut: null,
    items: {
      kind: items.map(() => 0),
      first,
      second: entries.map((entry) => entry[0]),
      doing: entries.map((entry) => entry[1]),
      node: entries.map((entry) => entry[2]),
    } as FilmView['items'],
    arrivals: { item: [], second: [], hours: [] } as unknown as FilmView['arrivals'],
    teams: [],
    incidents: [],
    rollouts: [],
    ...more,
  };
}

const script = (view: FilmView) => scriptOf(filmOf(view), YEAR, 20 * DAY);

describe('the script of the film', () => {
  it('says nothing of what does not happen', () => {
    expect(script(film([])).map((cue) => cue.kind)).toEqual(['begin', 'end']);
  });

  it('tells the queue when it has thickened', () => {
    const wait = (day: number): [number, number, number][] => [[day * DAY, Doing.waiting, 0]];
    const view = film([wait(30), wait(40), wait(50), wait(60), wait(70)]);
    const queue = script(view).find((cue) => cue.kind === 'queue');
    expect(queue).toMatchObject({ at: 50 * DAY, node: 'Infrastructure' });
    expect(queue && texts.film.caption(queue)).toBe('The queue thickens at Infrastructure.');
  });

  it('knows a meeting by several that leave it at once', () => {
    const item = (from: number): [number, number, number][] => [[from * DAY, Doing.waiting, 1], [100 * DAY, Doing.worked, 0]];
    expect(script(film([item(60), item(70), item(80)])).find((cue) => cue.kind === 'board')).toMatchObject({ at: 100 * DAY, node: 'Change board' });
    const apart: [number, number, number][][] = [60, 70, 80].map((day) => [[day * DAY, Doing.waiting, 1], [(day + 30) * DAY, Doing.worked, 0]]);
    expect(script(film(apart)).some((cue) => cue.kind === 'board')).toBe(false);
  });

  it('tells a release night, and then who is called away', () => {
    const rollouts = [{ node: 2, strategy: 'recreate', changes: 9, second: [150 * DAY], share: [1] }] as unknown as FilmView['rollouts'];
    const incident = (day: number) => ({ showed: day * DAY, called: day * DAY, recovered: null, team: 'a', people: 2, stoppedItself: false });
    const incidents = [incident(10), incident(200)] as unknown as FilmView['incidents'];
    const told = script(film([], { rollouts, incidents }));
    expect(told.map((cue) => [cue.kind, cue.at / DAY])).toEqual([['begin', 0], ['release', 150], ['incident', 200], ['end', 364]]);
    expect(told[2] && texts.film.caption(told[2])).toContain('2 people are called away');
  });

  it('leaves every caption its time', () => {
    const rollouts = [10, 25, 40].map((day) => ({ node: 2, strategy: 'recreate', changes: 9, second: [day * DAY], share: [1] })) as unknown as FilmView['rollouts'];
    const told = script(film([], { rollouts }));
    told.slice(1).forEach((cue, index) => expect(cue.at - (told[index]?.at ?? 0)).toBeGreaterThanOrEqual(20 * DAY));
    expect(cueAt(told, 24 * DAY)?.kind).toBe('begin');
    expect(cueAt(told, 30 * DAY)?.kind).toBe('release');
  });
});
