import type { NumberView, WeighedView } from '..';

export const numbers: NumberView[] = [
  { path: 'governance.gates.board.discrimination', subject: 'Change board', label: 'Discrimination', help: 'How well it tells faulty changes from sound ones.', unit: '', value: 0.3, text: '0.30', range: null, source: 'assumption', assumed: true },
  { path: 'teams.app.focus', subject: 'App team', label: 'Focus', help: 'Share of working time for planned work.', unit: 'share', value: 0.65, text: '65%', range: null, source: 'assumption', assumed: true },
];

export function weighed(path: string): WeighedView {
  return { path, outcome: 'holds', sentences: ['The choice holds.', 'At 0.30, it is better by 9 days, in 46 of 50 years.', 'It turns around at 1.4.'], flipsAt: 1.4 };
}
