// The one door to whatever runs the studies. Nothing outside this folder knows of Tauri.

import type { Edit, Figure, IgnoredView, Refusal, ReplayView, RunUpdate, StepView, StudyView, TaskUpdate, TemplateView, YearChoice } from './bindings';

export type * from './bindings';

/** One kind of file a dialog offers. */
export interface FileKind {
  name: string;
  extensions: string[];
}

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
  resetLever(lever: string): Promise<StudyView>;
  study(): Promise<StudyView>;
  /** Runs the active variant beside the baseline; answers the run's number. */
  startRun(onUpdate: (update: RunUpdate) => void): Promise<number>;
  cancelRun(run: number): Promise<void>;
  saveFigure(figure: string, path: string): Promise<void>;
  cancelTask(task: number): Promise<void>;
  /** Edits the structure of what is shown: the baseline, or a what-if. */
  editStructure(edit: Edit): Promise<StudyView>;
  /** Week by week at a node or team of the map, of the last results; null where nothing is recorded. */
  placeWeeks(node: string): Promise<Figure | null>;
  /** Plays one year of the active variant beside the baseline; answers the task's number. */
  startReplay(choice: YearChoice, tell: (update: TaskUpdate<ReplayView>) => void): Promise<number>;
  /** Puts other steps of the presentation in place; `label` is what undo calls it. */
  setSteps(label: string, steps: StepView[]): Promise<StudyView>;
  /** What neither the model nor the open study says anything about. */
  ignored(): Promise<IgnoredView>;
  /** Fills the screen, or gives it back. */
  setFullscreen(on: boolean): Promise<void>;
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
