// What the player draws for one film at one size: its stage, what moves, and the heap it drops into.

import { type Cast, castOf } from '../compute/replay/cast';
import type { Film } from '../compute/replay/film';
import { type Heap, heapOf } from '../compute/replay/pile';
import { type Stage, stageOf } from '../compute/replay/stage';
import { Tiles } from '../compute/replay/tiles';

/** A part of the player, in pixels. */
export interface Part {
  left: number;
  width: number;
  height: number;
}

export interface Scene {
  film: Film;
  stage: Stage;
  cast: Cast;
  heap: Heap;
  tiles: Tiles;
  /** Where its map begins, and by how much it is drawn larger or smaller. */
  left: number;
  zoom: number;
}

/** Where one film's heap stands, in pixels of the player. */
export interface HeapPlace {
  left: number;
  width: number;
  floor: number;
  height: number;
  /** Hours at the right end. */
  most: number;
}

const LARGEST = 1.35;

export function sceneOf(film: Film, part: Part, heap: HeapPlace): Scene {
  const grown = Math.max(1, Math.min(LARGEST, part.width / 780, part.height / 620));
  const stage = stageOf(film, { width: part.width / grown, height: part.height / grown });
  const fits = Math.min(1, part.width / (stage.layout.width * grown), part.height / (stage.layout.height * grown));
  const zoom = grown * fits;
  const cast = castOf(film);
  return {
    film,
    stage,
    cast,
    tiles: new Tiles(cast, part.width / zoom, part.height / zoom, zoom),
    heap: heapOf(film.arrivals, {
      left: (heap.left - part.left) / zoom,
      width: heap.width / zoom,
      floor: heap.floor / zoom,
      height: heap.height / zoom,
      most: heap.most,
    }),
    left: part.left,
    zoom,
  };
}
