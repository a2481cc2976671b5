import type { RunUpdate } from '../host';

/** The same results without the what-if, for while the baseline is held on screen. */
export function baselineOnly(update: RunUpdate, sentence: string): RunUpdate {
  return {
    ...update,
    verdict: { sentence, support: '', tone: 'baseline' },
    figures: update.figures.map((figure) => ({
      ...figure,
      series: figure.series.filter((series) => series.role === 'baseline'),
    })),
    rows: update.rows.map((row) => ({ ...row, whatIf: null, band: null, better: null })),
    dora: update.dora.map((row) => ({ ...row, whatIf: null, band: null, better: null })),
    nodes: [],
    warnings: [],
    statistics: [],
    sentences: [],
  };
}
