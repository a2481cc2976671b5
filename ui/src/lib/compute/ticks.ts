// Round numbers along an axis.

/** From 0 up to a little more than `reach`, at most `most` steps of a round size. */
export function ticksUpTo(reach: number, most = 5): { max: number; ticks: number[] } {
  const rough = Math.max(reach, Number.MIN_VALUE) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = ([1, 2, 2.5, 5, 10].find((step) => step * power >= rough * 0.999) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(reach / size - 1e-9));
  return {
    max: steps * size,
    ticks: Array.from({ length: steps + 1 }, (_, index) => Number((index * size).toPrecision(12))),
  };
}

/** A labelled tick in pixels. */
export interface PlacedTick {
  x: number;
  label: string;
  anchor: 'start' | 'middle' | 'end';
}

/**
 * Ticks with their labels within `0..=width`: at the ends a label stands to one side, and where labels would
 * touch every second, third … is printed. The last printed one carries the unit, if one is given and it fits.
 */
export function placeTicks(
  ticks: readonly { x: number; label: string }[],
  width: number,
  widthOf: (label: string) => number,
  unit = '',
): PlacedTick[] {
  const step = [1, 2, 3, 4, 5, 10].find((each) => fits(ticks, each, widthOf)) ?? ticks.length;
  const placed = ticks.map((tick, index): PlacedTick => {
    const half = widthOf(tick.label) / 2;
    const anchor = tick.x - half < 0 ? 'start' : tick.x + half > width ? 'end' : 'middle';
    return { x: tick.x, label: index % step === 0 ? tick.label : '', anchor };
  });
  const last = placed.findLastIndex((tick) => tick.label !== '');
  const [tick, before] = [placed[last], placed.slice(0, Math.max(0, last)).findLast((each) => each.label !== '')];
  if (!tick || unit === '') return placed;
  const label = `${tick.label} ${unit}`;
  const end = Math.min(width, tick.x + widthOf(tick.label) / 2 + widthOf(` ${unit}`));
  const begins = end - widthOf(label);
  if (begins > (before ? before.x + widthOf(before.label) / 2 + 8 : 0)) placed[last] = { ...tick, label, x: end, anchor: 'end' };
  return placed;
}

function fits(ticks: readonly { x: number; label: string }[], step: number, widthOf: (label: string) => number): boolean {
  const shown = ticks.filter((_, index) => index % step === 0);
  return shown.slice(1).every((tick, index) => {
    const before = shown[index] as { x: number; label: string };
    return tick.x - before.x >= (widthOf(tick.label) + widthOf(before.label)) / 2 + 5;
  });
}
