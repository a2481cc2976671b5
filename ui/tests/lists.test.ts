import { describe, expect, it } from 'vitest';
import { listed, momentOf, readList, readMoment } from '../src/lib/compute/lists';

describe('lists', () => {
  it('of numbers are read however they are divided', () => {
    for (const [text, values] of [
      ['1, 1.2, 0.8', [1, 1.2, 0.8]],
      ['1,2,3', [1, 2, 3]],
      ['1,5 2,5', [1.5, 2.5]],
      ['1;2,5;3', [1, 2.5, 3]],
      [' 1\n2 ', [1, 2]],
      ['', []],
    ] as const) {
      expect(readList(text, false), text).toEqual({ values });
    }
    expect(readList('1, two, 3', false)).toEqual({ wrong: 'two' });
  });

  it('of moments are read as people say them, and as spans', () => {
    for (const [text, hours] of [
      ['Mon 09:00', 9],
      ['wednesday 14:30', 62.5],
      ['week 2 Mon 9', 177],
      ['Sun 24:00', 168],
      ['62.5 hours', 62.5],
      ['2 days', 48],
      ['90 min', 1.5],
    ] as const) {
      expect(readMoment(text), text).toBe(hours);
    }
    for (const text of ['Fry 10:00', 'Mon 25:00', 'Mon 10:75', 'week 0 Mon 10:00', '9', '']) expect(readMoment(text), text).toBeNull();
    expect(readList('Mon 09:00, week 2 Thu 14:30', true)).toEqual({ values: [9, 254.5] });
    expect(readList('Mon 09:00, soon', true)).toEqual({ wrong: 'soon' });
  });

  it('come back as they went', () => {
    const times = [0, 9, 62.5, 167.75, 168, 1000.12346];
    expect(readList(listed(times, true), true)).toEqual({ values: times });
    expect(momentOf(177)).toBe('week 2 Mon 09:00');
    const weights = [1, 0.8, 1.25];
    expect(readList(listed(weights, false), false)).toEqual({ values: weights });
  });
});
