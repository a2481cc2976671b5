/** What a person typed, in the base unit: "35%" and "35" are both 0.35 of a share; null for no number. */
export function disputedValue(typed: string, unit: string): number | null {
  const plain = typed.trim().replace(/%$/, '').trim().replace(',', '.').replace('−', '-');
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain);
  return unit === 'share' ? value / 100 : value;
}

/** What stands behind the field. */
export function shownUnit(unit: string): string {
  if (unit === 'person-hours') return 'hours of work';
  return unit === 'share' ? '%' : unit;
}
