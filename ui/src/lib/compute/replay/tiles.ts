// Which parts of the picture have changed: only they are drawn again. Where pictures are put together
// without a graphics card, the area that changes is what a frame costs.

import { Doing } from './film';
import type { Cast } from './cast';

/** Pixels of the page; a large map that is looked at from far away has no more of them. */
const SIZE = 112;
/** With more of it changed than that, all is drawn at once. */
const MOST_PARTS = 0.4;
/** How far an item reaches around its middle, with its rim. */
const REACH = 5;
const STILL = 0.05;

/** A part of the picture. */
export interface Square {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether something that reaches so far around a point shows in a part of the picture. */
export function shows({ x, y, width, height }: Square, atX: number, atY: number, reach: number): boolean {
  return atX > x - reach && atX < x + width + reach && atY > y - reach && atY < y + height + reach;
}

export class Tiles {
  readonly columns: number;
  readonly rows: number;
  readonly size: number;
  #dirty: Uint8Array;
  /** As last drawn. */
  #x: Float32Array;
  #y: Float32Array;
  #look: Uint8Array;
  #piled: Uint32Array;
  #overlay = '';

  /** Width and height are the map's own, drawn `zoom` times as large. */
  constructor(cast: Cast, width: number, height: number, zoom = 1) {
    this.size = SIZE / zoom;
    this.columns = Math.max(1, Math.ceil(width / this.size));
    this.rows = Math.max(1, Math.ceil(height / this.size));
    this.#dirty = new Uint8Array(this.columns * this.rows).fill(1);
    this.#x = new Float32Array(cast.film.items);
    this.#y = new Float32Array(cast.film.items);
    this.#look = new Uint8Array(cast.film.items);
    this.#piled = new Uint32Array(cast.piled.length);
  }

  markAll(): void {
    this.#dirty.fill(1);
  }

  /** Everything that is not where it was, or looks different; `overlay` names what is drawn besides. */
  compare(cast: Cast, overlay: string, labels: (node: number) => { x: number; y: number } | null): void {
    if (overlay !== this.#overlay) this.markAll();
    this.#overlay = overlay;
    for (let item = 0; item < cast.film.items; item++) {
      const look = lookOf(cast, item);
      const [x, y] = [cast.x[item] as number, cast.y[item] as number];
      const [oldX, oldY] = [this.#x[item] as number, this.#y[item] as number];
      const same = look === this.#look[item];
      if (same && (look === 0 || (Math.abs(x - oldX) < STILL && Math.abs(y - oldY) < STILL))) continue;
      if (this.#look[item] !== 0) this.#mark(oldX, oldY, REACH);
      if (look !== 0) this.#mark(x, y, REACH);
      this.#x[item] = x;
      this.#y[item] = y;
      this.#look[item] = look;
    }
    cast.piled.forEach((many, node) => {
      if (many === this.#piled[node]) return;
      this.#piled[node] = many;
      const at = labels(node);
      if (at) this.#mark(at.x, at.y, 24);
    });
  }

  /** Each part that has changed, once. */
  drain(draw: (square: Square) => void): void {
    const { size } = this;
    if (this.#dirty.reduce((sum, each) => sum + each, 0) > MOST_PARTS * this.#dirty.length) {
      this.#dirty.fill(0);
      draw({ x: 0, y: 0, width: this.columns * size, height: this.rows * size });
      return;
    }
    for (let at = 0; at < this.#dirty.length; at++) {
      if (this.#dirty[at] === 0) continue;
      this.#dirty[at] = 0;
      draw({ x: (at % this.columns) * size, y: Math.floor(at / this.columns) * size, width: size, height: size });
    }
  }

  #mark(x: number, y: number, reach: number): void {
    const { size } = this;
    const [left, right] = [Math.floor((x - reach) / size), Math.floor((x + reach) / size)];
    const [top, bottom] = [Math.floor((y - reach) / size), Math.floor((y + reach) / size)];
    for (let row = Math.max(0, top); row <= Math.min(this.rows - 1, bottom); row++) {
      for (let column = Math.max(0, left); column <= Math.min(this.columns - 1, right); column++) {
        this.#dirty[row * this.columns + column] = 1;
      }
    }
  }
}

/** How an item is drawn; 0: not on the map. */
function lookOf(cast: Cast, item: number): number {
  if (cast.seen[item] === 0) return 0;
  const doing = cast.film.doing[cast.entry[item] as number] as number;
  if (doing === Doing.arrived && (cast.trip[item] as number) >= 1) return 0;
  return doing + 1;
}
