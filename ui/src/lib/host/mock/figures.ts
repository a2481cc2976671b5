import type { About, Axis, Figure, NodeNumbers, RowView, RunUpdate, Sentence, Series, VerdictView } from '../bindings';
import { outcome, type Outcome, quantile, quantiles } from './model';
import type { Positions } from './levers';

interface Variant {
  name: string;
  set: Positions;
}

const said = (id: string, words: string, about: [string, string | null][]): Sentence => ({
  id,
  text: words,
  short: words,
  of: null,
  holds: 49,
  certain: true,
  about: about.map(([chart, subject]): About => ({ view: 'workbench', chart, subject })),
});
const text = (value: number): string => String(Number(value.toPrecision(2)));

export function update(run: number, done: number, target: number, whatIf: Variant | null, weeks: number): RunUpdate {
  const luck = 0.9 / Math.sqrt(done);
  const before = outcome({});
  const after = whatIf && outcome(whatIf.set);
  const lead = quantiles(before.mean, 0.42, luck);
  const leadAfter = after && quantiles(after.mean, 0.42, luck * 0.9);
  const years = quantiles(before.incidents, 0.3, luck);
  const yearsAfter = after && quantiles(after.incidents, 0.3, luck * 0.8);
  const settled = done >= 200;
  const notes = ['Siloed organisation, seed 7', `${done} years`, '31 of 44 numbers assumed'];
  const names = (make: (outcome: Outcome, role: 'before' | 'after') => Series['marks']): Series[] => [
    { name: 'Baseline', role: 'baseline', marks: make(before, 'before') },
    ...(after && whatIf ? [{ name: whatIf.name, role: 'whatIf' as const, marks: make(after, 'after') }] : []),
  ];
  const p85 = quantile(lead, 0.85);
  const p85After = leadAfter ? quantile(leadAfter, 0.85) : p85;

  const figures: Figure[] = [
    {
      id: 'lead-time',
      title: after ? `85 of 100 changes arrive within ${text(p85After)} days, not ${text(p85)}` : `85 of 100 changes arrive within ${text(p85)} days`,
      subtitle: 'each dot is 2 of 100 changes',
      x: axis('days from request to production', Math.max(quantile(lead, 0.99), leadAfter ? quantile(leadAfter, 0.99) : 0)),
      y: null,
      series: names((_, role) => ({
        kind: 'dots',
        values: role === 'before' ? lead : (leadAfter ?? []),
        mark: role === 'before' ? { at: p85, label: `85 of 100 within ${text(p85)} days` } : { at: p85After, label: `85 of 100 within ${text(p85After)} days` },
      })),
      notes,
    },
    {
      id: 'incidents',
      title: after ? `Incidents a month: ${text(before.incidents)}, then ${text(after.incidents)}` : `${text(before.incidents)} incidents a month`,
      subtitle: 'each dot is one year of 50',
      x: axis('incidents a month', Math.max(quantile(years, 0.99), yearsAfter ? quantile(yearsAfter, 0.99) : 0)),
      y: null,
      series: names((_, role) => ({ kind: 'dots', values: role === 'before' ? years : (yearsAfter ?? []), mark: null })),
      notes,
    },
    {
      id: 'where-time-goes',
      title: `Of ${text(before.mean)} days, ${text(before.parts[8]?.value ?? 0)} wait for the release train and ${text(before.parts[0]?.value ?? 0)} are work`,
      subtitle: 'days of mean lead time, by where they are spent',
      x: axis('days of mean lead time', Math.max(before.mean, after?.mean ?? 0)),
      y: null,
      series: names((one) => ({ kind: 'stack', parts: one.parts })),
      notes,
    },
    {
      id: 'utilisation',
      title: 'Infrastructure sets the pace',
      subtitle: 'share of the time a team has that is asked for',
      x: { label: '% of the team’s time', min: 0, max: 120, ticks: [0, 25, 50, 75, 100].map((at) => ({ at, label: `${at}%` })) },
      y: null,
      series: names((one) => ({ kind: 'bars', bars: one.utilisation.map((bar) => ({ ...bar, value: bar.value * 100 })) })),
      notes,
    },
    {
      id: 'wip',
      title: 'Work in progress stays level after the first quarter',
      subtitle: 'changes started and not finished',
      x: { label: 'weeks', min: 0, max: 52, ticks: [0, 13, 26, 39, 52].map((at) => ({ at, label: String(at) })) },
      y: axis('changes', 60),
      series: names((one) => ({
        kind: 'line',
        points: Array.from({ length: 53 }, (_, week) => ({
          x: week,
          y: (one.mean / 41) * 42 * (1 - 0.5 * Math.exp(-week / 5)) + 3 * Math.sin(week * 1.3) + luck * 20 * Math.sin(week),
        })),
      })),
      notes,
    },
  ];

  const busiest = (after ?? before).utilisation.find((team) => team.value > 1);
  return {
    run,
    done,
    target,
    last: done >= target,
    settled,
    verdict: verdict(before, after, p85, p85After, done, settled, weeks),
    figures,
    rows: rows(before, after),
    dora: dora(before, after),
    nodes: nodes(before, after),
    sentences: settled ? sentences(before, after) : [],
    warnings: busiest
      ? [`${busiest.label} is asked for ${Math.round(busiest.value * 100)}% of its time: its queue grows by ${text((busiest.value - 1) * 18)} changes a week.`]
      : [],
    statistics: [
      { label: 'Lead time, 85th percentile', text: `${text(p85)} days, 95% interval ${text(p85 * (1 - luck))} to ${text(p85 * (1 + luck))}` },
      { label: 'Difference', text: after ? `${text(p85After - p85)} days, paired, same luck for both` : 'no what-if shown' },
      { label: 'Replications', text: `${done} of ${target}` },
      { label: 'Warm-up', text: '26 weeks, dropped' },
    ],
  };
}

