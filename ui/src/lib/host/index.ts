// The one door to whatever runs the studies. Nothing outside this folder knows of Tauri.

import type {
  AdviceView,
  AnswerView,
  Answers,
  AssessedView,
  ColleagueView,
  CombineView,
  CompareView,
  DescribedView,
  Edit,
  Figure,
  FlipView,
  GivenView,
  IgnoredView,
  NumberView,
  ParameterView,
  PathsView,
  Proposal,
  QuestionView,
  RankView,
  RecentView,
  RecoveredView,
  Refusal,
  ReplayView,
  RunUpdate,
  Settings,
  StepView,
  StudyView,
  TaskUpdate,
  TemplateView,
  WeighedView,
  WhatIfDetails,
  WhatIfForm,
  WhyId,
  WhyView,
  YearChoice,
} from './bindings';

export type * from './bindings';

/** One kind of file a dialog offers. */
export interface FileKind {
  name: string;
  extensions: string[];
}

/** Hears how a task goes on. */
export type Tell<Result> = (update: TaskUpdate<Result>) => void;

/** Every operation answers or throws a {@link Refusal}. */
export interface Host {
  /** The study file that the app was started with, answered once; null when there is none. */
  startPath(): Promise<string | null>;
  templates(): Promise<TemplateView[]>;
  openTemplate(id: string): Promise<StudyView>;
  openFile(path: string): Promise<StudyView>;
  save(): Promise<StudyView>;
  saveAs(path: string): Promise<StudyView>;
  undo(): Promise<StudyView>;
  redo(): Promise<StudyView>;
  select(whatIf: string | null): Promise<StudyView>;
  addWhatIf(name: string): Promise<StudyView>;
  duplicateWhatIf(id: string): Promise<StudyView>;
  renameWhatIf(id: string, name: string): Promise<StudyView>;
  removeWhatIf(id: string): Promise<StudyView>;
  /** Moves of one gesture are one undo step. */
  moveLever(lever: string, position: number, gesture: number): Promise<StudyView>;
  /** To a position that the platform cannot carry as it is, with the levers that make it possible. */
  raiseLever(lever: string, position: number, gesture: number): Promise<StudyView>;
  resetLever(lever: string): Promise<StudyView>;
  /** A new what-if that includes others. */
  combineWhatIfs(ids: string[]): Promise<StudyView>;
  /** Puts a what-if before another, or last. */
  placeWhatIf(id: string, before: string | null): Promise<StudyView>;
  whatIfForm(id: string): Promise<WhatIfForm>;
  describeWhatIf(id: string, details: WhatIfDetails): Promise<StudyView>;
  lookAtColleague(path: string): Promise<ColleagueView>;
  takeWhatIfs(path: string, ids: string[]): Promise<StudyView>;
  /** Every value of the model as the shown variant has it. */
  parameters(): Promise<ParameterView[]>;
  /** In the shown what-if, or in the baseline itself; edits of one gesture are one undo step. */
  setParameter(path: string, value: GivenView, gesture: number, onBaseline: boolean): Promise<StudyView>;
  resetParameter(path: string): Promise<StudyView>;
  study(): Promise<StudyView>;
  /** Runs the active variant beside the baseline; answers the run's number. */
  startRun(onUpdate: (update: RunUpdate) => void): Promise<number>;
  cancelRun(run: number): Promise<void>;
  saveFigure(figure: string, path: string): Promise<void>;
  cancelTask(task: number): Promise<void>;
  /** Makes a study of six answers; answers the task's number. Contradictions are the task's refusal. */
  describe(answers: Answers, tell: (update: TaskUpdate<DescribedView>) => void): Promise<number>;
  /** Opens a study that was just made; it has no file and counts as changed. */
  openMade(text: string): Promise<StudyView>;
  /** The thirteen questions of the assessment. */
  questions(): Promise<QuestionView[]>;
  assess(answers: AnswerView[]): Promise<AssessedView>;
  /** What the shape of the open study says, and its results where there are some. */
  advice(): Promise<AdviceView[]>;
  /** Makes an advice's fix a what-if and shows it. */
  takeAdvice(id: string): Promise<StudyView>;
  /** Edits the structure of what is shown: the baseline, or a what-if. */
  editStructure(edit: Edit): Promise<StudyView>;
  /** Week by week at a node or team of the map, of the last results; null where nothing is recorded. */
  placeWeeks(node: string): Promise<Figure | null>;
  settings(): Promise<Settings>;
  keepSettings(settings: Settings): Promise<unknown>;
  /** Study files that were open before, the last one first. */
  recent(): Promise<RecentView[]>;
  forgetRecent(path: string): Promise<unknown>;
  /** Studies whose changes were not saved when the program ended. */
  recovered(): Promise<RecoveredView[]>;
  openRecovered(id: string): Promise<StudyView>;
  /** What is on screen of the open study, kept in case the program ends. */
  lookAt(view: string): Promise<unknown>;
  discardRecovered(id: string): Promise<unknown>;
  /** The person leaves the study and gives its changes up. */
  leave(): Promise<unknown>;
  /** Plays one year of the active variant beside the baseline; answers the task's number. */
  startReplay(choice: YearChoice, tell: (update: TaskUpdate<ReplayView>) => void): Promise<number>;
  /** Puts other steps of the presentation in place; `label` is what undo calls it. */
  setSteps(label: string, steps: StepView[]): Promise<StudyView>;
  /** Every number that people could disagree on. */
  numbers(): Promise<NumberView[]>;
  /** Widens the range of a number by what somebody else says it is. */
  disagree(path: string, theirs: number, who: string): Promise<StudyView>;
  /** Whether the active what-if's choice holds at that value; answers the task's number. */
  startWeighing(path: string, theirs: number, who: string, tell: (update: TaskUpdate<WeighedView>) => void): Promise<number>;
  /** What neither the model nor the open study says anything about. */
  ignored(): Promise<IgnoredView>;
  /** Fills the screen, or gives it back. */
  setFullscreen(on: boolean): Promise<void>;
  // Questions that take seconds: each answers its task's number.
  compare(whatIfs: string[], tell: Tell<CompareView>): Promise<number>;
  paths(whatIfs: string[], tell: Tell<PathsView>): Promise<number>;
  /** Of the shown variant. */
  why(tell: Tell<WhyView>): Promise<number>;
  /** Of the shown variant. */
  rank(tell: Tell<RankView>): Promise<number>;
  combine(whatIfs: string[], budget: number | null, tell: Tell<CombineView>): Promise<number>;
  flip(whatIf: string, by: WhyId, tell: Tell<FlipView>): Promise<number>;
  /** Adds it and shows it. */
  makeWhatIf(proposal: Proposal): Promise<StudyView>;
  /** The what-if becomes the baseline. */
  adopt(whatIf: string): Promise<StudyView>;
  /** Asks for a file to read; null when the person changed their mind. */
  pickOpenPath(title: string, kinds: FileKind[]): Promise<string | null>;
  /** Asks where to write; null when the person changed their mind. */
  pickSavePath(title: string, suggestion: string, kinds: FileKind[]): Promise<string | null>;
  /** `mayClose` is asked before the window closes; the window stays open when it answers false. */
  onClose(mayClose: () => Promise<boolean>): Promise<void>;
  /** Names the window. */
  setTitle(title: string): Promise<void>;
}

export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown;
}

/** The desktop's host inside the app window, an invented study in a plain browser. */
export async function connect(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriHost();
  return (await import('./mock')).mockHost();
}
