// Answers to questions that take seconds, from the invented model's handful of formulas.

import type { Host, Tell } from '..';
import type { About, ColumnView, CombinationView, CompareView, LeverMove, PartId, QuarterView, RowView, Sentence, SuspectView } from '../bindings';
import { ALL_LEVERS, PARTS, type Positions, positionOf, valueText } from './levers';
import { outcome, quantile, quantiles } from './model';

/** As much of the invented study as these answers need. */
export interface Asked {
  variants(): { id: string; name: string; set: Positions; weeks: number }[];
  shown(): { id: string; name: string; set: Positions } | null;
}

type Questions = Pick<Host, 'compare' | 'paths' | 'why' | 'rank' | 'combine' | 'flip' | 'cancelTask'>;

const STEP_MILLISECONDS = 40;
const text = (value: number): string => String(Number(value.toPrecision(2))).replace('-', '−');
const said = (id: string, words: string, ...about: About[]): Sentence => ({ id, text: words, short: words, of: null, holds: 49, certain: true, about });
const p85 = (set: Positions): number => quantile(quantiles(outcome(set).mean, 0.42, 0), 0.85);

export function questions(asked: Asked): Questions {
  let begun = 0;
  const going = new Map<number, ReturnType<typeof setTimeout>>();

  /** Told in two steps, as the real host does. */
  function task<Result>(tell: Tell<Result>, result: () => Result): Promise<number> {
    const number = ++begun;
    const after = (step: () => void): void => void going.set(number, setTimeout(step, STEP_MILLISECONDS));
    after(() => {
      tell({ kind: 'progress', done: 1, total: 2 });
      after(() => {
        going.delete(number);
        tell({ kind: 'done', result: result() });
      });
    });
    return Promise.resolve(number);
  }

  const chosen = (ids: string[]) => asked.variants().filter((variant) => ids.includes(variant.id));

  return {
    cancelTask: async (number) => {
      clearTimeout(going.get(number));
      going.delete(number);
    },
    compare: (ids, tell) => task(tell, () => compared(chosen(ids))),
    paths: (ids, tell) =>
      task(tell, () => {
        const paths = chosen(ids).map((variant) => ({
          id: variant.id,
          quarters: quarters(variant.set),
          sentences: [said('dip', 'It gets worse first: level again in week 9, half the gain in week 16.', { view: 'course', chart: 'weeks', subject: variant.id })],
          dip: 'level again in week 9, half the gain in week 16',
          worseFirst: 'it gets worse first, level again in week 9',
          payBack: 'The time people put into it is won back in the third quarter.',
          refused: null,
        }));
        const most = Math.max(...paths.flatMap((path) => path.quarters.map((quarter) => quarter.whatIfHigh ?? 0)));
        return { years: 128, unit: 'days', most, paths };
      }),
    why: (tell) => task(tell, () => explained(asked.shown())),
    rank: (tell) => task(tell, () => ranked(asked.shown())),
    combine: (ids, budget, tell) =>
      task(tell, () => {
        const combinations = combined(chosen(ids)).filter((one) => budget === null || (one.personWeeks ?? 0) <= budget);
        return {
          years: 256,
          target: 256,
          unit: 'days',
          sentence: `Of ${combinations.length} combinations, ${combinations.filter((one) => one.place === 'front').length} are worth considering.`,
          promise: null,
          combinations,
          overBudget: 2 ** ids.length - combinations.length,
          refused: [],
        };
      }),
    flip: (whatIf, by, tell) =>
      task(tell, () => {
        const number = { path: 'teams.app.focus', label: 'App team: time kept for planned work', likely: 0.65, likelyText: '65%', min: 0.33, max: 1, minText: '33%', maxText: '100%' };
        const name = chosen([whatIf])[0]?.name ?? whatIf;
        return {
          whatIf,
          name,
          by,
          years: 64,
          choice: `“${name}” is better.`,
          told: true,
          sentence: said('flip', `The choice changes first if “${number.label}” is below 51%; the study assumes 65%. Measure that first.`, { view: 'flip', chart: 'flips', subject: number.path }),
          tried: 2,
          turns: [{ ...number, at: 0.51, atText: '51%', beyond: 'below 51%', low: 0.5, high: 0.52, surely: true, way: 0.4 }],
          stands: [{ ...number, path: 'teams.qa.focus', label: 'QA: time kept for planned work' }],
          unmoved: [],
        };
      }),
  };
}

