// What the window says about which number would turn a choice around.

import { count } from '../format';

export const flip = {
  title: (name: string) => `Flip: ${name}`,
  lead: 'Each assumed number is moved over its range, or else from half to double, one at a time, until the choice turns around. Measure first what turns it soonest.',
  choose: 'The choice',
  none: 'There is no what-if to choose for or against yet. Move a lever in the workbench first.',
  pick: 'Choose a what-if, here or in the tabs above: then the numbers on which the choice rests are looked for.',
  empty: (name: string) => `Would “${name}” still be the choice if an assumed number were another?`,
  begin: 'Find what would turn it',
  waiting: 'Trying the first numbers…',
  figures: 'The figure that decides',
  nothingYet: 'Nothing turns it around so far.',
  noChoice: 'There is no choice yet that a number could turn around.',
  turns: 'These change it; first what is nearest to the assumed value, as a share of its range',
  stands: (many: number) => (many === 1 ? 'One more does not change it, whatever its value' : `${count(many)} more do not change it, whatever their values`),
  unmoved: (many: number) => `${count(many)} could not be moved: no other value makes a study.`,
  likely: (value: string) => `assumed ${value}`,
  at: (beyond: string) => `the choice changes ${/^[a-z]/.test(beyond) ? beyond : `at ${beyond}`}`,
  perhaps: 'perhaps: too close to tell at the end of its range',
  between: (low: string, high: string) => `moved from ${low} to ${high}`,
  years: (years: number, tried: number) => `${tried === 1 ? 'one number' : `${count(tried)} numbers`} tried, ${count(years)} years each`,
} as const;
