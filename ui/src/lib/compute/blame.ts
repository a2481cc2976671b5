// Suspects under the part of the organisation they belong to.

import { num, rounded } from '../format';
import type { PartBlame, Saving, SuspectView, WhyFigure } from '../host';

export interface Group {
  part: PartBlame;
  suspects: SuspectView[];
}

/** Where something can be looked at. */
export interface Way {
  label: string;
  open: () => void;
}

const value = (saving: Saving | null): number => num(saving?.value);

/** The part that saves the most on its own first, and so within each; parts that cost nothing are left out. */
export function grouped(figure: WhyFigure): Group[] {
  const bySaving = <One extends { onItsOwn: Saving | null }>(all: readonly One[]): One[] =>
    [...all].sort((a, b) => value(b.onItsOwn) - value(a.onItsOwn));
  const matters = ({ part, suspects }: Group): boolean =>
    suspects.length > 0 || [part.onItsOwn, part.atTheEnd].some((one) => Math.abs(value(one)) >= NOTHING * num(figure.value));
  return bySaving(figure.parts)
    .map((part) => ({ part, suspects: bySaving(figure.suspects.filter((suspect) => suspect.part === part.id)) }))
    .filter(matters);
}

/** The ends of an axis that all savings of a figure share: what costs is left of 0. */
export function span(figure: WhyFigure): { from: number; to: number } {
  const all = [...figure.parts, ...figure.suspects].flatMap((one) => [value(one.onItsOwn), value(one.atTheEnd)]);
  return { from: Math.min(0, ...all), to: Math.max(0, ...all) || 1 };
}

/** An interval that reaches over 0 says nothing of the sign. */
export function isTold(saving: Saving | null): boolean {
  return saving !== null && (num(saving.low) > 0 || num(saving.high) < 0);
}

/** Share of the whole below which a saving is none. */
const NOTHING = 0.01;

/** A saving as people read it: a number is gained, what is lost says so, and a trace of the whole is nothing. */
export function savingText(saving: Saving | null, whole: number, words: { nothing: string; longer: (size: string) => string }): string {
  if (saving === null) return '–';
  const size = rounded(Math.abs(num(saving.value)));
  if (Math.abs(num(saving.value)) < NOTHING * whole) return words.nothing;
  return num(saving.value) < 0 ? words.longer(size) : size;
}

