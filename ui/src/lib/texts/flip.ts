// What the window says about which number would turn a choice around.

import { count } from '../format';

export const flip = {
  title: (name: string) => `Flip: ${name}`,
  lead: 'Each assumed number is moved over all that is thought possible, one at a time, until the choice turns around. What turns it soonest is worth measuring first.',
  choose: 'The choice',
  none: 'There is no what-if to choose for or against yet. Move a lever in the workbench first.',
  pick: 'Choose a what-if, here or in the tabs above: then the numbers on which the choice rests are looked for.',
  empty: (name: string) => `Would “${name}” still be the choice if an assumed number were another?`,
  begin: 'Find what would turn it',
  waiting: 'Trying the first numbers…',
  figures: 'The figure that decides',
  nothingYet: 'Nothing turns it around so far.',
  noChoice: 'There is no choice yet that a number could turn around.',
  turns: 'These turn it around, the nearest first',
  stands: (many: number) => (many === 1 ? 'Over all values of one more it stands' : `Over all values of ${count(many)} more it stands`),
  unmoved: (many: number) => `${count(many)} could not be moved: no other value makes a study.`,
  likely: (value: string) => `assumed ${value}`,
  at: (value: string, above: boolean) => `turns ${above ? 'above' : 'below'} ${value}`,
  perhaps: 'perhaps: too close to tell at the end of its range',
  between: (low: string, high: string) => `thought possible: ${low} to ${high}`,
  years: (years: number, tried: number) => `${tried === 1 ? 'one number' : `${count(tried)} numbers`} tried, ${count(years)} years each`,
} as const;
