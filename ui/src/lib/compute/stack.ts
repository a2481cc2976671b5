import { num } from '../format';
import type { Part } from '../host';

/** What somebody works on: the part that all others are waste beside, and never one of several. */
export const WORK = 'touch';

export interface Segment {
  id: string;
  label: string;
  value: number;
  start: number;
  /** Its place in the order of shades, the same in every bar; null for what was merged. */
  shade: number | null;
  /** What "other" consists of. */
  merged: Part[];
}

/**
 * Cuts bars into segments that share order and shade. A part is merged into "other" only where it is
 * too small to see in every bar, so that a part the what-if removes stays visible in the baseline.
 */
export function segments(bars: readonly Part[][], smallest: number, otherLabel: (many: number) => string): Segment[][] {
  const order = partOrder(bars);
  const largest = new Map(
    order.map((id) => [id, Math.max(...bars.map((parts) => valueOf(parts, id)))]),
  );
  const kept = order.filter((id) => id === WORK || (largest.get(id) ?? 0) >= smallest);
  const shadeOf = new Map(
    [...kept]
      .sort((a, b) => Number(b === WORK) - Number(a === WORK) || (largest.get(b) ?? 0) - (largest.get(a) ?? 0))
      .map((id, rank) => [id, rank]),
  );
  return bars.map((parts) => cut(parts, kept, shadeOf, otherLabel));
}

function cut(
  parts: readonly Part[],
  kept: readonly string[],
  shadeOf: ReadonlyMap<string, number>,
  otherLabel: (many: number) => string,
): Segment[] {
  const result: Segment[] = [];
  let start = 0;
  for (const id of kept) {
    const part = parts.find((candidate) => candidate.id === id);
    const value = num(part?.value);
    result.push({ id, label: part?.label ?? id, value, start, shade: shadeOf.get(id) ?? null, merged: [] });
    start += value;
  }
  const merged = parts.filter((part) => !kept.includes(part.id) && num(part.value) > 0);
  const value = merged.reduce((sum, part) => sum + num(part.value), 0);
  if (value > 0) result.push({ id: 'other', label: otherLabel(merged.length), value, start, shade: null, merged });
  return result;
}

function partOrder(bars: readonly Part[][]): string[] {
  return [...new Set(bars.flatMap((parts) => parts.map((part) => part.id)))];
}

function valueOf(parts: readonly Part[], id: string): number {
  return num(parts.find((part) => part.id === id)?.value);
}

export function total(parts: readonly { value: number | null }[]): number {
  return parts.reduce((sum, part) => sum + num(part.value), 0);
}
