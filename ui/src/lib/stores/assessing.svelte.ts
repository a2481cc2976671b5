import type { AssessedView, QuestionView } from '../host';
import type { Workbench } from './workbench.svelte';

/** The assessment: its questions, what was answered, and the baseline made of it. */
export class Assessing {
  questions = $state.raw<QuestionView[]>([]);
  answers = $state<Record<string, number>>({});
  result = $state.raw<AssessedView | null>(null);
  #bench: Workbench;

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  readonly answered = $derived.by(() => Object.keys(this.answers).length);

  async load(): Promise<void> {
    await this.#bench.attempt(async () => {
      this.questions = await this.#bench.host.questions();
    });
  }

  /** Every answer changes the baseline at once: there is nothing to simulate. */
  async answer(question: string, answer: number): Promise<void> {
    this.answers[question] = answer;
    await this.assess();
  }

  async assess(): Promise<void> {
    const given = Object.entries(this.answers).map(([question, answer]) => ({ question, answer }));
    await this.#bench.attempt(async () => {
      this.result = await this.#bench.inTurn(() => this.#bench.host.assess(given));
    });
  }

  async accept(): Promise<void> {
    if (this.result) await this.#bench.openMade(this.result.text);
  }
}
