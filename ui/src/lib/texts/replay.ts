// What the window says about one year played on the map.

import { count, rounded } from '../format';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const replay = {
  title: 'One year, day by day',
  begin: 'Play a year',
  making: 'Working out the year…',
  stage: (name: string) => `${name}: one year on the map`,
  stageOf: 'The year on the map',
  stale: 'The study has changed since this year was played.',
  again: 'Play it as it is now',
  controls: 'Player',
  play: 'Play',
  pause: 'Pause',
  back: '‹ A week',
  on: 'A week ›',
  restart: 'From the start',
  scrub: 'Time of the year',
  date: (week: number, day: number) => `Week ${count(week)}, ${DAYS[day - 1] ?? ''}`,
  pace: 'How long the year takes',
  takes: 'A year takes',
  paces: (seconds: number) => (seconds < 60 ? `${count(seconds)} s` : `${count(seconds / 60)} min`),
  variant: 'What is played',
  baseline: 'Baseline',
  both: 'Side by side',
  year: 'Year',
  choices: { typical: 'Typical', good: 'Good', bad: 'Bad' },
  yearNumber: 'Year number',
  which: (year: number, choice: string, lookedAt: number) =>
    ({
      typical: `Year ${count(year)}: the middle one of ${count(lookedAt)} by the baseline’s lead time`,
      good: `Year ${count(year)}: of ${count(lookedAt)}, one in ten has a shorter lead time`,
      bad: `Year ${count(year)}: of ${count(lookedAt)}, one in ten has a longer lead time`,
    })[choice] ?? `Year ${count(year)}`,
  luck: 'same luck for both',
  arrived: 'Days from request to users',
  arrivedSub: 'each dot is one change, dropped when it arrived',
  soFar: (many: number) => (many === 1 ? '1 change so far' : `${count(many)} changes so far`),
  /** Of what has arrived, and at the end of this one year. */
  within: (days: number, over: boolean) => `${over ? 'this year' : 'so far'}: 85 of 100 within ${rounded(days)} days`,
  days: 'days',
  summary: (date: string, arrived: number, inWork: number, longest: string) =>
    `${date}. ${count(arrived)} changes have arrived, ${count(inWork)} are on their way.${longest}`,
  longest: (name: string, many: number) => ` Most wait at ${name}: ${count(many)}.`,
  cut: 'So much happens in this year that its end is not shown.',
  key: {
    waiting: 'waits',
    stuck: 'waits for a ticket, an environment or a repair',
    worked: 'is worked on',
    ticket: 'ticket',
    repair: 'repair',
    reached: 'users a release has reached',
    person: 'one of a team',
    called: 'called to an incident',
    incident: 'incident',
  },
} as const;
