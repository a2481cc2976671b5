import type { Settings } from './settings.svelte';

/** Read before the host has answered, so that a dark window does not begin with a white flash. */
const KEY = 'millrace-theme';

export type Colours = 'light' | 'dark';

/** The system's choice of colours and motion until the person makes their own. */
export class Theme {
  colours = $state<Colours>('light');
  #settings: Settings | undefined;
  #system = window.matchMedia?.('(prefers-color-scheme: dark)');

  constructor(settings?: Settings) {
    this.#settings = settings;
    const before = localStorage.getItem(KEY);
    this.#apply(before === 'dark' || before === 'light' ? before : this.#systems());
    settings?.onChange(() => this.#follow());
    this.#system?.addEventListener('change', () => this.#follow());
  }

  toggle(): void {
    const colours = this.colours === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, colours);
    this.#apply(colours);
    void this.#settings?.set({ theme: colours }).catch(() => undefined);
  }

  #systems(): Colours {
    return this.#system?.matches ? 'dark' : 'light';
  }

  #follow(): void {
    const { theme = null, motion = null } = this.#settings?.kept ?? {};
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
    this.#apply(theme ?? this.#systems());
    const root = document.documentElement;
    if (motion === null) delete root.dataset.motion;
    else root.dataset.motion = motion;
  }

  #apply(colours: Colours): void {
    this.colours = colours;
    document.documentElement.dataset.theme = colours;
  }
}
