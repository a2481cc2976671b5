// What the window says about where the time and the incidents come from.

import { count, rounded } from '../format';

export const why = {
  title: (name: string) => `Why: ${name}`,
  lead: 'One thing at a time is made ideal, under the same luck: what would it save?',
  waiting: 'Making one thing ideal at a time…',
  cancelled: 'It was ended before the first years were made.',
  figures: 'What is explained',
  leadTime: 'Lead time',
  incidents: 'Incidents',
  years: (years: number, target: number) => (years < target ? `${count(years)} years so far` : `up to ${count(years)} years of each`),
  found: 'What was found',
  accounts: (value: number, unit: string) => `Where the ${rounded(value)} ${unit} go`,
  accountsHelp: 'mean of all changes; dark is work, the rest is waiting or lost',
  parts: 'Is it the pipeline, the platform, the governance, the teams or the value stream?',
  saves: (unit: string) => `saves, ${unit}`,
  own: 'on its own',
  end: 'when all else is ideal',
  tied: (place: number) => `${count(place)}=`,
  nothing: 'nothing that can be told',
  make: 'Make this a what-if',
  makeOf: (name: string) => `Make this a what-if: ${name}`,
  nearest: (name: string) => `nearest: ${name}`,
  pairs: 'Pairs that are not their sum',
  pair: (a: string, b: string) => `${a} and ${b.charAt(0).toLowerCase()}${b.slice(1)}`,
  hides: (apart: string, together: string) => `${apart} alone, ${together} together: one hides the other`,
  shares: (apart: string, together: string) => `${apart} alone, ${together} together: in part the same`,
  leftOut: (many: number) => `${count(many)} more saved too little in a first trial and are left out.`,
  statistics: 'Statistics',
  interval: (low: string, high: string) => `${low} to ${high}`,
  notHere: 'There is nothing of this to explain: none were seen.',
} as const;
