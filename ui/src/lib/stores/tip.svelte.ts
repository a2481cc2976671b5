export interface TipLine {
  text: string;
  tone?: 'strong' | 'soft' | 'refused' | 'current';
}

export interface Tip {
  title: string;
  lines: TipLine[];
  /** What it explains, in window coordinates. */
  anchor: { left: number; right: number; top: number; bottom: number };
  side: 'right' | 'above';
}

const DELAY_MILLISECONDS = 320;

/** The one explanation on screen. */
class Tips {
  shown = $state.raw<Tip | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(tip: Tip, delayed = true): void {
    clearTimeout(this.#timer);
    if (!delayed || this.shown) this.shown = tip;
    else this.#timer = setTimeout(() => (this.shown = tip), DELAY_MILLISECONDS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.shown = null;
  }
}

export const tips = new Tips();
