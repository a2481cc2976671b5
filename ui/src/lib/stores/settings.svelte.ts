import type { Host, Settings as Kept } from '../host';

/** What a person has set, kept by the host for the next time. */
export class Settings {
  kept = $state.raw<Kept>({ theme: null, motion: null, tourSeen: false });
  #host: Host;
  #heard: (() => void)[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

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
