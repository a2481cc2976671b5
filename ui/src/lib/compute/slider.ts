import { input, num } from '../format';
import type { LeverScale, LeverView } from '../host';

// A lever whose baseline fits no position gets one stop more, at the left: "as today".

export interface Stop {
  position: number;
  at: number;
  label: string;
  detail: string | null;
  refused: string | null;
  wayOut: string | null;
}

/** Share of the track before the first position. */
export function lead(lever: LeverView): number {
  if (lever.baseline !== null) return 0;
  return lever.scale.kind === 'options' ? 1 / Math.max(1, lever.scale.options.length) : 0.1;
}

export function stops(lever: LeverView): Stop[] {
  if (lever.scale.kind !== 'options') return [];
  return lever.scale.options.map((option, position) => ({
    position,
    at: fractionOf(lever, position),
    label: option.label,
    detail: option.detail,
    refused: option.refused,
    wayOut: option.wayOut,
  }));
}

/** Where a position stands on the track, 0 to 1; null is "as today". */
export function fractionOf(lever: LeverView, position: number | null): number {
  if (position === null) return 0;
  const { low, high } = ends(lever.scale);
  const share = high > low ? (position - low) / (high - low) : 0;
  const before = lead(lever);
  return before + Math.min(1, Math.max(0, share)) * (1 - before);
}

/** The nearest position that may be taken; null is "as today". */
export function positionAt(lever: LeverView, fraction: number): number | null {
  const before = lead(lever);
  if (before > 0 && fraction < before / 2) return null;
  const { low, high } = ends(lever.scale);
  const raw = low + Math.max(0, (fraction - before) / (1 - before)) * (high - low);
  return snap(lever.scale, raw);
}

/** The refused stop under the pointer, if that is what it points at. */
export function refusedAt(lever: LeverView, fraction: number): Stop | null {
  let nearest: Stop | null = null;
  for (const stop of stops(lever)) {
    if (!nearest || Math.abs(stop.at - fraction) < Math.abs(nearest.at - fraction)) nearest = stop;
  }
  return nearest?.refused ? nearest : null;
}

/** One arrow press; refused options are stepped over. Null when there is nowhere to go. */
export function step(lever: LeverView, direction: 1 | -1, large: boolean): number | null {
  const { scale } = lever;
  if (scale.kind === 'options') {
    let next = lever.current === null ? (direction > 0 ? 0 : -1) : lever.current + direction;
    while (scale.options[next]?.refused) next += direction;
    return scale.options[next] ? next : null;
  }
  const size = num(scale.step, 1) * (large ? 10 : 1);
  const low = num(scale.min);
  const next = snap(scale, (lever.current ?? low) + direction * size);
  return next === lever.current ? null : next;
}

export function endPosition(lever: LeverView, last: boolean): number | null {
  const { low, high } = ends(lever.scale);
  return snap(lever.scale, last ? high : low);
}

/** A position in words, for the moment between a move and the answer to it. */
export function positionText(lever: LeverView, position: number | null): string {
  if (position === lever.current) return lever.value;
  if (position === null) return '';
  if (lever.scale.kind === 'options') return lever.scale.options[position]?.label ?? '';
  const unit = lever.scale.unit;
  return unit === '' || unit === '%' ? input(position) + unit : `${input(position)} ${unit}`;
}

function ends(scale: LeverScale): { low: number; high: number } {
  return scale.kind === 'options'
    ? { low: 0, high: Math.max(0, scale.options.length - 1) }
    : { low: num(scale.min), high: num(scale.max) };
}

function snap(scale: LeverScale, raw: number): number | null {
  if (scale.kind === 'options') {
    const free = scale.options.flatMap((option, index) => (option.refused ? [] : [index]));
    return free.reduce<number | null>(
      (best, index) => (best === null || Math.abs(index - raw) < Math.abs(best - raw) ? index : best),
      null,
    );
  }
  const low = num(scale.min);
  const size = num(scale.step) || 1;
  const stepped = low + Math.round((raw - low) / size) * size;
  // Sums of decimal steps carry binary dust (0.1 + 0.2), which would show in the value.
  return Number(Math.min(num(scale.max), Math.max(low, stepped)).toFixed(6));
}
