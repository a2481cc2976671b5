import type { Host, RunUpdate } from '../host';

export type Phase = 'idle' | 'running' | 'settled';

/** A run that has not answered by then is overtaken all the same. */
const PATIENCE_MILLISECONDS = 250;

/** The one run whose results are shown. Updates of overtaken runs are dropped. */
export class Runs {
  update = $state.raw<RunUpdate | null>(null);
  phase = $state<Phase>('idle');
  /** The results on screen belong to an earlier position of the levers. */
  stale = $state(false);

  #host: Host;
  #report: (thrown: unknown) => void;
  #epoch = 0;
  #run: number | null = null;
  #unanswered = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, report: (thrown: unknown) => void) {
    this.#host = host;
    this.#report = report;
  }

  /**
   * Runs what is now set. While a run has not answered once, the next waits for its first answer:
   * restarting at every frame of a drag would never show anything.
   */
  restart(): void {
    this.stale = true;
    this.phase = 'running';
    if (this.#unanswered) this.#again = true;
    else void this.#start();
  }

  /** Forgets everything: another study is opened. */
  clear(): void {
    this.#epoch++;
    this.#settleWait();
    if (this.#run !== null) void this.#host.cancelRun(this.#run).catch(() => undefined);
    this.#run = null;
    this.update = null;
    this.phase = 'idle';
    this.stale = false;
  }

  async #start(): Promise<void> {
    const epoch = ++this.#epoch;
    this.#unanswered = true;
    this.#again = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#answered(), PATIENCE_MILLISECONDS);
    try {
      const run = await this.#host.startRun((update) => this.#receive(epoch, update));
      if (epoch === this.#epoch) this.#run = run;
    } catch (thrown) {
      if (epoch !== this.#epoch) return;
      this.#settleWait();
      this.phase = 'idle';
      this.#report(thrown);
    }
  }

  #receive(epoch: number, update: RunUpdate): void {
    if (epoch !== this.#epoch) return;
    this.update = update;
    this.stale = false;
    this.phase = update.last ? (update.settled ? 'settled' : 'idle') : 'running';
    this.#answered();
  }

  #answered(): void {
    const again = this.#again;
    this.#settleWait();
    if (again) this.restart();
  }

  #settleWait(): void {
    clearTimeout(this.#timer);
    this.#unanswered = false;
    this.#again = false;
  }
}
