// What is left of results while the room guesses: the baseline, and nothing that tells the difference.

import type { RowView, RunUpdate, StudyView } from '../host';
import { type HeldAxes, onHeldAxes } from './scale';

export interface CurtainWords {
  sentence: string;
  support: string;
  title: string;
}

/** The baseline's part of a run, on the axes of before: an axis that grew would tell. */
export function behindCurtain(update: RunUpdate, axes: HeldAxes | null, words: CurtainWords): RunUpdate {
  // Named one by one: whatever else a row comes to carry stays behind the curtain.
  const alone = ({ id, label, baseline }: RowView): RowView => ({ id, label, baseline, whatIf: null, band: null, better: null });
  return {
    ...update,
    verdict: { sentence: words.sentence, support: words.support, tone: 'early' },
    figures: update.figures.map((figure) => ({
      ...onHeldAxes(figure, axes),
      title: words.title,
      series: figure.series.filter((series) => series.role === 'baseline'),
    })),
    rows: update.rows.map(alone),
    dora: update.dora.map(alone),
    nodes: [],
    warnings: [],
    sentences: [],
    statistics: [],
  };
}

/** The map without marks on what a what-if changes. */
export function unmarked(study: StudyView): StudyView {
  const plain = <Part extends { changed: boolean }>(part: Part): Part => ({ ...part, changed: false });
  return { ...study, map: { ...study.map, nodes: study.map.nodes.map(plain), lanes: study.map.lanes.map(plain) } };
}

const HOURS: Record<string, number> = { minutes: 1 / 60, hours: 1, days: 24, weeks: 168, months: 730.5 };

/** A guess in the unit that an axis has now; null where it cannot be said in it. */
export function inUnit(guess: { value: number; unit: string }, unit: string): number | null {
  if (guess.unit === unit) return guess.value;
  const [from, to] = [HOURS[guess.unit], HOURS[unit]];
  return from === undefined || to === undefined ? null : (guess.value * from) / to;
}
