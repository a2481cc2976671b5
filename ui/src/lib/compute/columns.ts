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
  return view.baseline.map((row) => ({
    id: row.id,
    label: row.label,
    baseline: row.baseline,
    cells: view.columns.map((column) => {
      const mine = column.rows.find((candidate) => candidate.id === row.id);
      return { id: column.id, value: mine?.whatIf ?? '–', better: mine?.better ?? null };
    }),
  }));
}

/** "Testing: effort, mean above 14 (assumed 11)", or that nothing turns the choice. */
export function flipsIf(found: FlipView): string {
  const first = found.turns[0];
  if (!found.told) return texts.compare.flipsNoChoice;
  if (!first) return texts.compare.flipsNone(found.tried);
  return texts.compare.flipsAt(first.label, num(first.at) > num(first.likely), first.atText, first.likelyText);
}
