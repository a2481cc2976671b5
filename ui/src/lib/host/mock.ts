// An invented study in memory, for a plain browser: design work, screenshots and unit tests.

import { ADVICE, describing } from './mock/describe';
import type { Edit, Host, LeverView, Refusal, Settings, StepView, StudyView, TemplateView, WhatIfView } from '.';
import { mockColleague, mockForm, mockParameters, type Values } from './mock/edit';
import { update } from './mock/figures';
import { questions } from './mock/investigate';
import { ALL_LEVERS, PARTS, type Positions, positionOf, refusal, valueText } from './mock/levers';
import { crowdedMap, map } from './mock/map';
import { numbers, weighed } from './mock/dispute';
import { ignored } from './mock/present';
import { replay } from './mock/replay';
import { edited } from './mock/structure';

const TEMPLATES: TemplateView[] = [
  { usualDays: 42, withinDays: 63, map: map({}), id: 'siloed', name: 'A siloed organisation', description: 'Five teams cut by technology, a weekly board and a monthly release: where do six weeks go?' },
  { usualDays: 42, withinDays: 63, map: map({}), id: 'integrated', name: 'The integrated model', description: 'Product teams on a shared platform, with policies in the pipeline.' },
  { usualDays: 60, withinDays: 90, map: crowdedMap(), id: 'bank', name: 'A regulated bank', description: 'A change board, segregation of duties and quarterly windows.' },
  { usualDays: 42, withinDays: 63, map: map({}), id: 'train', name: 'Release train against on demand', description: 'The same teams, released together or one by one.' },
  { usualDays: 42, withinDays: 63, map: map({}), id: 'start-up', name: 'A start-up', description: 'Six people who do everything, and what breaks first as they grow.' },
];

const TARGET = 1000;
const LOOKS = [10, 40, 100, 200, 320, 480, 640, 820, TARGET];

interface WhatIf {
  id: string;
  name: string;
  set: Positions;
  values: Values;
}

interface State {
  edits: Edit[];
  whatIfs: WhatIf[];
  active: string | null;
  steps: StepView[];
}

class MockStudy {
  path: string | null = null;
  dirty = false;
  state: State = { edits: [], whatIfs: [], active: null, steps: [] };
  past: { state: State; what: string; gesture: number }[] = [];
  future: { state: State; what: string; gesture: number }[] = [];
  next = 1;

  constructor(readonly name: string, readonly description: string) {}

  change(what: string, edit: (state: State) => void, gesture = 0): void {
    const same = gesture !== 0 && this.past.at(-1)?.gesture === gesture;
    if (!same) this.past.push({ state: structuredClone(this.state), what, gesture });
    this.future = [];
    this.dirty = true;
    edit(this.state);
  }

  step(from: MockStudy['past'], to: MockStudy['past']): void {
    const entry = from.pop();
    if (!entry) return;
    to.push({ ...entry, state: this.state });
    this.state = entry.state;
    this.dirty = true;
  }

  add(name: string, set: Positions): void {
    const whatIf = { id: `what-if-${this.next++}`, name, set, values: {} };
    this.state.whatIfs.push(whatIf);
    this.state.active = whatIf.id;
  }

  active(): WhatIf | undefined {
    return this.state.whatIfs.find((whatIf) => whatIf.id === this.state.active);
  }

  view(): StudyView {
    const set = this.active()?.set ?? {};
    return {
      name: this.name,
      description: this.description,
      path: this.path,
      dirty: this.dirty,
      digest: JSON.stringify([this.state.whatIfs, this.state.edits]),
      baselineDigest: this.name,
      undo: this.past.at(-1)?.what ?? null,
      redo: this.future.at(-1)?.what ?? null,
      seed: '7',
      replications: TARGET,
      active: this.state.active,
      whatIfs: this.state.whatIfs.map(whatIfView),
      parts: PARTS.map((part) => ({ ...part, levers: part.levers.map((lever) => leverView(lever, set)) })),
      map: edited(this.name === 'A regulated bank' ? crowdedMap() : map(set), this.state.edits),
      assumed: { assumed: 31, total: 44 },
      steps: this.state.steps,
    };
  }
}

export function weeksOf(set: Positions): number {
  return Object.keys(set).reduce((sum, id) => {
    const price = ALL_LEVERS.find((lever) => lever.id === id)?.price;
    return sum + (price ? Number.parseFloat(price) || 0 : 0);
  }, 0);
}

function whatIfView({ id, name, set }: WhatIf): WhatIfView {
  const changes = ALL_LEVERS.filter((lever) => set[lever.id] !== undefined).map(
    (lever) => `${lever.label} → ${valueText(lever, positionOf(lever, set))}`,
  );
  return { id, name, by: null, changes, includes: [], personWeeks: weeksOf(set), startWeek: 0, fullEffectWeeks: changes.length > 0 ? 9 : 0, digest: JSON.stringify(set) };
}