function verdict(before: Outcome, after: Outcome | null, p85: number, p85After: number, done: number, settled: boolean, weeks: number): VerdictView {
  if (!after) {
    return { sentence: `85 of 100 changes arrive within ${text(p85)} days, with ${text(before.incidents)} incidents a month.`, support: `${text(before.delivered)} changes a month · ${text(100 * (before.parts[0]?.value ?? 0) / before.mean)} hours of 100 are work`, tone: 'baseline' };
  }
  const faster = (p85 - p85After) / p85;
  const safer = (before.incidents - after.incidents) / before.incidents;
  const incidents = Math.abs(safer) < 0.04 ? 'incidents stay the same' : `incidents ${safer > 0 ? 'fall' : 'rise'} from ${text(before.incidents)} to ${text(after.incidents)} a month`;
  const cost = weeks > 0 ? `${weeks} person-weeks · in place from week ${Math.min(16, 2 + Math.round(weeks / 3))}` : 'no price stated';
  if (!settled) return { sentence: `Changes arrive in about ${text(p85After)} days, not ${text(p85)}, so far.`, support: `${done} years simulated · ${cost}`, tone: 'early' };
  if (Math.abs(faster) < 0.015 && Math.abs(safer) < 0.02) return { sentence: 'The difference is too small to matter.', support: `Lead time within half a day of the baseline · ${cost}`, tone: 'tooSmall' };
  const better = Math.round(25 + 24 * Math.tanh(faster * 6));
  const tone = faster > 0.015 ? (safer < -0.04 ? 'mixed' : 'better') : faster < -0.015 ? (safer > 0.04 ? 'mixed' : 'worse') : safer > 0 ? 'better' : 'worse';
  return { sentence: `Changes arrive in ${text(p85After)} days, not ${text(p85)}; ${incidents}.`, support: `${better} of 50 years better · ${cost}`, tone };
}

function sentences(before: Outcome, after: Outcome | null): Sentence[] {
  const shown = after ?? before;
  const spent = `Of ${text(shown.mean)} days, ${text(shown.parts[8]?.value ?? 0)} wait for the release; ${text(shown.parts[0]?.value ?? 0)} are work.`;
  const accounts = said('accounts', spent, [['where-time-goes', shown.parts[8]?.id ?? ''], ['where-time-goes', shown.parts[0]?.id ?? '']]);
  if (!after) return [accounts];
  const trade = `Saves ${text(before.mean - after.mean)} of ${text(before.mean)} days and spares customers ${text(before.harmHours - after.harmHours)} harm hours a month.`;
  return [said('trade', trade, [['where-time-goes', null], ['harm', null]]), accounts];
}

