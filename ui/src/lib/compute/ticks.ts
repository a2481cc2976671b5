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
