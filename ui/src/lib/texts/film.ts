// What the window says during the film of the first minute.

import type { Cue } from '../compute/script';
import { count, rounded } from '../format';

const people = (many: number): string => (many === 1 ? 'One person is' : `${count(many)} people are`);

function caption(cue: Cue): string {
  switch (cue.kind) {
    case 'begin':
      return 'One year. Everyone works hard. Each dot is a change that somebody asked for.';
    case 'queue':
      return `The queue thickens at ${cue.node}.`;
    case 'board':
      return `${cue.node} has met: what waited for it goes on.`;
    case 'release':
      return 'Release night: everything that is ready goes out at once.';
    case 'incident':
      return `Something in production fails: ${people(cue.people)} called away from planned work.`;
    case 'end': {
      const within = cue.hours === null ? '' : `, 85 of 100 of them within ${rounded(cue.hours / 24)} days`;
      return `In this one year ${count(cue.many)} changes reached their users${within}.`;
    }
  }
}

export const film = {
  label: 'A year of releases',
  caption,
  making: 'Working out the year…',
  pause: 'Pause',
  play: 'Play',
  next: 'Next',
  skip: 'Skip',
  pile: 'The same year, 1,000 times, with different luck. Read the pile, not a date.',
  dots: (years: number) => `each dot is 2 of 100 changes, over ${count(years)} simulated years so far`,
  go: 'Your turn',
  again: 'Play it again',
  nudge: 'Most people try adding developers. Guess first.',
  guess: 'Guess',
  dismiss: 'Dismiss',
} as const;
