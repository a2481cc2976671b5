import { answersOf, open, questionOf, type Entered, type QuestionId } from '../compute/describe';
import type { DescribedView, Place } from '../host';
import { Task } from './task.svelte';
import type { Workbench } from './workbench.svelte';

/** How much slower or faster an organisation is taken to be when the mirror is told so. */
const PACE = 1.2;

/** An organisation being described: what was entered, what the mirror was told, and what it shows. */
export class Describing {
  entered = $state<Entered>({
    people: '',
    changes: '',
    usual: { text: '', unit: 'weeks' },
    bad: { text: '', unit: 'weeks' },
    rhythm: null,
    incidents: '',
    endless: null,
  });
  unknown = $state<ReadonlySet<QuestionId>>(new Set());
  waitsAt = $state<Place | null>(null);
  pace = $state(1);
  readonly task: Task<DescribedView>;
  #bench: Workbench;

  constructor(bench: Workbench) {
    this.#bench = bench;
    this.task = new Task<DescribedView>(bench.host, () => this.#digest());
  }

  readonly missing = $derived.by(() => open(this.entered, this.unknown));

  /** What contradicts the rest, by question. */
  readonly faults = $derived.by(() => {
    const faults = this.task.refusal?.code === 'contradiction' ? this.task.refusal.faults : [];
    return new Map(faults.map((fault) => [questionOf(fault.path), fault]));
  });

  toggle(question: QuestionId): void {
    const unknown = new Set(this.unknown);
    if (!unknown.delete(question)) unknown.add(question);
    this.unknown = unknown;
  }

  /** Other answers: what the mirror was told of the old ones does not hold for them. */
  async begin(): Promise<void> {
    this.pace = 1;
    this.waitsAt = null;
    await this.#fit();
  }

  async tooFast(): Promise<void> {
    this.pace *= PACE;
    await this.#fit();
  }

  async tooSlow(): Promise<void> {
    this.pace /= PACE;
    await this.#fit();
  }

  async elsewhere(place: Place): Promise<void> {
    this.waitsAt = place;
    await this.#fit();
  }

  async accept(): Promise<void> {
    const { result } = this.task;
    if (result) await this.#bench.openMade(result.text);
  }

  async #fit(): Promise<void> {
    const answers = answersOf(this.entered, this.unknown, { pace: this.pace, waitsAt: this.waitsAt });
    await this.#bench.attempt(() => this.task.begin((tell) => this.#bench.host.describe(answers, tell)));
  }

  #digest(): string {
    return JSON.stringify([this.entered, [...this.unknown].sort()]);
  }
}
