import type { Host, ReplayView, YearChoice } from '../host';
import { Player } from './player.svelte';
import { Task } from './task.svelte';

export interface RoomOf {
  host: Host;
  study: { digest: string } | null;
  attempt(operation: () => Promise<void>): Promise<boolean>;
}

/** What people do with a study together: watch a year of it, guess, disagree, present. */
export class Room {
  readonly replay: Task<ReplayView>;
  player = $state.raw<Player | null>(null);
  /** Which variant's map is played. */
  played = $state<'baseline' | 'whatIf' | 'both'>('whatIf');

  #of: RoomOf;
  #choice: YearChoice = { kind: 'typical' };
  #madeFor: ReplayView | null = null;

  constructor(of: RoomOf) {
    this.#of = of;
    this.replay = new Task<ReplayView>(of.host, () => of.study?.digest);
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

  /** Another study is opened. */
  clear(): void {
    this.replay.clear();
    this.player?.pause();
    this.player = null;
    this.played = 'whatIf';
    this.#choice = { kind: 'typical' };
  }

  #made(): void {
    const { result } = this.replay;
    if (!result || result === this.#madeFor) return;
    this.#madeFor = result;
    const player = new Player(result.seconds);
    player.pace = this.player?.pace ?? player.pace;
    this.player = player;
    player.play();
  }
}
