import type { RunUpdate } from '../host';

/** Charts that can stand alone as a step of a presentation, as a run names them. */
export const CHARTS = ['lead-time', 'incidents', 'where-time-goes', 'utilisation', 'wip'] as const;
export type ChartId = (typeof CHARTS)[number];

export function isChart(view: string): view is ChartId {
  return (CHARTS as readonly string[]).includes(view);
}

export function figureOf(update: RunUpdate | null, id: string) {
  return update?.figures.find((figure) => figure.id === id) ?? null;
}
