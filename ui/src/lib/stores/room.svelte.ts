import type { IgnoredView, ReplayView, RunUpdate, StepView, StudyView, YearChoice } from '../host';
import { axesOf, type HeldAxes } from '../compute/scale';
import { texts } from '../texts';
import { Dispute, type DisputeOf } from './dispute.svelte';
import { Player } from './player.svelte';
import { Task } from './task.svelte';

/** What a room needs of the workbench it belongs to. */
export interface RoomOf extends DisputeOf {
  view: string;
  peeking: boolean;
  runs: { update: RunUpdate | null };
  settings: { calm: boolean };
  notices: { say(text: string): void; quiet(): void };
  keep(operation: () => Promise<StudyView>): Promise<boolean>;
}

/** How long the baseline stands before the what-if comes again. */
const BASELINE_MILLISECONDS = 1100;

/** What people do with a study together: watch a year of it, guess, present. */
export class Room {
  readonly replay: Task<ReplayView>;
  readonly dispute: Dispute;
  player = $state.raw<Player | null>(null);
  /** Which variant's map is played. */
  played = $state<'baseline' | 'whatIf' | 'both'>('whatIf');
  /** The value stream that is played; null for all. */
  stream = $state<string | null>(null);
  /** Results are hidden until the room has guessed. */
  curtain = $state(false);
  guess = $state.raw<{ value: number; unit: string } | null>(null);
  /** The axes from before the curtain fell. */
  axes = $state.raw<HeldAxes | null>(null);
  /** The step that fills the screen, or null. */
  presenting = $state<number | null>(null);
  ignored = $state.raw<IgnoredView | null>(null);

  #of: RoomOf;
  #allStreams = false;
  #choice: YearChoice = { kind: 'typical' };
  #madeFor: ReplayView | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(of: RoomOf) {
    this.#of = of;
    this.replay = new Task<ReplayView>(of.host, () => of.study?.digest);
    this.dispute = new Dispute(of);
  }

  /** Another study is opened. */
  clear(): void {
    this.replay.clear();
    this.player?.pause();
    this.player = null;
    this.played = 'whatIf';
    this.stream = null;
    this.#allStreams = false;
    this.curtain = false;
    this.guess = null;
    this.presenting = null;
    this.ignored = null;
    this.dispute.close();
    this.#choice = { kind: 'typical' };
  }

  // A year on the map

  showStream(id: string | null): void {
    this.stream = id;
    this.#allStreams = id === null;
  }

  /** Indices of the films to draw. */
  readonly shownFilms = $derived.by((): number[] => {
    if ((this.replay.result?.films.length ?? 1) < 2 || this.played === 'baseline') return [0];
    return this.played === 'both' ? [0, 1] : [1];
  });

  /** Plays a year of the shown variant from its start. */
  async playYear(choice = this.#choice): Promise<void> {
    this.#choice = choice;
    await this.#of.attempt(() =>
      this.replay.begin((tell) =>
        this.#of.host.startReplay(choice, (update) => {
          tell(update);
          if (update.kind === 'done') this.#made();
        }),
      ),
    );
  }

  #made(): void {
    const { result } = this.replay;
    if (!result || result === this.#madeFor) return;
    this.#madeFor = result;
    const streams = result.films[0]?.map.streams ?? [];
    // All streams of a large organisation at once are too small to read: it begins with the first.
    if (!streams.some(({ id }) => id === this.stream) && !this.#allStreams) this.stream = streams.length > 1 ? (streams[0]?.id ?? null) : null;
    const player = new Player(result.seconds, () => this.#of.settings.calm);
    player.pace = this.player?.pace ?? player.pace;
    this.player = player;
    player.play();
  }

  // Guess, curtain, reveal

  toggleCurtain(): void {
    if (this.curtain) {
      this.curtain = false;
      return;
    }
    const figures = this.#of.runs.update?.figures ?? [];
    if (!figures.some((figure) => figure.id === 'lead-time')) return;
    this.guess = null;
    this.axes = axesOf(figures);
    this.curtain = true;
  }

  setGuess(value: number, unit: string): void {
    this.guess = { value, unit };
  }

  /** There is a last change to play: a what-if on the workbench, or a year on the map. */
  canPlayAgain(study: StudyView): boolean {
    if (this.#of.view === 'replay') return this.player !== null;
    return study.active !== null && !this.curtain;
  }

  /** The last change once more: the baseline stands, then the what-if comes. */
  again(): void {
    const { study } = this.#of;
    if (!study || !this.canPlayAgain(study)) return;
    if (this.#of.view === 'replay') {
      this.player?.seek(0);
      this.player?.play();
      return;
    }
    clearTimeout(this.#again);
    this.#of.peeking = true;
    this.#again = setTimeout(() => (this.#of.peeking = false), BASELINE_MILLISECONDS);
  }

  // Steps to present

  /** Keeps what is on screen as a step; a variant that was just chosen counts although the host has yet to answer. */
  async pin(): Promise<void> {
    const { view } = this.#of;
    if (!this.#of.study || this.presenting !== null || view === 'present') return;
    const kept = await this.#of.keep(async () => {
      const { active, steps } = await this.#of.host.study();
      return this.#of.host.setSteps(texts.present.pin, [...steps, { view, whatIf: active, title: '' }]);
    });
    if (kept) this.#of.notices.say(texts.present.pinned(this.#of.study.steps.length));
  }

  setSteps(label: string, steps: StepView[]): Promise<boolean> {
    return this.#of.keep(() => this.#of.host.setSteps(label, steps));
  }

  /** Shows a step on the whole screen; what lies before the first or after the last is not gone to. */
  async present(index: number): Promise<void> {
    const step = this.#of.study?.steps[index];
    if (!step) return;
    if (this.presenting === null) {
      this.#of.notices.quiet();
      void this.#of.host.setFullscreen(true).catch(() => undefined);
    }
    this.presenting = index;
    this.#of.view = step.view;
    const there = step.whatIf === null || this.#of.study?.whatIfs.some((whatIf) => whatIf.id === step.whatIf);
    if (there && this.#of.study?.active !== step.whatIf) await this.#of.select(step.whatIf);
  }

  endPresenting(): void {
    if (this.presenting === null) return;
    this.presenting = null;
    this.#of.view = 'present';
    void this.#of.host.setFullscreen(false).catch(() => undefined);
  }

  // What is left out

  async showIgnored(): Promise<void> {
    await this.#of.attempt(async () => {
      this.ignored = await this.#of.host.ignored();
    });
  }
}
