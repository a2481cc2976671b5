import { tick } from 'svelte';
import { baselineOnly } from '../compute/baseline';
import { behindCurtain, unmarked } from '../compute/curtain';
import { element } from '../compute/dom';
import { fileName, withExtension } from '../compute/paths';
import { axesOf, type HeldAxes } from '../compute/scale';
import { isRefusal, type FileKind, type Host, type RecoveredView, type RunUpdate, type StudyView, type TemplateView } from '../host';
import { texts } from '../texts';
import { Investigation } from './investigation.svelte';
import { Notices } from './notices.svelte';
import type { Panel } from './panels.svelte';
import { Parameters } from './parameters.svelte';
import { Pointing } from './pointing.svelte';
import { Room } from './room.svelte';
import { Runs } from './runs.svelte';
import { Settings } from './settings.svelte';

const STUDY_KINDS: FileKind[] = [{ name: texts.files.studyKind, extensions: ['toml'] }];
const CHART_KINDS: FileKind[] = [
  { name: texts.files.png, extensions: ['png'] },
  { name: texts.files.svg, extensions: ['svg'] },
  { name: texts.files.csv, extensions: ['csv'] },
];

export type ViewId = Exclude<keyof typeof texts.views, 'label'>;

/** What can be seen below the map. */
export type LowerId = 'where-time-goes' | 'utilisation' | 'wip';

/** What fills the window: the start, one of its ways to a first study, or the open study. */
export type Screen = 'start' | 'describe' | 'assess' | 'film' | 'bench';

function isView(view: string | undefined): view is ViewId {
  return view !== undefined && view !== 'label' && Object.hasOwn(texts.views, view);
}

interface Move {
  lever: string;
  position: number;
  gesture: number;
}

/** The open study, what is done to it, and what of it is on screen. */
export class Workbench {
  templates = $state.raw<TemplateView[]>([]);
  study = $state.raw<StudyView | null>(null);
  screen = $state<Screen>('start');
  peeking = $state(false);
  heldAxes = $state.raw<HeldAxes | null>(null);
  /** Where a lever was put while the host has not yet answered. */
  ahead = $state.raw<{ lever: string; position: number } | null>(null);
  /** Which view of the open study is on screen. */
  view = $state<ViewId>('workbench');
  /** Which chart stands below the map. */
  lower = $state<LowerId>('where-time-goes');
  /** The lever that is pointed at until one is moved. */
  nudged = $state<string | null>(null);
  readonly host: Host;
  readonly notices = new Notices();
  readonly runs: Runs;
  readonly parameters: Parameters;
  /** What is searched for among all values, while they are shown. */
  more = $state<string | null>(null);
  /** What lies over the window and waits for the person. */
  panel = $state.raw<Panel | null>(null);
  /** What-ifs picked to be combined, by id. */
  picked = $state.raw<string[]>([]);
  /** The lever asked for last among those that stand in one row. */
  subject = $state('');
  readonly settings: Settings;
  readonly room: Room;
  readonly investigation: Investigation;
  readonly pointing: Pointing;

  /** The baseline as it was last seen whole, for while B is held. */
  #baseline = $state.raw<{ study: StudyView; update: RunUpdate } | null>(null);
  #moves: Move[] = [];
  #sending: Promise<void> | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #gesture = 0;

  constructor(host: Host) {
    this.host = host;
    this.runs = new Runs(host, (thrown) => this.notices.report(thrown));
    this.parameters = new Parameters(this);
    this.settings = new Settings(host);
    this.room = new Room(this);
    this.investigation = new Investigation(this);
    this.pointing = new Pointing(this);
  }

  readonly shownStudy = $derived.by(() => {
    if (this.room.curtain) return this.study && unmarked(this.study);
    return this.peeking && this.#baseline ? this.#baseline.study : this.study;
  });

  readonly shownUpdate = $derived.by(() => {
    const update = this.runs.update;
    if (this.room.curtain && update) return behindCurtain(update, this.room.axes, texts.present.curtain);
    if (!this.peeking || !update) return update;
    return this.#baseline?.update ?? baselineOnly(update, texts.verdict.peekSentence);
  });

