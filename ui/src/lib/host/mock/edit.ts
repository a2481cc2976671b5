// Values of the invented study and forms of its what-ifs: enough for components to be tested with.

import type { ColleagueView, GivenView, ParameterView, WhatIfForm } from '../bindings';

export type Values = Record<string, GivenView>;

function value(path: string, label: string, unit: string, start: number, whole = false): ParameterView {
  return {
    path,
    section: 'Teams',
    subject: 'App team',
    label,
    help: `${label} of the team.`,
    asked: { kind: 'number', unit, min: unit === 'share' ? 0.05 : 1, max: unit === 'share' ? 1 : 1000, whole, moment: false },
    value: { kind: 'number', value: start },
    text: String(start),
    baseline: { kind: 'number', value: start },
    baselineText: String(start),
    source: 'assumption',
    changed: null,
    shared: false,
    optional: false,
  };
}

const EFFORT: ParameterView = {
  ...value('streams.release.stages.testing.effort', 'Effort', 'person-hours', 9),
  section: 'Value stream',
  subject: 'Release › Testing',
  asked: { kind: 'distribution', unit: 'person-hours' },
  value: { kind: 'spread', family: 'lognormal', usual: 9, of: 85, bad: 17 },
  baseline: { kind: 'spread', family: 'lognormal', usual: 9, of: 85, bad: 17 },
  text: 'usually 9 hours, 85 of 100 within 17 hours',
  baselineText: 'usually 9 hours, 85 of 100 within 17 hours',
};

const SEASON: ParameterView = {
  ...value('streams.release.demand.change.season', 'Season', '', 1),
  section: 'Value stream',
  subject: 'Release › Changes',
  asked: { kind: 'list', unit: '', min: 0, max: 100, moments: false },
  value: { kind: 'list', values: [] },
  baseline: { kind: 'list', values: [] },
  text: 'none',
  baselineText: 'none',
};

const DEPARTS: ParameterView = {
  ...value('pipeline.departs', 'First departure', 'hours', 57),
  section: 'Pipeline',
  subject: '',
  asked: { kind: 'number', unit: 'hours', min: 0, max: 1e5, whole: false, moment: true },
};

const ALL: ParameterView[] = [
  value('teams.app.people', 'People', '', 5, true),
  value('teams.app.focus', 'Time kept for planned work', 'share', 0.65),
  EFFORT,
  SEASON,
  DEPARTS,
];

function words(given: GivenView): string {
  if (given.kind === 'spread') return `usually ${given.usual} hours, ${given.of} of 100 within ${given.bad} hours`;
  if (given.kind === 'list') return given.values.join(', ') || 'none';
  return given.kind === 'number' ? String(given.value) : given.kind;
}

export function mockParameters(set: Values): ParameterView[] {
  return ALL.map((one) => {
    const given = set[one.path];
    return given ? { ...one, value: given, text: words(given), changed: { kind: 'own' } } : one;
  });
}

export function mockForm(id: string, name: string, others: { id: string; name: string }[]): WhatIfForm {
  return {
    id,
    details: { name, by: '', startWeek: 0, fullEffectWeeks: 0, cost: [{ team: 'app', name: 'App team', personWeeks: 0 }], includes: [] },
    leverPersonWeeks: 4,
    personWeeks: 4,
    mayInclude: others,
  };
}

export function mockColleague(path: string): ColleagueView {
  return {
    path,
    name: 'A siloed organisation',
    baselineDiffers: 2,
    whatIfs: [
      { id: 'pairing', name: 'Pairing', by: 'Ada', changes: ['Change approval: weekly board → peer'], state: 'new', refused: null },
      { id: 'what-if-1', name: 'Theirs', by: null, changes: [], state: 'differs', refused: null },
      { id: 'gone', name: 'Gone', by: null, changes: [], state: 'new', refused: 'there is no team `gone`' },
    ],
  };
}
