import type { GivenView, ParameterView } from '../host';
import type { Workbench } from './workbench.svelte';

/** Every value of the model as the shown variant has it, fetched when somebody looks. */
export class Parameters {
  list = $state.raw<ParameterView[]>([]);
  /** Edits go into the baseline instead of the shown what-if. */
  onBaseline = $state(false);

  #bench: Workbench;
  #of = '';

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** Fetches what is shown now, unless it is here already. */
  async look(): Promise<void> {
    const { study, host } = this.#bench;
    if (!study) return;
    const of = `${study.digest} ${study.active}`;
    if (of === this.#of) return;
    this.#of = of;
    await this.#bench.attempt(async () => {
      const list = await this.#bench.inTurn(() => host.parameters());
      if (of === this.#of) this.list = list;
    });
  }

  set(path: string, value: GivenView, gesture = 0): Promise<boolean> {
    const onBaseline = this.onBaseline;
    return this.#bench.edit(() => this.#bench.host.setParameter(path, value, gesture, onBaseline));
  }

  reset(path: string): Promise<boolean> {
    return this.#bench.edit(() => this.#bench.host.resetParameter(path));
  }
}
