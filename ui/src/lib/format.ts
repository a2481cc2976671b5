// Every number and duration the window itself formats passes through here.

/** A figure of the wire, where Rust's "not a number" arrives as null. */
export function num(value: number | null | undefined, otherwise = 0): number {
  return value ?? otherwise;
}

const MINUS = '−';
const locale = ownLocale();

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const twoDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });

const typographic = (text: string): string => text.replace('-', MINUS);

/** Counts: 1,000. */
export function count(value: number): string {
  return typographic(whole.format(value));
}

/** Results: two significant digits, which is all a simulation of an organisation can carry. */
export function rounded(value: number): string {
  return typographic(twoDigits.format(value));
}

/** Results one above the other: those below 10 have as many decimals as any of them, "2.0" above "2.1". */
export function inColumn(values: readonly (number | null)[]): (value: number) => string {
  const shown = values.map((value) => rounded(num(value)));
  const decimals = Math.max(0, ...shown.map((text) => /[.,](\d)$/.exec(text)?.[1]?.length ?? 0));
  const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (value) => (Math.abs(value) >= 0.95 && Math.abs(value) < 9.95 ? typographic(fixed.format(value)) : rounded(value));
}

/** A difference with its sign: "+3.1", "−17", "0". */
export function signed(value: number): string {
  const text = rounded(value);
  return value > 0 && text !== rounded(0) ? `+${text}` : text;
}

/** Inputs: as entered. */
export function input(value: number): string {
  return typographic(exact.format(value));
}

export function percent(share: number): string {
  return `${whole.format(share * 100)}%`;
}

const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment given in seconds of Unix time, as people here write it. */
export function moment(seconds: number): string {
  return moments.format(new Date(seconds * 1000));
}

/** A difference of hours as the map prints it: "−9 d", "+3 h". */
export function hoursDifference(hours: number): string {
  const size = Math.abs(hours);
  const [value, unit] = size >= 24 ? [size / 24, 'd'] : [size, 'h'];
  const text = twoDigits.format(value);
  if (text === twoDigits.format(0)) return '';
  return `${hours < 0 ? MINUS : '+'}${text} ${unit}`;
}

/** The unit an axis label starts with: "days from request to production" is in days. */
export function unitOf(axisLabel: string): string {
  return axisLabel.trim().split(/[\s,]/)[0] ?? '';
}

const TIME_UNITS = ['minutes', 'hours', 'days', 'weeks', 'months'];

/** The unit of time that an axis label starts with, or nothing. */
export function timeUnitOf(axisLabel: string): string {
  const unit = unitOf(axisLabel);
  return TIME_UNITS.includes(unit) ? unit : '';
}

/** Under the C locale WebKit names a language, "C", that `Intl` refuses by throwing. */
function ownLocale(): string {
  try {
    return Intl.getCanonicalLocales(navigator.language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
