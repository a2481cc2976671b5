import { type Host, isRefusal, type NumberView, type StudyView, type WeighedView } from '../host';
import { Task } from './task.svelte';

/** What a dispute needs of the workbench. */
export interface DisputeOf {
  host: Host;
  study: StudyView | null;
  attempt(operation: () => Promise<void>): Promise<boolean>;
  edit(operation: () => Promise<StudyView>): Promise<boolean>;
  select(whatIf: string | null): Promise<boolean>;
}

/** Numbers that somebody in the room does not believe. */
export class Dispute {
  /** Every number, while they are listed. */
  numbers = $state.raw<NumberView[] | null>(null);
  /** Which one is disputed. */
  path = $state<string | null>(null);
  who = $state('');
  refused = $state<string | null>(null);
  /** The last edit of the study is this dispute's. */
  widened = $state(false);
  readonly task: Task<WeighedView>;
  #of: DisputeOf;

  constructor(of: DisputeOf) {
    this.#of = of;
    this.task = new Task<WeighedView>(of.host, () => of.study?.digest);
  }

  /** Lists the numbers, or asks about one at once. */
  async begin(path: string | null = null): Promise<void> {
    this.open(path);
    await this.#list();
  }

  open(path: string | null): void {
    this.path = path;
    this.refused = null;
    this.widened = false;
    this.task.clear();
  }

  close(): void {
    this.task.clear();
    this.numbers = null;
    this.path = null;
  }

  /** The study as it was before somebody disagreed. */
  async takeBack(): Promise<void> {
    this.widened = false;
    this.task.clear();
    await this.#of.edit(() => this.#of.host.undo());
    await this.#list();
  }

  async #list(): Promise<void> {
    await this.#of.attempt(async () => {
      this.numbers = await this.#of.host.numbers();
    });
  }

  /** Widens the number's range by what somebody says, and weighs the choice at their value. */
  async settle(path: string, theirs: number, choice: string | null): Promise<void> {
    this.refused = null;
    const who = this.who.trim();
    if (choice !== null && choice !== this.#of.study?.active) await this.#of.select(choice);
    this.widened = false;
    await this.#of.edit(async () => {
      try {
        const study = await this.#of.host.disagree(path, theirs, who);
        this.widened = true;
        return study;
      } catch (thrown) {
        // The dialog covers the place where refusals are told.
        if (!isRefusal(thrown)) throw thrown;
        this.refused = [thrown.message, ...thrown.faults.map((fault) => fault.message)].join(' ');
        return this.#of.host.study();
      }
    });
    if (!this.widened) return;
    await this.#list();
    if (choice === null) return;
    await this.#of.attempt(() => this.task.begin((tell) => this.#of.host.startWeighing(path, theirs, who, tell)));
  }
}
