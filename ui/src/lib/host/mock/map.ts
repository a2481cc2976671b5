import type { EdgeView, MapView, NodeKind } from '../bindings';
import type { Positions } from './levers';

const APPROVALS = ['', 'Automated policy', 'Peer approval', 'Lead approval', 'Change board'];
const STRATEGIES = ['All at once', 'Rolling update', 'Blue-green', 'Canary', 'Canary, stops itself'];
const RHYTHMS = ['Quarterly train', 'Monthly train', 'Fortnightly train', 'Weekly train', 'When ready'];

/** Many lanes and long names: what the layout must bear. */
export function crowdedMap(): MapView {
  const lanes = ['Business analysis', 'Front end', 'Back end', 'Database', 'Infrastructure', 'Quality assurance', 'Release and production'];
  const rows: [string, NodeKind, number, number][] = [
    ['Requests', 'demand', 0, 0],
    ['Requirements specification', 'stage', 0, 1],
    ['Architecture sign-off', 'gate', 0, 2],
    ['Front-end development', 'stage', 1, 3],
    ['Back-end development', 'stage', 2, 4],
    ['Code review', 'gate', 2, 5],
    ['Schema change', 'stage', 3, 5],
    ['Database tickets', 'tickets', 3, 6],
    ['Environment tickets', 'tickets', 4, 7],
    ['Integration testing', 'stage', 5, 8],
    ['Regression by hand', 'stage', 5, 9],
    ['Security scan', 'gate', 5, 10],
    ['Change advisory board', 'gate', 6, 11],
    ['Quarterly train', 'release', 6, 12],
    ['Blue-green', 'deployment', 6, 13],
    ['Users', 'production', 6, 14],
  ];
  const ids = rows.map((_, index) => `n${index}`);
  const way = ids.filter((_, index) => rows[index]?.[1] !== 'tickets');
  return {
    streams: [{ id: 's', name: 'Products' }],
    lanes: lanes.map((name, index) => ({ id: `l${index}`, name, detail: `${index + 3} people`, changed: false })),
    nodes: rows.map(([name, kind, lane, column], index) => ({ id: ids[index] ?? '', kind, name, lane: `l${lane}`, stream: kind === 'tickets' ? null : 's', path: '', column, detail: '', changed: false })),
    edges: [
      ...way.slice(1).map((to, index): EdgeView => ({ from: way[index] ?? '', to, kind: 'flow', label: index === 2 ? 'handoff 1 day' : '' })),
      { from: 'n9', to: 'n4', kind: 'rework', label: '22%' },
      { from: 'n10', to: 'n3', kind: 'rework', label: '9%' },
      { from: 'n5', to: 'n4', kind: 'rework', label: '12%' },
      { from: 'n12', to: 'n1', kind: 'rework', label: '6%' },
      { from: 'n4', to: 'n7', kind: 'ticket', label: '' },
      { from: 'n9', to: 'n8', kind: 'ticket', label: '' },
      { from: 'n15', to: 'n4', kind: 'incident', label: 'incidents' },
      { from: 'n15', to: 'n3', kind: 'incident', label: 'incidents' },
    ],
  };
}

export function map(set: Positions): MapView {
  const approval = set.approval ?? 4;
  const people = (before: number, lever: string): string => `${before + (set[lever] ?? 0)} people`;
  const nodes: [string, NodeKind, string, string, number, string, boolean][] = [
    ['demand', 'demand', 'Requests', 'app', 0, 'About 22 requests a month', set.arrivals !== undefined],
    ['stage/refine', 'stage', 'Refinement', 'app', 1, '4 to 12 person-hours', false],
    ['stage/development', 'stage', 'Development', 'app', 2, '10 to 60 person-hours', set.size !== undefined],
    ['gate/review', 'gate', 'Code review', 'app', 3, 'Stops 48 of 100 faulty, 6 of 100 sound', false],
    ['tickets/infrastructure', 'tickets', 'Infrastructure tickets', 'infrastructure', 3, 'Each needs 6 person-hours', set.infrastructure !== undefined],
    ['stage/build', 'stage', 'Build and environments', 'platform', 4, 'Runs 40 minutes', false],
    ['stage/testing', 'stage', 'Acceptance testing', 'qa', 5, '6 to 20 person-hours', set.tests !== undefined],
    ['gate/security', 'gate', 'Security check', 'qa', 6, 'Stops 55 of 100 faulty, 12 of 100 sound', set.security !== undefined],
    ['gate/board', 'gate', APPROVALS[approval] ?? '', 'production', 7, 'Stops 35 of 100 faulty, 21 of 100 sound', set.approval !== undefined],
    ['release', 'release', RHYTHMS[set.rhythm ?? 1] ?? '', 'production', 8, 'Leaves on the first Thursday', set.rhythm !== undefined],
    ['deployment', 'deployment', STRATEGIES[set.strategy ?? 1] ?? '', 'production', 9, '10%, 50%, 100% of users', set.strategy !== undefined],
    ['production', 'production', 'Users', 'production', 10, 'Incidents call the owning team', false],
  ];
  const kept = nodes.filter(([id]) => id !== 'gate/board' || approval > 0);
  const way = kept.filter(([, kind]) => kind !== 'tickets').map(([id]) => id);
  const edges: EdgeView[] = way.slice(1).map((to, index) => ({ from: way[index] ?? '', to, kind: 'flow', label: to === 'stage/testing' ? 'handoff 1 day' : '' }));
  edges.push(
    { from: 'stage/testing', to: 'stage/development', kind: 'rework', label: '15%' },
    { from: 'gate/review', to: 'stage/development', kind: 'rework', label: '10%' },
    { from: 'gate/security', to: 'stage/development', kind: 'rework', label: '8%' },
    { from: 'stage/development', to: 'tickets/infrastructure', kind: 'ticket', label: '' },
    { from: 'stage/build', to: 'tickets/infrastructure', kind: 'ticket', label: '' },
    { from: 'production', to: 'stage/development', kind: 'incident', label: 'incidents' },
  );
  return {
    streams: [{ id: 'release', name: 'Release' }],
    lanes: [
      { id: 'app', name: 'App team', detail: people(9, 'people/app'), changed: set['people/app'] !== undefined },
      { id: 'infrastructure', name: 'Infrastructure', detail: people(4, 'people/infrastructure'), changed: set['people/infrastructure'] !== undefined },
      { id: 'platform', name: 'Platform', detail: '3 people', changed: false },
      { id: 'qa', name: 'QA', detail: '4 people', changed: false },
      { id: 'production', name: 'Release and production', detail: '5 people on duty', changed: false },
    ],
    nodes: kept.map(([id, kind, name, lane, column, detail, changed]) => ({ id, kind, name, lane, stream: kind === 'tickets' ? null : 'release', path: '', column, detail, changed })),
    edges,
  };
}
