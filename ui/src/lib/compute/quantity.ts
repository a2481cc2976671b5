// Numbers in base units as people enter them: hours as weeks, shares as percent.

export interface Unit {
  id: string;
  /** Base units in one of these. */
  factor: number;
}

const MINUTES: Unit = { id: 'minutes', factor: 1 / 60 };
const HOURS: Unit = { id: 'hours', factor: 1 };
const BY_BASE: Record<string, Unit[]> = {
  hours: [MINUTES, HOURS, { id: 'days', factor: 24 }, { id: 'weeks', factor: 168 }],
  'person-hours': [MINUTES, HOURS],
  share: [{ id: '%', factor: 0.01 }],
};
const PLAIN: Unit = { id: '', factor: 1 };

export function unitsOf(base: string): Unit[] {
  return BY_BASE[base] ?? [PLAIN];
}

/** The largest unit in which the value is at least one, from two of them on; whole days stay days. */
export function natural(value: number, base: string): Unit {
  const units = unitsOf(base);
  const smallest = units[0] ?? PLAIN;
  if (value === 0) return units.find((unit) => unit.factor === 1) ?? smallest;
  return units.filter((unit) => Math.abs(value) >= unit.factor * (unit.factor > 1 ? 2 : 1)).at(-1) ?? smallest;
}

/** What a person typed, with a decimal comma or point; null when it is no number. */
export function parse(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(/[\s  ]/g, '').replace(/%$/, '');
  const point = plain.includes('.') ? plain.replace(/,/g, '') : plain.replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(point)) return null;
  const value = Number(point);
  return Number.isFinite(value) ? value : null;
}

/** A base value in a unit, to so many significant digits, as a field shows it. */
export function entered(value: number, unit: Unit, digits = 6): string {
  const shown = value / unit.factor;
  return shown === 0 ? '0' : String(Number(shown.toPrecision(digits))).replace('-', '−');
}

/** Back to base units; a share of 35% is 0.35 and not 0.35000000000000003. */
export function toBase(value: number, unit: Unit): number {
  return Number((value * unit.factor).toPrecision(12));
}
