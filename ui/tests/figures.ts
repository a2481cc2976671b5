import type { Figure } from '../src/lib/host';

/** A dot plot with one series for each list; a list's last value is its mark. */
export function figure(id: string, series: number[][], max = 60): Figure {
  return {
    id,
    title: 'A finding.',
    subtitle: 'each dot is 2 of 100 changes',
    x: { label: 'days from request to production', min: 0, max, ticks: [{ at: 0, label: '0' }] },
    y: null,
    series: series.map((values, index) => ({
      name: index === 0 ? 'Baseline' : 'No board',
      role: index === 0 ? 'baseline' : 'whatIf',
      marks: { kind: 'dots', values, mark: { at: values.at(-1) ?? 0, label: '' } },
    })),
    notes: [],
  };
}
