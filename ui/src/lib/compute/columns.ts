// What a comparison's table shows in a row, and how strips share their axis.

import { num } from '../format';
import type { ColumnView, CompareView, FlipView } from '../host';
import { texts } from '../texts';

/** How far any year of any what-if lies from the baseline. */
export function reach(columns: readonly ColumnView[]): number {
  return columns.flatMap((column) => column.years).reduce<number>((most, year) => Math.max(most, Math.abs(num(year))), 0);
}

export function betterAndWorse(years: readonly (number | null)[]): { better: number; worse: number } {
  return {
    better: years.filter((year) => num(year) < 0).length,
    worse: years.filter((year) => num(year) > 0).length,
  };
}

/** A row with the baseline's value and one cell for each what-if. */
export interface Row {
  id: string;
  label: string;
  baseline: string;
  cells: { id: string; value: string; better: boolean | null }[];
}

export function rowsOf(view: CompareView): Row[] {
  return view.baseline.map((row) => {
    const mine = view.columns.map((column) => column.rows.find((candidate) => candidate.id === row.id));
    const [baseline, ...values] = alike([row.baseline, ...mine.map((one) => one?.whatIf ?? '–')]);
    return {
      id: row.id,
      label: row.label,
      baseline: baseline ?? '–',
      cells: view.columns.map((column, at) => ({ id: column.id, value: values[at] ?? '–', better: mine[at]?.better ?? null })),
    };
  });
}

/** Figures of one row: "2" beside "2.1" is "2.0". */
export function alike(texts: readonly string[]): string[] {
  const tenths = texts.some((text) => /^[1-9]\.\d$/.test(text));
  return texts.map((text) => (tenths && /^[1-9]$/.test(text) ? `${text}.0` : text));
}

/** "Testing: work on a change is above 14 hours of work (assumed 11)", or that nothing turns the choice. */
export function flipsIf(found: FlipView): string {
  const first = found.turns[0];
  if (!found.told) return texts.compare.flipsNoChoice;
  if (!first) return texts.compare.flipsNone(found.tried);
  return texts.compare.flipsAt(first.label, first.beyond, first.likelyText);
}
