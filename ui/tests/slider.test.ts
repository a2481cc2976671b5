import { describe, expect, it } from 'vitest';
import { endPosition, fractionOf, positionAt, positionText, refusedAt, step, stops } from '../src/lib/compute/slider';
import type { LeverView } from '../src/lib/host';

function lever(change: Partial<LeverView>): LeverView {
  return { id: 'x', label: 'X', help: '', source: 'assumption', price: null, settled: true, scale: { kind: 'options', options: [] }, baseline: 0, current: 0, value: '', changed: false, ...change };
}

const options = (...refused: (string | null)[]) => ({ kind: 'options' as const, options: refused.map((reason, index) => ({ label: `option ${index}`, detail: null, refused: reason, wayOut: null })) });
const people = { kind: 'number' as const, min: -5, max: 10, step: 1, unit: 'people' };

describe('a lever of options', () => {
  const rhythm = lever({ scale: options(null, null, null, 'needs alerts', null), baseline: 1, current: 1 });

  it('stops at equal distances', () => expect(stops(rhythm).map((stop) => stop.at)).toEqual([0, 0.25, 0.5, 0.75, 1]));
  it('takes the nearest option', () => expect(positionAt(rhythm, 0.55)).toBe(2));
  it('never takes a refused one', () => {
    expect(positionAt(rhythm, 0.76)).not.toBe(3);
    expect(refusedAt(rhythm, 0.76)?.refused).toBe('needs alerts');
    expect(step({ ...rhythm, current: 2 }, 1, false)).toBe(4);
  });
  it('has nowhere to go past its end', () => expect(step({ ...rhythm, current: 4 }, 1, false)).toBeNull());
  it('says a position it has not been answered for', () => expect(positionText(rhythm, 2)).toBe('option 2'));
});

describe('a lever of numbers', () => {
  const team = lever({ scale: people, baseline: 0, current: 0 });
  it('moves by its step', () => {
    expect(positionAt(team, 0.34)).toBe(0);
    expect(step(team, 1, false)).toBe(1);
    expect(step(team, -1, true)).toBe(-5);
  });
  it('carries no binary dust', () => {
    const share = lever({ scale: { kind: 'number', min: 0, max: 1, step: 0.1, unit: '' }, current: 0.2 });
    expect(step(share, 1, false)).toBe(0.3);
  });
  it('ends at its ends', () => expect([endPosition(team, false), endPosition(team, true)]).toEqual([-5, 10]));
});

describe('a lever no position of which fits today', () => {
  const strictness = lever({ scale: options(null, null, null), baseline: null, current: null });
  it('has one stop more, at the left', () => {
    expect(fractionOf(strictness, null)).toBe(0);
    expect(fractionOf(strictness, 0)).toBeCloseTo(1 / 3);
    expect(fractionOf(strictness, 2)).toBe(1);
  });
  it('can be put back there', () => {
    expect(positionAt(strictness, 0.05)).toBeNull();
    expect(positionAt(strictness, 0.3)).toBe(0);
  });
  it('leaves it with the first arrow', () => expect(step(strictness, 1, false)).toBe(0));
});
