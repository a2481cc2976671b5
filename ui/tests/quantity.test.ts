import { describe, expect, it } from 'vitest';
import { entered, natural, parse, toBase, unitsOf } from '../src/lib/compute/quantity';

describe('quantities', () => {
  it('are shown in the unit people would say', () => {
    expect(natural(0.5, 'hours').id).toBe('minutes');
    expect(natural(30, 'hours').id).toBe('hours');
    expect(natural(72, 'hours').id).toBe('days');
    expect(natural(672, 'hours').id).toBe('weeks');
    expect(natural(672, 'person-hours').id).toBe('hours');
    expect(natural(0, 'hours').id).toBe('hours');
    expect(natural(3, '').id).toBe('');
  });

  it('are read with a comma or a point, and nothing else passes for a number', () => {
    expect(parse(' 1,5 ')).toBe(1.5);
    expect(parse('1,250.5')).toBe(1250.5);
    expect(parse('−3')).toBe(-3);
    expect(parse('35%')).toBe(35);
    for (const text of ['', 'two', '1.2.3', '4 apples', 'NaN', 'Infinity']) expect(parse(text)).toBeNull();
  });

  it('come back as they went', () => {
    for (const base of ['hours', 'person-hours', 'share', '']) {
      for (const unit of unitsOf(base)) {
        for (const value of [0.35, 1, 12, 168]) {
          expect(toBase(parse(entered(value, unit, 12)) ?? NaN, unit)).toBeCloseTo(value, 8);
        }
      }
    }
    expect(toBase(35, unitsOf('share')[0]!)).toBe(0.35);
  });
});
