// What is said while a year plays: each caption at the moment of the film that it is about, and only if the
// film has that moment.

import type { NodeKind } from '../host';
import { arrivedBy, Doing, withinBy, type Film } from './replay/film';

export type Cue =
  | { kind: 'begin'; at: number }
  | { kind: 'queue'; at: number; node: string }
  | { kind: 'board'; at: number; node: string }
  | { kind: 'release'; at: number }
  | { kind: 'incident'; at: number; people: number }
  | { kind: 'end'; at: number; many: number; hours: number | null };

/** Fewest changes that wait, are decided on together, or go out together, for it to be seen. */
const SEEN = 3;
/** A queue has thickened when it is this share of the longest it becomes. */
const THICK = 0.6;

/**
 * The script of a film of so many seconds, in order of time; captions are at least `apart` seconds of the
 * year from each other, so that each can be read.
 */
export function scriptOf(film: Film, seconds: number, apart: number): Cue[] {
  const script: Cue[] = [{ kind: 'begin', at: 0 }];
  const left = new Map([
    ['queue', queues(film)],
    ['board', boards(film)],
    ['release', releases(film)],
    ['incident', incidents(film)],
  ]);
  for (;;) {
    const from = (script.at(-1)?.at ?? 0) + apart;
    // Who is called away is told of something that went out.
    const ready = [...left].filter(([kind]) => kind !== 'incident' || !left.has('release') || left.get('release')?.length === 0);
    const next = ready.flatMap(([, cues]) => cues.find((cue) => cue.at >= from) ?? []).sort((a, b) => a.at - b.at)[0];
    if (!next || next.at >= seconds - apart) break;
    script.push(next);
    left.delete(next.kind);
  }
  script.push({ kind: 'end', at: seconds, many: arrivedBy(film, seconds), hours: withinBy(film, seconds) });
  return script;
}

/** What is said at a time. */
export function cueAt(script: readonly Cue[], time: number): Cue | undefined {
  return script.findLast((cue) => cue.at <= time);
}

interface Change {
  at: number;
  by: number;
  node: number;
}

/** Who comes to wait at a node, and who leaves its queue, in order of time. */
function waits(film: Film): Change[] {
  const changes: Change[] = [];
  for (let item = 0; item < film.items; item++) {
    const [from, to] = [film.first[item] as number, film.first[item + 1] as number];
    for (let entry = from; entry < to; entry++) {
      if (film.doing[entry] !== Doing.waiting) continue;
      const node = film.node[entry] as number;
      changes.push({ at: film.second[entry] as number, by: 1, node });
      if (entry + 1 < to) changes.push({ at: film.second[entry + 1] as number, by: -1, node });
    }
  }
  return changes.sort((a, b) => a.at - b.at);
}

const WORKED: NodeKind[] = ['stage', 'tickets'];

/** When the queue of the team that most wait for has thickened. */
function queues(film: Film): Cue[] {
  const many = new Map<number, number>();
  const most = new Map<number, number>();
  const all = waits(film).filter(({ node }) => WORKED.includes(film.map.nodes[node]?.kind ?? 'demand'));
  const follow = (seen: (change: Change, now: number) => void): void => {
    many.clear();
    for (const change of all) {
      const now = (many.get(change.node) ?? 0) + change.by;
      many.set(change.node, now);
      seen(change, now);
    }
  };
  follow(({ node }, now) => most.set(node, Math.max(now, most.get(node) ?? 0)));
  const [longest, length] = [...most].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0]);
  const cues: Cue[] = [];
  follow(({ at, by, node }, now) => {
    if (node !== longest || by < 0 || at < 0 || now < Math.max(SEEN, THICK * length)) return;
    cues.push({ kind: 'queue', at, node: film.map.nodes[node]?.name ?? '' });
  });
  return cues;
}

/** When several leave a gate at the same moment: a meeting has decided. */
function boards(film: Film): Cue[] {
  const leaving = new Map<string, number>();
  for (const { at, by, node } of waits(film)) {
    if (by > 0 || at < 0 || film.map.nodes[node]?.kind !== 'gate') continue;
    const key = `${at}/${node}`;
    leaving.set(key, (leaving.get(key) ?? 0) + 1);
  }
  return [...leaving].flatMap(([key, many]): Cue[] => {
    const [at, node] = key.split('/').map(Number) as [number, number];
    return many < SEEN ? [] : [{ kind: 'board', at, node: film.map.nodes[node]?.name ?? '' }];
  });
}

function releases(film: Film): Cue[] {
  return film.rollouts.flatMap(({ changes, second }): Cue[] => {
    const at = second[0];
    return at === undefined || at < 0 || changes < SEEN ? [] : [{ kind: 'release', at }];
  });
}

function incidents(film: Film): Cue[] {
  return film.incidents.flatMap(({ called, people }): Cue[] =>
    called === null || called < 0 || people < 1 ? [] : [{ kind: 'incident', at: called, people }],
  );
}
