import { describe, expect, it } from 'vitest';
import { rows } from '../src/lib/compute/subjects';
import type { LeverView } from '../src/lib/host';

const lever = (id: string, changed = false): LeverView => ({
  id, label: id, help: '', source: 'assumption', price: null, settled: true, scale: { kind: 'number', min: -5, max: 10, step: 1, unit: 'people' }, baseline: 0, current: changed ? 2 : 0, value: '', changed,
});
const shown = (levers: LeverView[], chosen = '') => rows(levers, chosen).map((row) => [row.lever.id, row.others.length]);

describe('levers of one kind', () => {
  it('share a row from three on', () => {
    expect(shown([lever('people/a'), lever('people/b'), lever('focus')])).toEqual([['people/a', 0], ['people/b', 0], ['focus', 0]]);
    expect(shown([lever('people/a'), lever('people/b'), lever('people/c'), lever('focus')])).toEqual([['people/a', 3], ['focus', 0]]);
  });
  it('have rows of their own where they are moved', () => {
    expect(shown([lever('people/a'), lever('people/b', true), lever('people/c')])).toEqual([['people/a', 2], ['people/b', 0]]);
  });
  it('show the one that was asked for', () => {
    expect(shown([lever('people/a'), lever('people/b'), lever('people/c')], 'people/c')).toEqual([['people/c', 3]]);
  });
});
