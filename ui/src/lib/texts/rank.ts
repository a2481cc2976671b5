// What the window says about which lever moves most.

import { count, rounded } from '../format';

export const rank = {
  title: (name: string) => `What one step of a lever does: ${name}`,
  lead: 'Every lever is moved by one step from where it stands, one at a time, under the same luck.',
  empty: 'Which lever is worth talking about? Every one is tried, a step each way; what cannot be told from luck is said to be so.',
  begin: 'Rank the levers',
  waiting: 'Moving one lever at a time…',
  figures: 'What is ranked by',
  years: (years: number, target: number) => (years < target ? `${count(years)} of ${count(target)} years of each step so far` : `${count(years)} years of each step`),
  /** What the ends of the axis mean. */
  ends: {
    leadTime: (end: string, unit: string, less: boolean) => `${end} ${unit} ${less ? 'shorter' : 'longer'}`,
    incidents: (end: string, unit: string, less: boolean) => `${end} ${less ? 'fewer' : 'more'} ${unit}`,
  },
  worse: (many: number) => (many === 1 ? 'One step makes it worse' : `${count(many)} steps make it worse`),
  untold: (many: number) => (many === 1 ? 'Of one step it cannot be told' : `Of ${count(many)} steps it cannot be told`),
  to: (from: string, to: string) => `${from} → ${to}`,
  price: (weeks: number) => (weeks === 1 ? '1 person-week' : `${rounded(weeks)} person-weeks`),
  growing: 'With these, work keeps growing: they have no settled figure',
  grows: (items: number) => `${rounded(items)} more changes in progress every week`,
  make: 'Make this a what-if',
  makeOf: (name: string) => `Make this a what-if: ${name}`,
  small: (many: number) => (many === 1 ? 'One step is too small to matter' : `${count(many)} steps are too small to matter`),
  refused: (many: number) => (many === 1 ? 'One step makes no study' : `${count(many)} steps make no study`),
  interval: (low: string, high: string) => `${low} to ${high}`,
} as const;