  async begin(): Promise<void> {
    await this.host.onClose(() => this.#mayLeave());
    await this.attempt(() => this.settings.load());
    await this.attempt(async () => {
      this.templates = await this.host.templates();
    });
    await this.attempt(async () => {
      const path = await this.host.startPath();
      if (path !== null) await this.#opened(() => this.host.openFile(path));
    });
    await this.attempt(async () => {
      const found = await this.host.recovered();
      if (found.length > 0) this.panel = { kind: 'recovered', found };
    });
  }

  // Studies and files

  async openTemplate(id: string): Promise<void> {
    if (await this.#mayLeave()) await this.#opened(() => this.host.openTemplate(id));
  }

  /** The film of the first shipped study: a year of it, then a thousand. */
  async watch(): Promise<void> {
    const first = this.templates[0];
    if (!first || !(await this.#mayLeave())) return;
    await this.#opened(() => this.host.openTemplate(first.id), 'film');
  }

  /** From the film to the workbench, with the lever that most people try first. */
  afterFilm(): void {
    this.room.player?.pause();
    this.screen = 'bench';
    const levers = this.study?.parts.flatMap((part) => part.levers) ?? [];
    this.nudged = levers.find((lever) => lever.id.startsWith('people'))?.id ?? null;
  }

  /** A study that was just made of answers. */
  async openMade(text: string): Promise<void> {
    if (await this.#mayLeave()) await this.#opened(() => this.host.openMade(text));
  }

  async open(): Promise<void> {
    if (!(await this.#mayLeave())) return;
    const path = await this.host.pickOpenPath(texts.files.openTitle, STUDY_KINDS);
    if (path !== null) await this.#opened(() => this.host.openFile(path));
  }

  async openPath(path: string): Promise<void> {
    if (await this.#mayLeave()) await this.#opened(() => this.host.openFile(path));
  }

  /** Opens what was not saved where it was left. */
  async openRecovered({ id, shown }: RecoveredView): Promise<void> {
    if (!(await this.#mayLeave())) return;
    this.panel = null;
    if (!(await this.#opened(() => this.host.openRecovered(id)))) return;
    if (isView(shown?.view)) this.view = shown.view;
  }

  async save(): Promise<boolean> {
    if (!this.study) return true;
    await this.#movesSent();
    if (this.study.path === null) return this.saveAs();
    return this.attempt(async () => {
      this.#show(await this.inTurn(() => this.host.save()));
    }, true);
  }

  async saveAs(): Promise<boolean> {
    const { study } = this;
    if (!study) return true;
    await this.#movesSent();
    const chosen = await this.host.pickSavePath(
      texts.files.saveTitle,
      study.path ?? `${fileName(study.name)}.toml`,
      STUDY_KINDS,
    );
    if (chosen === null) return false;
    const path = withExtension(chosen, STUDY_KINDS);
    return this.attempt(async () => {
      this.#show(await this.inTurn(() => this.host.saveAs(path)));
      this.notices.say(texts.notices.saved(path));
    });
  }

  async saveFigure(figure: string): Promise<void> {
    const name = `${fileName(this.study?.name ?? '')}-${figure}.png`;
    const chosen = await this.host.pickSavePath(texts.files.chartTitle, name, CHART_KINDS);
    if (chosen === null) return;
    const path = withExtension(chosen, CHART_KINDS);
    await this.attempt(async () => {
      await this.host.saveFigure(figure, path);
      this.notices.say(texts.chart.saved(path));
    });
  }

  // What-ifs

  select = (whatIf: string | null) => this.edit(() => this.host.select(whatIf));
  undo = () => this.edit(() => this.host.undo(), () => this.study?.undo != null);
  redo = () => this.edit(() => this.host.redo(), () => this.study?.redo != null);
  duplicateWhatIf = (id: string) => this.edit(() => this.host.duplicateWhatIf(id));
  renameWhatIf = (id: string, name: string) => this.edit(() => this.host.renameWhatIf(id, name));
  removeWhatIf = (id: string) => this.edit(() => this.host.removeWhatIf(id));
  resetLever = (lever: string) => this.edit(() => this.host.resetLever(lever));

  addWhatIf(): Promise<boolean> {
    const names = new Set(this.study?.whatIfs.map((whatIf) => whatIf.name));
    let number = names.size + 1;
    while (names.has(texts.tabs.newName(number))) number++;
    return this.edit(() => this.host.addWhatIf(texts.tabs.newName(number)));
  }

  async editWhatIf(id: string): Promise<void> {
    await this.attempt(async () => {
      this.panel = { kind: 'whatIf', form: await this.inTurn(() => this.host.whatIfForm(id)) };
    });
  }

  /** Picks a what-if for a combination, or lets go of it. */
  pick(id: string): void {
    this.picked = this.picked.includes(id) ? this.picked.filter((other) => other !== id) : [...this.picked, id];
  }

  async combine(ids: string[]): Promise<void> {
    if (await this.edit(() => this.host.combineWhatIfs(ids))) this.picked = [];
  }

  /** One place to the left or right among the what-ifs. */
  moveWhatIf(id: string, way: 1 | -1): Promise<boolean> {
    const ids = this.study?.whatIfs.map((whatIf) => whatIf.id) ?? [];
    const at = ids.indexOf(id);
    const to = at + way;
    if (at < 0 || to < 0 || to >= ids.length) return Promise.resolve(false);
    return this.placeWhatIf(id, ids[way > 0 ? to + 1 : to] ?? null);
  }

  placeWhatIf = (id: string, before: string | null) => this.edit(() => this.host.placeWhatIf(id, before));

  async openColleague(): Promise<void> {
    const path = await this.host.pickOpenPath(texts.more.colleague.openTitle, STUDY_KINDS);
    if (path === null) return;
    await this.attempt(async () => {
      this.panel = { kind: 'colleague', theirs: await this.inTurn(() => this.host.lookAtColleague(path)) };
    });
  }

  // Places

  /** All values of the model, those first that a search finds. */
  showMore(words: string): void {
    this.view = 'workbench';
    this.more = words;
  }

  async showLever(id: string): Promise<void> {
    this.view = 'workbench';
    this.subject = id;
    await tick();
    const row = element(`lever-${id}`);
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus();
  }

  // Levers

  raiseLever = (lever: string, position: number) =>
    this.edit(() => this.host.raiseLever(lever, position, this.nextGesture()));

  nextGesture(): number {
    return ++this.#gesture;
  }

  /** At most one move a frame leaves; of moves that wait, a gesture's last one counts. */
  moveLever(lever: string, position: number, gesture: number): void {
    const move = { lever, position, gesture };
    this.ahead = move;
    this.nudged = null;
    const waiting = this.#moves.at(-1);
    if (waiting?.gesture === gesture && waiting.lever === lever) this.#moves[this.#moves.length - 1] = move;
    else this.#moves.push(move);
    this.#sending ??= this.#send();
  }

  beginDrag(): void {
    this.heldAxes = axesOf(this.shownUpdate?.figures ?? []);
  }

  endDrag(): void {
    this.heldAxes = null;
  }

  async #send(): Promise<void> {
    while (this.#moves.length > 0) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const move = this.#moves.shift();
      if (!move) break;
      await this.attempt(async () => {
        this.#show(
          await this.inTurn(() => this.host.moveLever(move.lever, move.position, move.gesture)),
        );
      });
      // Refused or not: the run that was going on gave way to the move.
      this.runs.restart();
    }
    this.ahead = null;
    this.#sending = null;
  }

  async #movesSent(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** An edit of the study by an operation of the host; the shown variant then runs again. */
  async edit(operation: () => Promise<StudyView>, possible = () => true): Promise<boolean> {
    await this.#movesSent();
    if (!this.study || !possible()) return false;
    return this.attempt(async () => {
      this.#show(await this.inTurn(operation));
      this.runs.restart();
    });
  }

  /** An edit of the study that no result depends on. */
  async keep(operation: () => Promise<StudyView>): Promise<boolean> {
    await this.#movesSent();
    if (!this.study) return false;
    return this.attempt(async () => this.#show(await this.inTurn(operation)));
  }

  async #opened(operation: () => Promise<StudyView>, screen: Screen = 'bench'): Promise<boolean> {
    await this.#movesSent();
    return this.attempt(async () => {
      const study = await this.inTurn(operation);
      this.runs.clear();
      this.room.clear();
      this.pointing.clear();
      this.investigation.clear();
      this.#baseline = null;
      this.#show(study);
      this.screen = screen;
      this.nudged = null;
      this.view = 'workbench';
      this.more = null;
      this.picked = [];
      this.parameters.onBaseline = false;
      if (!this.settings.kept.tourSeen && !this.panel) this.panel = { kind: 'tour' };
      this.runs.restart();
    });
  }

  #show(study: StudyView): void {
    this.study = study;
    const mark = study.dirty ? '• ' : '';
    void this.host.setTitle(`${mark}${study.name} – ${texts.app}`).catch(() => undefined);
  }

  /** Called when another view is opened: after a crash, the study opens on it again. */
  rememberView(): void {
    if (this.screen === 'bench') void this.host.lookAt(this.view).catch(() => undefined);
  }

  /** Called when results arrive: the baseline seen whole is what B shows. */
  rememberBaseline(): void {
    const { study } = this;
    const { update, stale } = this.runs;
    if (study?.active === null && update && !stale && !this.peeking) this.#baseline = { study, update };
  }

  async #mayLeave(): Promise<boolean> {
    await this.#movesSent();
    if (!this.study?.dirty) return true;
    const answer = await this.notices.askUnsaved(this.study.name);
    if (answer === 'save') return this.save();
    if (answer === 'discard') await this.attempt(() => this.host.leave().then(() => undefined));
    return answer === 'discard';
  }

  /** One operation after another: the host must see them in the order they were made. */
  inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const next = this.#tail.then(operation, operation);
    this.#tail = next.catch(() => undefined);
    return next;
  }

  /** Does it, and tells the person what was refused. */
  async attempt(operation: () => Promise<void>, mayAskForPath = false): Promise<boolean> {
    try {
      await operation();
      return true;
    } catch (thrown) {
      if (mayAskForPath && isRefusal(thrown) && thrown.code === 'needsPath') return this.saveAs();
      this.notices.report(thrown);
      return false;
    }
  }
}
