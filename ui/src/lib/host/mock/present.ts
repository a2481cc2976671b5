import type { IgnoredView } from '..';

export const ignored: IgnoredView = {
  lead: 'A model is useful for what it leaves out, as long as everybody knows what that is.',
  sections: [
    { title: 'People', points: [{ what: 'Learning by doing', why: 'Nobody grows beyond their ramp-up.' }] },
    { title: 'Work', points: [{ what: 'The value of what is delivered', why: 'A change is a change.' }] },
  ],
  study: [{ what: 'Nobody leaves', why: 'No team has turnover.' }],
};
