// Lists of numbers, and moments of a week, as people write them.

import { parse, toBase, unitsOf } from './quantity';

/** What was typed, or the piece of it that cannot be read. */
export type Read = { values: number[] } | { wrong: string };

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WEEK = 168;
const MOMENT = /^(?:week\s*(\d{1,6})\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+(\d{1,2})(?::(\d{2}))?$/i;
const SPAN = /^(\S+)\s*(minutes?|min|hours?|h|days?|d|weeks?|w)$/i;

/** Hours after a Monday, 00:00, as a moment: "Wed 14:30", "week 2 Mon 09:00"; as a span if it is on no whole minute. */
export function momentOf(hours: number): string {
  const minutes = Math.round(hours * 60);
  if (Math.abs(minutes - hours * 60) > 1e-4 || hours < 0) return `${Number(hours.toPrecision(9))} hours`;
  const week = Math.floor(minutes / (WEEK * 60));
  const day = DAYS[Math.floor(minutes / 1440) % 7] ?? '';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${week > 0 ? `week ${week + 1} ` : ''}${day} ${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** Hours after a Monday, 00:00: "Wed 14:30", "week 2 Wed 9", or a span, "62.5 hours". */
export function readMoment(text: string): number | null {
  const moment = MOMENT.exec(text.trim());
  if (moment) {
    const [, week = '1', day = '', hour = '', minute = '0'] = moment;
    const at = DAYS.findIndex((name) => name.toLowerCase() === day.slice(0, 3).toLowerCase());
    if (Number(week) < 1 || Number(hour) > 24 || Number(minute) > 59) return null;
    return Number(((Number(week) - 1) * WEEK + at * 24 + Number(hour) + Number(minute) / 60).toPrecision(12));
  }
  const span = SPAN.exec(text.trim());
  const value = parse(span?.[1] ?? '');
  const unit = unitsOf('hours').find((one) => one.id[0] === span?.[2]?.[0]?.toLowerCase());
  return value === null || !unit ? null : toBase(value, unit);
}

/** The pieces of a list: divided by semicolons or lines, else by commas, and numbers by spaces too. */
function pieces(text: string, moments: boolean): string[] {
  const parts = /[;\n]/.test(text) ? text.split(/[;\n]/) : moments ? text.split(',') : text.split(/,?\s+/).flatMap(alone);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** "1,2,3" is three numbers and "1,5" one. */
function alone(word: string): string[] {
  return word.split(',').length > 2 ? word.split(',') : [word.replace(/,$/, '')];
}

/** Reads a list of numbers, or of moments. */
export function readList(text: string, moments: boolean): Read {
  const values: number[] = [];
  for (const piece of pieces(text, moments)) {
    const value = moments ? readMoment(piece) : parse(piece);
    if (value === null) return { wrong: piece };
    values.push(value);
  }
  return { values };
}

/** As it is read again. */
export function listed(values: readonly number[], moments: boolean): string {
  return values.map((value) => (moments ? momentOf(value) : String(Number(value.toPrecision(9))))).join(', ');
}
