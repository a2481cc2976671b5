const KEY = 'millrace-theme';

export type Colours = 'light' | 'dark';

/** The system's choice of colours until the person makes their own. */
export class Theme {
  colours = $state<Colours>('light');

  constructor() {
    const system = window.matchMedia?.('(prefers-color-scheme: dark)');
    const chosen = localStorage.getItem(KEY);
    this.#apply(chosen === 'dark' || chosen === 'light' ? chosen : system?.matches ? 'dark' : 'light');
    system?.addEventListener('change', (change) => {
      if (!localStorage.getItem(KEY)) this.#apply(change.matches ? 'dark' : 'light');
    });
  }

  toggle(): void {
    this.#apply(this.colours === 'dark' ? 'light' : 'dark');
    localStorage.setItem(KEY, this.colours);
  }

  #apply(colours: Colours): void {
    this.colours = colours;
    document.documentElement.dataset.theme = colours;
  }
}
