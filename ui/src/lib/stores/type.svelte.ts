/** Windows on which type is set a size larger, as in styles/tokens.css. */
export const LARGE = '(min-width: 1800px) and (min-height: 960px)';

/** Sizes of the type that is drawn and not styled. */
class Type {
  #large = $state(false);

  constructor() {
    const query = globalThis.matchMedia?.(LARGE);
    this.#large = query?.matches ?? false;
    query?.addEventListener('change', (event) => (this.#large = event.matches));
  }

  /** Labels in a chart, in pixels; its axes are one smaller. */
  get chart(): number {
    return this.#large ? 14 : 12;
  }
}

export const type = new Type();

/** Labels of a chart that fills the screen of a room, in pixels. */
export const roomSize = (width: number): number => Math.max(15, Math.min(26, Math.round(width / 76)));