function leverView(lever: (typeof ALL_LEVERS)[number], set: Positions): LeverView {
  const current = positionOf(lever, set);
  const { scale } = lever;
  return {
    id: lever.id,
    label: lever.label,
    help: lever.help,
    source: lever.source ?? 'assumption',
    price: lever.price ?? null,
    settled: lever.id !== 'improvement',
    scale:
      scale.kind === 'options'
        ? { kind: 'options', options: scale.options.map((option, index) => {
            const refused = refusal(lever.id, index, set);
            return { ...option, refused, wayOut: refused && '“How we notice trouble” to “alerts”' };
          }) }
        : scale,
    baseline: lever.baseline,
    current,
    value: valueText(lever, current),
    changed: current !== lever.baseline,
  };
}

function refuse(code: Refusal['code'], message: string, faults: Refusal['faults'] = []): never {
  const refused: Refusal = { code, message, faults };
  throw refused;
}

export function mockHost(): Host {
  let study: MockStudy | null = null;
  let run = 0;
  let kept: Settings = { theme: null, motion: null, tourSeen: true };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (): MockStudy => study ?? refuse('notFound', 'No study is open.');
  const named = (id: string): WhatIf => open().state.whatIfs.find((whatIf) => whatIf.id === id) ?? refuse('notFound', 'No such what-if.');
  const answer = async (act: (study: MockStudy) => void): Promise<StudyView> => {
    act(open());
    return open().view();
  };

  const asked = questions({
    variants: () => open().state.whatIfs.map((whatIf) => ({ ...whatIf, weeks: weeksOf(whatIf.set) })),
    shown: () => open().active() ?? null,
  });

  return {
    ...asked,
    startPath: async () => null,
    templates: async () => TEMPLATES,
    openTemplate: async (id) => {
      const template = TEMPLATES.find((candidate) => candidate.id === id) ?? refuse('notFound', 'No such template.');
      study = new MockStudy(template.name, template.description);
      return study.view();
    },
    openFile: async (path) => {
      if (path.includes('broken')) {
        refuse('invalidStudy', 'The file is not a valid study.', [
          { line: 14, path: 'teams.infrastructure.people', message: 'expected a whole number of people, found "four"', hint: 'write 4' },
          { line: 31, path: 'pipeline.strategy', message: 'unknown strategy `blue-gren`', hint: 'did you mean `blue-green`?' },
          { line: null, path: 'value-stream.stages', message: 'the stage `testing` names no team', hint: null },
        ]);
      }
      study = new MockStudy('Payments, 2027', 'Opened from a file.');
      study.path = path;
      return study.view();
    },
    save: () => answer((it) => (it.path === null ? refuse('needsPath', 'The study has no file yet.') : (it.dirty = false))),
    saveAs: (path) => answer((it) => Object.assign(it, { path, dirty: false })),
    undo: () => answer((it) => it.step(it.past, it.future)),
    redo: () => answer((it) => it.step(it.future, it.past)),
    select: (whatIf) => answer((it) => (it.state.active = whatIf === null ? null : named(whatIf).id)),
    addWhatIf: (name) => answer((it) => it.change(`Add ${name}`, () => it.add(name, {}))),
    duplicateWhatIf: (id) => answer((it) => it.change('Duplicate', () => it.add(`${named(id).name}, copy`, { ...named(id).set }))),
    renameWhatIf: (id, name) => answer((it) => it.change('Rename', () => (named(id).name = name))),
    removeWhatIf: (id) =>
      answer((it) =>
        it.change(`Remove ${named(id).name}`, (state) => {
          state.whatIfs = state.whatIfs.filter((whatIf) => whatIf.id !== id);
          if (state.active === id) state.active = null;
        }),
      ),
    moveLever: (id, position, gesture) =>
      answer((it) => {
        const lever = ALL_LEVERS.find((candidate) => candidate.id === id) ?? refuse('notFound', 'No such lever.');
        const refused = refusal(id, position, it.active()?.set ?? {});
        if (refused) refuse('impossiblePosition', refused);
        it.change(
          lever.label,
          () => {
            if (!it.active()) it.add(`What-if ${it.state.whatIfs.length + 1}`, {});
            const set = it.active()?.set ?? {};
            if (position === lever.baseline) delete set[id];
            else set[id] = position;
          },
          gesture,
        );
      }),
    raiseLever: (id, position) =>
      answer((it) => {
        const lever = ALL_LEVERS.find((candidate) => candidate.id === id) ?? refuse('notFound', 'No such lever.');
        it.change(lever.label, () => {
          if (!it.active()) it.add('What-if', {});
          Object.assign(it.active()?.set ?? {}, { [id]: position, observability: 2 });
        });
      }),
    resetLever: (id) => answer((it) => it.change('Reset', () => delete it.active()?.set[id])),
    combineWhatIfs: (ids) =>
      answer((it) => it.change('Combine', () => it.add(ids.map((id) => named(id).name).join(' + '), Object.assign({}, ...ids.map((id) => named(id).set))))),
    placeWhatIf: (id, before) =>
      answer((it) =>
        it.change('Move', (state) => {
          const moved = named(id);
          const rest = state.whatIfs.filter((whatIf) => whatIf !== moved);
          const at = rest.findIndex((whatIf) => whatIf.id === before);
          rest.splice(at < 0 ? rest.length : at, 0, moved);
          state.whatIfs = rest;
        }),
      ),
    whatIfForm: async (id) => mockForm(id, named(id).name, open().state.whatIfs.filter((whatIf) => whatIf.id !== id)),
    describeWhatIf: (id, details) => answer((it) => it.change('Edit', () => (named(id).name = details.name))),
    lookAtColleague: async (path) => mockColleague(path),
    takeWhatIfs: (_path, ids) => answer((it) => it.change('Add', () => ids.forEach((id) => it.add(id, {})))),
    parameters: async () => mockParameters(open().active()?.values ?? {}),
    setParameter: (path, value, gesture) =>
      answer((it) =>
        it.change(
          path,
          () => {
            if (!it.active()) it.add(path, {});
            Object.assign(it.active()?.values ?? {}, { [path]: value });
          },
          gesture,
        ),
      ),
    resetParameter: (path) => answer((it) => it.change('Reset', () => delete it.active()?.values[path])),
    study: () => answer(() => undefined),
    startRun: async (onUpdate) => {
      clearTimeout(timer);
      const mine = ++run;
      const active = open().active();
      const variant = active ? { name: active.name, set: { ...active.set } } : null;
      const look = (index: number): void => {
        const done = LOOKS[index];
        if (mine !== run || done === undefined) return;
        onUpdate(update(mine, done, TARGET, variant, weeksOf(variant?.set ?? {})));
        timer = setTimeout(() => look(index + 1), 90);
      };
      timer = setTimeout(() => look(0), 15);
      return mine;
    },
    cancelRun: async (which) => {
      if (which === run) clearTimeout(timer);
    },
    saveFigure: async () => undefined,
    cancelTask: async () => undefined,
    ...describing,
    openMade: async () => {
      study = new MockStudy('Our organisation', 'Described by six answers.');
      study.dirty = true;
      return study.view();
    },
    takeAdvice: (id) =>
      answer((it) => {
        const fix = ADVICE.find((one) => one.id === id)?.fix ?? refuse('notFound', 'No such advice.');
        it.change(`Add ${fix}`, () => it.add(fix, {}));
      }),
    editStructure: (edit) =>
      answer((it) => {
        if (edit.kind === 'remove' && edit.node.startsWith('team/') && edit.heir === null) {
          refuse('needsHeir', 'This team still has work. Choose who takes it over.');
        }
        it.change('Edit', (state) => state.edits.push(edit));
      }),
    placeWeeks: async () => null,
    settings: async () => kept,
    keepSettings: async (settings) => void (kept = settings),
    recent: async () => [{ path: '/home/ada/payments.toml', name: 'Payments, 2027', opened: 1.8e9, there: true }],
    forgetRecent: async () => undefined,
    recovered: async () => [],
    openRecovered: () => answer(() => undefined),
    lookAt: async () => undefined,
    discardRecovered: async () => undefined,
    leave: async () => undefined,
    setSteps: (label, steps) => answer((it) => it.change(label, (state) => (state.steps = steps))),
    ignored: async () => ignored,
    numbers: async () => numbers,
    disagree: () => answer((it) => it.change('Disagree', () => undefined)),
    startWeighing: async (path, _theirs, _who, tell) => {
      setTimeout(() => tell({ kind: 'done', result: weighed(path) }), 5);
      return 2;
    },
    setFullscreen: async () => undefined,
    startReplay: async (choice, tell) => {
      const { active, map: played } = open().view();
      setTimeout(() => tell({ kind: 'done', result: replay(choice, map({}), active === null ? null : { id: active, map: played }) }), 5);
      return 1;
    },
    makeWhatIf: ({ name, includes, levers }) =>
      answer((it) =>
        it.change(`Add ${name}`, () => {
          const sets = [...includes.map((id) => named(id).set), ...levers.map(({ lever, position }) => ({ [lever]: position ?? 0 }))];
          it.add(name, Object.assign({}, ...sets));
        }),
      ),
    adopt: (id) => answer((it) => it.change(`Adopt ${named(id).name}`, (state) => {
      state.whatIfs = state.whatIfs.filter((whatIf) => whatIf.id !== id);
      state.active = null;
    })),
    pickOpenPath: async () => window.prompt('Path', 'payments.toml'),
    pickSavePath: async (_title, suggestion) => suggestion,
    onClose: async () => undefined,
    setTitle: async (title) => {
      document.title = title;
    },
  };
}
