// The invented levers, in the seven parts. Numbers here only make the picture believable.

import type { LeverScale, PartId } from '../bindings';

export interface MockLever {
  id: string;
  label: string;
  help: string;
  source?: string;
  price?: string;
  baseline: number | null;
  scale: LeverScale;
}

export interface MockPart {
  id: PartId;
  name: string;
  question: string;
  levers: MockLever[];
}

function options(...labels: string[]): LeverScale {
  return { kind: 'options', options: labels.map((label) => ({ label, detail: null, refused: null, wayOut: null })) };
}

function range(min: number, max: number, step: number, unit: string): LeverScale {
  return { kind: 'number', min, max, step, unit };
}

export const PARTS: MockPart[] = [
  {
    id: 'outcome',
    name: 'Outcome',
    question: 'Why are we doing this?',
    levers: [
      { id: 'priority', label: 'Who goes first', help: 'The order in which every team takes up waiting work.', baseline: 0, scale: options('whoever asked first', 'urgent classes', 'costliest delay') },
      { id: 'urgent', label: 'Requests marked urgent', help: 'How many of 100 requests may overtake the others.', baseline: 1, scale: options('2 of 100', '10 of 100', '25 of 100', '50 of 100'), source: 'ticket records, 2026' },
    ],
  },
  {
    id: 'valueStream',
    name: 'Value stream',
    question: 'What path does work take from idea to user?',
    levers: [
      { id: 'arrivals', label: 'Work we say yes to', help: 'Requests taken in, against today.', baseline: 100, scale: range(60, 140, 5, '%') },
      { id: 'wip', label: 'Work in progress allowed', help: 'How many changes a person may have open at once.', price: '2 person-weeks, in place after 4 weeks', baseline: 0, scale: options('no limit', '3 a person', '2 a person', '1 a person') },
      { id: 'size', label: 'Size of a change', help: 'How much one change carries. Smaller ones pay approval and handoffs more often.', price: '6 person-weeks, in place after 8 weeks', baseline: 2, scale: options('a quarter', 'half', 'today', 'double') },
    ],
  },
  {
    id: 'teams',
    name: 'Teams',
    question: 'Who does what?',
    levers: [
      { id: 'people/app', label: 'People in App team', help: 'Head-count. Newcomers take weeks to ramp up and take mentors’ time.', price: '10 person-weeks each, in place after 12 weeks', baseline: 0, scale: range(-5, 10, 1, 'people') },
      { id: 'people/infrastructure', label: 'People in Infrastructure', help: 'Head-count. Newcomers take weeks to ramp up and take mentors’ time.', price: '10 person-weeks each, in place after 12 weeks', baseline: 0, scale: range(-3, 6, 1, 'people') },
      { id: 'asking', label: 'How teams ask for help', help: 'Delay, effort and lost information at every handoff.', price: '8 person-weeks, in place after 10 weeks', baseline: 0, scale: options('ticket queue', 'agreed time', 'together for a while', 'self-service') },
      { id: 'focus', label: 'Time kept for planned work', help: 'What meetings and support leave of the week.', baseline: 65, scale: range(40, 90, 5, '%') },
    ],
  },
  {
    id: 'platform',
    name: 'Platform',
    question: 'What can teams use without rebuilding it?',
    levers: [
      { id: 'infrastructure', label: 'Getting infrastructure', help: 'How a team gets an environment, a database, a permission.', price: '24 person-weeks, in place after 14 weeks', baseline: 0, scale: options('hand-built ticket', 'from a template', 'self-service portal', 'comes with the code') },
      { id: 'tests', label: 'Automated tests', help: 'What is checked without people, and when.', price: '18 person-weeks, in place after 12 weeks', baseline: 1, scale: options('by hand at the end', 'smoke test', 'most', 'all, every commit') },
      { id: 'observability', label: 'How we notice trouble', help: 'Who finds out first when a release goes wrong.', price: '6 person-weeks, in place after 6 weeks', baseline: 1, scale: options('customers tell us', 'dashboards', 'alerts', 'an alert stops the release') },
      { id: 'status', label: 'Release status', help: 'How anyone learns where a release stands.', price: '3 person-weeks, in place after 3 weeks', baseline: 0, scale: options('ask around', 'one tracker by hand', 'one screen') },
      { id: 'ai', label: 'AI coding help', help: 'Its effects are contested; the assumptions are wide.', baseline: 1, scale: options('none', 'as today', 'most code') },
    ],
  },
  {
    id: 'pipeline',
    name: 'Pipeline',
    question: 'How does a change travel from code to production?',
    levers: [
      { id: 'rhythm', label: 'Release rhythm', help: 'When finished changes may leave for production.', price: '6 person-weeks, in place after 6 weeks', baseline: 1, scale: options('quarterly', 'monthly', 'fortnightly', 'weekly', 'when ready'), source: 'release calendar, 2026' },
      { id: 'strategy', label: 'How a release reaches users', help: 'Who meets a new version first, and for how long.', price: '10 person-weeks, in place after 8 weeks', baseline: 1, scale: options('all at once', 'rolling', 'blue-green', 'canary', 'canary that stops itself') },
      { id: 'undo', label: 'Undoing a release', help: 'The way back when a release hurts.', price: '4 person-weeks, in place after 4 weeks', baseline: 1, scale: options('fix forward', 'several people', 'one button', 'automatic') },
    ],
  },
  {
    id: 'governance',
    name: 'Governance',
    question: 'Which verification gates does a change pass?',
    levers: [
      { id: 'approval', label: 'Change approval', help: 'Who lets a change through, and how long it waits for them.', price: '2 person-weeks, in place after 2 weeks', baseline: 4, scale: options('none', 'automated policy', 'peer', 'team lead', 'weekly board') },
      { id: 'scope', label: 'What must be approved', help: 'Which changes the approval applies to.', baseline: 0, scale: options('every change', 'medium and high risk', 'high risk') },
      { id: 'strictness', label: 'How strict the gates are', help: 'Stricter gates stop more faulty changes and more sound ones.', baseline: null, scale: options('of 100 faulty 40', 'of 100 faulty 62', 'of 100 faulty 80') },
      { id: 'security', label: 'Security and compliance checks', help: 'Who checks, and where rework returns to.', price: '9 person-weeks, in place after 10 weeks', baseline: 0, scale: options('specialists at the end', 'a tool at the end', 'every commit') },
    ],
  },
  {
    id: 'improvement',
    name: 'Improvement',
    question: 'What do we learn from each release?',
    levers: [
      { id: 'improvement', label: 'Time set aside to improve', help: 'Capacity that reviews may spend on what they find.', price: 'the share itself, every week', baseline: 0, scale: options('none', '5%', '10%', '20%') },
    ],
  },
];

export const ALL_LEVERS = PARTS.flatMap((part) => part.levers);

export type Positions = Record<string, number>;

/** A self-stopping canary needs alerts. */
export function refusal(lever: string, position: number, set: Positions): string | null {
  if (lever === 'strategy' && position === 4 && (set.observability ?? 1) < 2) {
    return 'Needs alerts (you have dashboards). Raise “How we notice trouble” first.';
  }
  if (lever === 'undo' && position === 3 && (set.observability ?? 1) < 2) {
    return 'Needs alerts to know when to turn back.';
  }
  return null;
}

export function positionOf(lever: MockLever, set: Positions): number | null {
  return set[lever.id] ?? lever.baseline;
}

export function valueText(lever: MockLever, position: number | null): string {
  if (position === null) return 'as today';
  if (lever.scale.kind === 'options') return lever.scale.options[position]?.label ?? '';
  if (lever.scale.unit === '%') return `${position}%`;
  return position > 0 ? `+${position}` : position === 0 ? 'as today' : `−${-position}`;
}