function rows(set: Positions | null): RowView[] {
  const [before, after] = [outcome({}), set && outcome(set)];
  const row = (id: string, label: string, of: (one: typeof before) => number): RowView => ({
    id,
    label,
    baseline: text(of(before)),
    whatIf: after && text(of(after)),
    band: null,
    better: after && of(after) !== of(before) ? of(after) < of(before) : null,
  });
  return [
    row('delivered', 'Delivered a month', (one) => one.delivered),
    row('incidents', 'Incidents a month', (one) => one.incidents),
    row('incidents-per-100', 'Incidents per 100 changes', (one) => (100 * one.incidents) / one.delivered),
    row('harm', 'Customers’ harm hours a month', (one) => one.harmHours),
  ];
}

function compared(variants: ReturnType<Asked['variants']>): CompareView {
  const before = p85({});
  const column = ({ id, name, set, weeks }: (typeof variants)[number]): ColumnView => {
    const by = p85(set) - before;
    return {
      id,
      sentence: `85 of 100 changes arrive within ${text(p85(set))} days, not ${text(before)}.`,
      support: '',
      sentences: [
        {
          ...said('trade', `${name}: saves ${text(outcome({}).mean - outcome(set).mean)} days.`, { view: 'compare', chart: 'lead-time', subject: id }, { view: 'workbench', chart: 'utilisation', subject: 'infrastructure' }),
          short: `Saves ${text(outcome({}).mean - outcome(set).mean)} days.`,
          of: id,
        },
      ],
      tone: by < 0 ? 'better' : 'worse',
      within: text(p85(set)),
      difference: by > 0 ? `+${text(by)}` : text(by),
      better: Math.abs(by) < 0.5 ? null : by < 0,
      years: Array.from({ length: 50 }, (_, year) => by + (year - 24.5) * 0.2),
      yearsInWords: by < 0 ? 'usually' : 'cannot tell',
      rows: rows(set),
      worse: by > 0 ? [`days within which 85 of 100 arrive ${text(before)} → ${text(p85(set))}`] : [],
      personWeeks: weeks,
      cost: weeks > 0 ? [{ whose: 'all teams', personWeeks: weeks }] : [],
      why: [`board ${text(by)} days`],
      warnings: [],
      statistics: [{ label: 'Years simulated', text: '512' }],
    };
  };
  return { years: 512, target: 512, warmUpWeeks: 26, within: text(before), unit: 'days', baseline: rows(null), columns: variants.map(column), warnings: [] };
}

function quarters(set: Positions): QuarterView[] {
  const [before, after] = [p85({}), p85(set)];
  return Array.from({ length: 8 }, (_, index) => {
    const now = index === 0 ? before * 1.2 : before + (after - before) * Math.min(1, index / 4);
    return { quarter: index + 1, baseline: before, baselineLow: before * 0.8, baselineHigh: before * 1.25, whatIf: now, whatIfLow: now * 0.8, whatIfHigh: now * 1.25 };
  });
}

