// From what a person typed to the answers that the host takes.

import type { Answers, Place, Rhythm } from '../host';

export const UNITS = { hours: 1 / 24, days: 1, weeks: 7, months: 365 / 12 } as const;
export type Unit = keyof typeof UNITS;

export interface Time {
  text: string;
  unit: Unit;
}

/** What a person has entered: texts as typed, null for "don't know". */
export interface Entered {
  people: string | null;
  changes: string | null;
  usual: Time | null;
  bad: Time | null;
  rhythm: Rhythm | null;
  incidents: string | null;
  endless: boolean | null;
}

export type QuestionId = keyof Entered;

/** Reads "1,5" as well as "1.5"; null where there is no number. */
export function numberOf(text: string): number | null {
  const plain = text.trim().replace(/\s/g, '').replace(',', '.');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

export function daysOf(time: Time): number | null {
  const value = numberOf(time.text);
  return value === null ? null : value * UNITS[time.unit];
}

/** Questions that were neither answered nor said to be not known. */
export function open(entered: Entered, unknown: ReadonlySet<QuestionId>): QuestionId[] {
  const answered: Record<QuestionId, boolean> = {
    people: numberOf(entered.people ?? '') !== null,
    changes: numberOf(entered.changes ?? '') !== null,
    usual: entered.usual !== null && daysOf(entered.usual) !== null,
    bad: entered.bad !== null && daysOf(entered.bad) !== null,
    rhythm: entered.rhythm !== null,
    incidents: numberOf(entered.incidents ?? '') !== null,
    endless: entered.endless !== null,
  };
  return (Object.keys(answered) as QuestionId[]).filter((id) => !answered[id] && !unknown.has(id));
}

export function answersOf(
  entered: Entered,
  unknown: ReadonlySet<QuestionId>,
  corrected: { pace: number; waitsAt: Place | null },
): Answers {
  const known = <T>(id: QuestionId, value: T | null): T | null => (unknown.has(id) ? null : value);
  return {
    people: known('people', numberOf(entered.people ?? '')),
    changesPerMonth: known('changes', numberOf(entered.changes ?? '')),
    usualDays: known('usual', entered.usual && daysOf(entered.usual)),
    badDays: known('bad', entered.bad && daysOf(entered.bad)),
    rhythm: known('rhythm', entered.rhythm),
    incidentsPerMonth: known('incidents', numberOf(entered.incidents ?? '')),
    endless: known('endless', entered.endless),
    waitsAt: corrected.waitsAt,
    pace: corrected.pace === 1 ? null : corrected.pace,
  };
}

/** Which question a path of a contradiction names. */
export function questionOf(path: string): QuestionId | null {
  const by: Record<string, QuestionId> = {
    people: 'people',
    changesPerMonth: 'changes',
    usualDays: 'usual',
    badDays: 'bad',
    rhythm: 'rhythm',
    incidentsPerMonth: 'incidents',
    endless: 'endless',
  };
  return by[path] ?? null;
}
