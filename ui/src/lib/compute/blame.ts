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

/** The part that saves the most on its own first, and so within each. */
export function grouped(figure: WhyFigure): Group[] {
  const bySaving = <One extends { onItsOwn: Saving | null }>(all: readonly One[]): One[] =>
    [...all].sort((a, b) => value(b.onItsOwn) - value(a.onItsOwn));
  return bySaving(figure.parts).map((part) => ({
    part,
    suspects: bySaving(figure.suspects.filter((suspect) => suspect.part === part.id)),
  }));
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
const NOTHING = 0.002;

/** A saving as people read it: what is gained has no sign, what is lost has, and a trace of the whole is none. */
export function savingText(saving: Saving | null, whole: number): string {
  if (saving === null) return '–';
  return Math.abs(num(saving.value)) < NOTHING * whole ? '0' : rounded(num(saving.value));
}