function rows(before: Outcome, after: Outcome | null): RowView[] {
  return [
    row('delivered', 'Delivered a month', before.delivered, after?.delivered, 1),
    row('incidents-per-100', 'Incidents per 100 changes', (100 * before.incidents) / before.delivered, after && (100 * after.incidents) / after.delivered, -1),
    row('harm', 'Customers’ harm hours a month', before.harmHours, after?.harmHours, -1),
    { id: 'objective', label: 'Objective met, years of 50', baseline: '3', whatIf: after ? String(Math.round(Math.min(49, 3 + Math.max(0, 41 - after.mean) * 1.6))) : null, band: null, better: after && after.mean < 35 ? true : null },
  ];
}

function row(id: string, label: string, before: number, after: number | null | undefined, upIs: number): RowView {
  const change = after == null ? 0 : (after - before) / before;
  return { id, label, baseline: text(before), whatIf: after == null ? null : text(after), band: null, better: Math.abs(change) < 0.03 ? null : change * upIs > 0 };
}

function dora(before: Outcome, after: Outcome | null): RowView[] {
  const rate = (one: Outcome): string => `${text((100 * one.incidents) / one.delivered)}%`;
  return [
    { id: 'frequency', label: 'Deployment frequency', baseline: 'monthly', whatIf: after && (after.parts[8]?.value ?? 9) < 5 ? 'weekly' : after && 'monthly', band: '2019: medium', better: after && (after.parts[8]?.value ?? 9) < 5 ? true : null },
    { id: 'change-lead', label: 'Change lead time', baseline: `${text(before.mean * 0.7)} d`, whatIf: after && `${text(after.mean * 0.7)} d`, band: '2019: medium', better: after ? after.mean < before.mean : null },
    { id: 'failure', label: 'Change failure rate', baseline: rate(before), whatIf: after && rate(after), band: '2019: high', better: null },
    { id: 'recovery', label: 'Recovery time', baseline: '9.2 h', whatIf: after && `${text((9.2 * after.harmHours) / before.harmHours)} h`, band: '2019: medium', better: after && after.harmHours < before.harmHours * 0.9 ? true : null },
    { id: 'rework', label: 'Deployment rework rate', baseline: '6.1%', whatIf: after && '5.8%', band: null, better: null },
  ];
}

const SPENT: Record<string, string> = {
  'stage/development': 'waiting-app',
  'stage/testing': 'waiting-qa',
  'tickets/infrastructure': 'platform',
  'gate/board': 'board',
  'gate/security': 'security',
  release: 'train',
  deployment: 'deployment',
  'stage/refine': 'handoff',
  'gate/review': 'rework',
};

function nodes(before: Outcome, after: Outcome | null): NodeNumbers[] {
  const shown = after ?? before;
  const spent = (one: Outcome, part: string): number => one.parts.find((candidate) => candidate.id === part)?.value ?? 0;
  return [
    ...Object.entries(SPENT).map(([id, part]) => {
      const value = spent(shown, part);
      return {
        id,
        share: value / shown.mean,
        text: value < 1 ? `waits ${text(value * 24)} h` : `waits ${text(value)} d`,
        differenceHours: after ? (value - spent(before, part)) * 24 : null,
        utilisation: null,
        queue: value * 0.7,
      };
    }),
    ...shown.utilisation.map((team) => ({ id: team.id, share: 0, text: '', differenceHours: null, utilisation: team.value, queue: null })),
  ];
}

function axis(label: string, reach: number): Axis {
  const steps = [0.5, 1, 2, 5, 10, 20, 50, 100];
  const size = steps.find((candidate) => reach / candidate <= 6) ?? 200;
  const max = Math.ceil(reach / size + 0.15) * size;
  const ticks = Array.from({ length: Math.floor(max / size) + 1 }, (_, index) => ({ at: index * size, label: String(index * size) }));
  return { label, min: 0, max, ticks };
}
