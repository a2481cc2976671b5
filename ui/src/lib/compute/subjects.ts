import type { LeverView } from '../host';

/** A row of the column: one lever, and those it can be changed for in place. */
export interface Row {
  id: string;
  lever: LeverView;
  others: LeverView[];
}

/** From so many levers of one kind on, those at rest share one row. */
const MANY = 3;

const kind = (lever: LeverView): string => lever.id.split('/')[0] ?? lever.id;

/**
 * A lever there is for each team is one row for all that are as in the baseline, and one for each that is not.
 * `chosen` is the id of the lever that the shared row shows, where it is one of those.
 */
export function rows(levers: readonly LeverView[], chosen: string): Row[] {
  const out: Row[] = [];
  for (const lever of levers) {
    const alike = levers.filter((other) => lever.id.includes('/') && kind(other) === kind(lever));
    const atRest = alike.filter((other) => !other.changed);
    if (alike.length < MANY || lever.changed) out.push({ id: lever.id, lever, others: [] });
    else if (lever === atRest[0]) {
      const shown = atRest.find((other) => other.id === chosen) ?? lever;
      out.push({ id: kind(lever), lever: shown, others: atRest });
    }
  }
  return out;
}
