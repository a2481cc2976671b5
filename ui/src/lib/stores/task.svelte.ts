import type { Host, Refusal, TaskUpdate } from '../host';

export type TaskPhase = 'idle' | 'running' | 'done' | 'failed';

/**
 * One kind of work that takes seconds: begun, told as it goes, ended on request. The last result stays
 * until the next one is there; it is stale when the study it was made of has changed since.
 */
export class Task<Result> {
  phase = $state<TaskPhase>('idle');
  progress = $state.raw<{ done: number; total: number } | null>(null);
  result = $state.raw<Result | null>(null);
  refusal = $state.raw<Refusal | null>(null);

  #host: Pick<Host, 'cancelTask'>;
  #digest: () => string | undefined;
  #madeOf = $state<string | undefined>(undefined);
  #number: number | null = null;
  #epoch = 0;

  /** `digest` names the open study's text. */
  constructor(host: Pick<Host, 'cancelTask'>, digest: () => string | undefined) {
    this.#host = host;
    this.#digest = digest;
  }

  readonly stale = $derived.by(() => this.result !== null && this.#madeOf !== this.#digest());

  /** Begins; what was still going on is ended. `start` answers the task's number. */
  async begin(start: (tell: (update: TaskUpdate<Result>) => void) => Promise<number>): Promise<void> {
    this.cancel();
    const epoch = this.#epoch;
    const digest = this.#digest();
    this.phase = 'running';
    this.refusal = null;
    try {
      const number = await start((update) => epoch === this.#epoch && this.#receive(update, digest));
      if (epoch === this.#epoch) this.#number = number;
      else void this.#host.cancelTask(number).catch(() => undefined);
    } catch (thrown) {
      if (epoch !== this.#epoch) return;
      this.#end();
      throw thrown;
    }
  }

  cancel(): void {
    this.#epoch++;
    if (this.#number !== null) void this.#host.cancelTask(this.#number).catch(() => undefined);
    this.#end();
  }

  /** Forgets the result too: another study is opened. */
  clear(): void {
    this.cancel();
    this.result = null;
    this.refusal = null;
    this.phase = 'idle';
  }

  #receive(update: TaskUpdate<Result>, digest: string | undefined): void {
    switch (update.kind) {
      case 'progress':
        this.progress = { done: update.done, total: update.total };
        return;
      case 'soFar':
        this.result = update.result;
        this.#madeOf = digest;
        return;
      case 'done':
        this.result = update.result;
        this.#madeOf = digest;
        break;
      case 'failed':
        this.refusal = update.refusal;
        break;
      case 'cancelled':
        break;
    }
    this.#end();
  }

  #end(): void {
    this.#number = null;
    this.progress = null;
    this.phase = this.refusal ? 'failed' : this.result === null ? 'idle' : 'done';
  }
}
