const WEEK = 7 * 24 * 3600;
/** A tab in the background must not come back weeks later. */
const LONGEST_FRAME = 100;

/** Milliseconds between two readings of the clock. */
const TOLD_EVERY = 100;

/** How long a year may take on screen, in seconds. */
export const PACES = [240, 60, 15] as const;

/** The clock of a replay: what second of the year it is, and whether it runs. */
export class Player {
  /** Second of the year, at every frame. */
  time = 0;
  /** The same as the window tells it: a few times a second. */
  told = $state(0);
  playing = $state(false);
  /** Seconds that the whole takes on screen. */
  pace = $state<number>(15);
  readonly seconds: number;
  /** Counts jumps: what is drawn must not move there but be there. */
  jumps = $state(0);

  #untold = 0;
  #calm: () => boolean;

  /** `calm`: nothing may move by itself. */
  constructor(seconds: number, calm: () => boolean = () => false) {
    this.seconds = seconds;
    this.#calm = calm;
  }

  /** It goes on week by week, each when it is asked for. */
  get calm(): boolean {
    return this.#calm();
  }

  get ended(): boolean {
    return this.told >= this.seconds;
  }

  /** Seconds of the year in a millisecond on screen. */
  readonly rate = $derived.by(() => this.seconds / (this.pace * 1000));

  play(): void {
    if (this.ended) this.seek(0);
    this.playing = !this.calm;
  }

  pause(): void {
    this.playing = false;
    this.told = this.time;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else if (this.calm && !this.ended) this.skip(1);
    else this.play();
  }

  seek(time: number): void {
    this.time = Math.min(this.seconds, Math.max(0, time));
    this.told = this.time;
    this.jumps++;
  }

  /** So many weeks on or back. */
  skip(weeks: number): void {
    this.seek(this.time + weeks * WEEK);
  }

  /** A frame: so many milliseconds have passed on screen. */
  tick(elapsed: number): void {
    if (!this.playing) return;
    if (this.calm) return this.pause();
    this.time = Math.min(this.seconds, this.time + Math.min(elapsed, LONGEST_FRAME) * this.rate);
    this.#untold += elapsed;
    if (this.#untold >= TOLD_EVERY) {
      this.#untold = 0;
      this.told = this.time;
    }
    if (this.time >= this.seconds) this.pause();
  }
}

/** Week and day of a second of the year, both from 1; the day from Monday. */
export function dateOf(second: number): { week: number; day: number } {
  const whole = Math.max(0, Math.floor(second));
  return { week: Math.floor(whole / WEEK) + 1, day: Math.floor((whole % WEEK) / (WEEK / 7)) + 1 };
}