/** Each suspect of the invented study is a lever at its best position. */
function explained(shown: ReturnType<Asked['shown']>) {
  const set = shown?.set ?? {};
  const now = outcome(set);
  const suspects = (of: (positions: Positions) => number): SuspectView[] =>
    ALL_LEVERS.filter((lever) => lever.scale.kind === 'options').map((lever) => {
      const position = lever.scale.kind === 'options' ? lever.scale.options.length - 1 : 0;
      const saved = of(set) - of({ ...set, [lever.id]: position });
      const part = PARTS.find((candidate) => candidate.levers.includes(lever))?.id ?? 'outcome';
      const move: LeverMove = { lever: lever.id, position };
      return {
        id: lever.id,
        part,
        name: `${lever.label} at its best`,
        onItsOwn: { value: saved, low: saved - 1, high: saved + 1 },
        atTheEnd: { value: saved / 2, low: saved / 2 - 1, high: saved / 2 + 1 },
        place: 1,
        tied: false,
        offer: {
          proposal: { name: `${lever.label}: ${valueText(lever, position)}`, includes: [], levers: [move], settings: [], scalings: [] },
          wish: false,
          personWeeks: 4,
        },
        onMap: lever.id === 'approval' ? 'gate/board' : null,
        account: lever.id === 'rhythm' ? 'train' : null,
      };
    });
  const figure = (id: 'leadTime' | 'incidents', value: number, unit: string, of: (positions: Positions) => number) => {
    const all = suspects(of);
    const sum = (part: PartId) => all.filter((one) => one.part === part).reduce((total, one) => total + (one.onItsOwn?.value ?? 0), 0);
    return {
      id,
      value,
      unit,
      suspects: all,
      sentences: [said(id, `Of ${text(now.mean)} days, ${text(now.parts[8]?.value ?? 0)} wait for the release; ${text(now.parts[0]?.value ?? 0)} are work.`, { view: 'why', chart: 'where-time-goes', subject: now.parts[8]?.id ?? '' })],
      pairs: [],
      parts: PARTS.map((part) => ({
        id: part.id,
        name: `The ${part.name.toLowerCase()}`,
        onItsOwn: { value: sum(part.id), low: sum(part.id) - 1, high: sum(part.id) + 1 },
        atTheEnd: null,
        place: 1,
      })),
    };
  };
  return {
    variant: shown?.id ?? null,
    name: shown?.name ?? 'Baseline',
    years: 150,
    target: 150,
    warnings: [],
    figures: [
      figure('leadTime', now.mean, 'days', (positions) => outcome(positions).mean),
      figure('incidents', now.incidents, 'incidents a month', (positions) => outcome(positions).incidents),
    ],
    accounts: now.parts.map((part, index) => ({ ...part, work: index === 0 })),
    leftOut: 0,
  };
}

function ranked(shown: ReturnType<Asked['shown']>) {
  const set = shown?.set ?? {};
  const figure = (id: 'leadTime' | 'incidents', unit: string, of: (positions: Positions) => number) => ({
    id,
    unit,
    value: of(set),
    sentence: 'One step of the release rhythm saves most.',
    small: [],
    growing: [],
    steps: ALL_LEVERS.flatMap((lever) => {
      const from = positionOf(lever, set);
      if (lever.scale.kind !== 'options' || from === null || from + 1 >= lever.scale.options.length) return [];
      const value = of({ ...set, [lever.id]: from + 1 }) - of(set);
      const to = valueText(lever, from + 1);
      return [
        {
          lever: lever.id,
          label: lever.label,
          from: valueText(lever, from),
          to,
          value,
          low: value - 0.5,
          high: value + 0.5,
          word: 'usually',
          better: Math.abs(value) < 0.5 ? null : value < 0,
          beside: null,
          growsAWeek: null,
          personWeeks: 4,
          proposal: { name: `${lever.label}: ${to}`, includes: [], levers: [{ lever: lever.id, position: from + 1 }], settings: [], scalings: [] },
        },
      ];
    }).sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
  });
  return {
    variant: shown?.id ?? null,
    name: shown?.name ?? 'Baseline',
    years: 128,
    target: 128,
    figures: [figure('leadTime', 'days', p85), figure('incidents', 'incidents a month', (positions) => outcome(positions).incidents)],
    refused: [],
  };
}

function combined(variants: ReturnType<Asked['variants']>): CombinationView[] {
  const all = Array.from({ length: 2 ** variants.length }, (_, bits) => variants.filter((_variant, index) => (bits >> index) % 2 === 1));
  const found = all.map((members) => {
    const set = Object.assign({}, ...members.map((member) => member.set)) as Positions;
    const { incidents, delivered } = outcome(set);
    const names = members.map((member) => member.name);
    return {
      whatIfs: members.map((member) => member.id),
      names,
      personWeeks: members.reduce((sum, member) => sum + member.weeks, 0),
      within: p85(set),
      incidents,
      incidentsPer100: (100 * incidents) / delivered,
      delivered,
      sure: true,
      hardlyBetterThan: null,
      proposal: members.length > 1 ? { name: names.join(' + '), includes: members.map((member) => member.id), levers: [], settings: [], scalings: [] } : null,
    };
  });
  const beats = (a: (typeof found)[number], b: (typeof found)[number]): boolean =>
    a !== b && a.personWeeks <= b.personWeeks && a.within <= b.within && a.incidents <= b.incidents;
  return found
    .map((one) => ({ ...one, place: found.some((other) => beats(other, one)) ? ('beaten' as const) : ('front' as const) }))
    .sort((a, b) => a.personWeeks - b.personWeeks);
}
