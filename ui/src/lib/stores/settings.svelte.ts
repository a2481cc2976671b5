import type { Host, Settings as Kept } from '../host';

/** What a person has set, kept by the host for the next time. */
export class Settings {
  kept = $state.raw<Kept>({ theme: null, motion: null, tourSeen: false });
  #host: Host;
  #system = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');
  #systemIsCalm = $state(this.#system?.matches ?? false);
  #heard: (() => void)[] = [];

  constructor(host: Host) {
    this.#host = host;
    this.#system?.addEventListener('change', ({ matches }) => (this.#systemIsCalm = matches));
  }

  /** Nothing moves by itself: the person's choice goes before the system's. */
  readonly calm = $derived.by(() => (this.kept.motion === null ? this.#systemIsCalm : this.kept.motion === 'reduced'));

  /** What happens whenever something is set. */
  onChange(heard: () => void): void {
    this.#heard.push(heard);
  }

  async load(): Promise<void> {
    this.#take(await this.#host.settings());
  }

  async set(change: Partial<Kept>): Promise<void> {
    this.#take({ ...this.kept, ...change });
    await this.#host.keepSettings(this.kept);
  }

  #take(kept: Kept): void {
    this.kept = kept;
    for (const heard of this.#heard) heard();
  }
}
