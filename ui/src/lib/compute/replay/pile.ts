// The chart that finished changes drop into: a column of dots for each stretch of lead time.

import type { Arrivals } from './film';

/** Dots are at most this share of the width: more would hide the shape. */
const WIDEST = 1 / 22;
const NARROWEST = 1.6;

export interface Heap {
  /** Diameter of a dot with the space around it. */
  pitch: number;
  /** For each arrival the middle of its dot. */
  x: Float32Array;
  y: Float32Array;
}

export interface HeapRoom {
  left: number;
  width: number;
  floor: number;
  height: number;
  /** Hours at the right end. */
  most: number;
}

/** The largest dots with which the whole year's arrivals fit. */
export function heapOf(arrivals: Arrivals, room: HeapRoom): Heap {
  let pitch = Math.max(8, room.width * WIDEST);
  while (pitch > NARROWEST && tallest(arrivals, room, pitch) * pitch > room.height) pitch *= 0.94;
  const columns = columnsOf(room, pitch);
  const stacked = new Uint32Array(columns);
  const many = arrivals.hours.length;
  const heap = { pitch, x: new Float32Array(many), y: new Float32Array(many) };
  for (let index = 0; index < many; index++) {
    const column = columnOf(arrivals.hours[index] as number, room, columns);
    const level = stacked[column] as number;
    stacked[column] = level + 1;
    heap.x[index] = room.left + (column + 0.5) * (room.width / columns);
    heap.y[index] = room.floor - (level + 0.5) * pitch;
  }
  return heap;
}

function columnsOf(room: HeapRoom, pitch: number): number {
  return Math.max(1, Math.floor(room.width / pitch));
}

function columnOf(hours: number, room: HeapRoom, columns: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor((hours / room.most) * columns)));
}

function tallest(arrivals: Arrivals, room: HeapRoom, pitch: number): number {
  const columns = columnsOf(room, pitch);
  const stacked = new Uint32Array(columns);
  let most = 0;
  for (const hours of arrivals.hours) {
    const column = columnOf(hours, room, columns);
    stacked[column] = (stacked[column] as number) + 1;
    most = Math.max(most, stacked[column] as number);
  }
  return most;
}

const ROUND_DAYS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
const MOST_STEPS = 7;

/** An axis in days that holds the longest and little more, with round ticks. */
export function daysAxis(hours: readonly number[]): { most: number; ticks: number[] } {
  const days = Math.max(1, ...hours.map((each) => each / 24));
  const step = ROUND_DAYS.find((round) => days / round <= MOST_STEPS) ?? Math.ceil(days / MOST_STEPS / 500) * 500;
  const steps = Math.ceil(days / step);
  return { most: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) };
}
