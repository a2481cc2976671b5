import { num, rounded, unitOf } from '../format';
import type { Figure, Role } from '../host';

export interface Headline {
  before: string;
  /** Null while the baseline stands alone. */
  after: string | null;
  unit: string;
}

/** The marked values of a dot plot, as the result's largest number. */
export function headline(figure: Figure): Headline | null {
  const before = marked(figure, 'baseline');
  if (before === null) return null;
  return { before, after: marked(figure, 'whatIf'), unit: unitOf(figure.x.label) };
}

function marked(figure: Figure, role: Role): string | null {
  const marks = figure.series.find((series) => series.role === role)?.marks;
  if (marks?.kind !== 'dots' || !marks.mark) return null;
  return rounded(num(marks.mark.at));
}
