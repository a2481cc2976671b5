import { describe, expect, it } from 'vitest';
import { baselineOnly } from '../src/lib/compute/baseline';
import { clearSpot, columns, diameterFor, pile, type Spot } from '../src/lib/compute/dots';
import { apart } from '../src/lib/compute/lines';
import { axesOf, linear, onHeldAxes } from '../src/lib/compute/scale';
import { segments, total } from '../src/lib/compute/stack';
import { textWidth, truncate, wrap } from '../src/lib/compute/text';
import { placeTip } from '../src/lib/compute/tips';
import { update } from '../src/lib/host/mock/figures';
import { fillStep } from '../src/lib/map/fill';
import { figure } from './figures';

const skewed = Array.from({ length: 50 }, (_, index) => 20 + 6 * Math.tan((index / 50) * 1.45));

describe('dots', () => {
  it('every value is one dot', () => expect(pile(skewed, 8, 100, 90)).toHaveLength(50));

  it('columns never overlap', () => {
    for (const diameter of [3, 6, 9, 13]) {
      const xs = columns(skewed, diameter).map((column) => column.x);
      xs.slice(1).forEach((x, index) => expect(x - (xs[index] as number)).toBeGreaterThanOrEqual(diameter - 1e-9));
    }
  });

  it('values within one dot share a column', () => {
    expect(columns([1, 2, 3, 30], 8).map((column) => column.count)).toEqual([3, 1]);
  });

  it('a pile stays within its height', () => {
    const heights = pile(Array<number>(50).fill(5), 8, 100, 60).map((dot) => dot.y);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...heights)).toBeLessThanOrEqual(100);
  });

  it('dots are as large as the tallest pile allows', () => {
    expect(diameterFor([[1, 1, 1, 1]], 40)).toBe(10);
    expect(diameterFor([[1, 1, 1, 1], Array<number>(20).fill(3)], 40)).toBe(2);
  });
});

describe('labels of marks', () => {
  const right: Spot = { x: 50, y: 30, anchor: 'start' };
  const left: Spot = { x: 40, y: 30, anchor: 'end' };
  const text = { width: 30, size: 12 };

  it('stand where no dot is in the way', () => {
    expect(clearSpot([right, left], text, [], 2, [], 100)).toBe(right);
    expect(clearSpot([right, left], text, [{ x: 60, y: 25 }], 2, [], 100)).toBe(left);
  });

  it('keep off other words and within the chart', () => {
    const name = { left: 70, right: 100, top: 20, bottom: 33 };
    expect(clearSpot([right, left], text, [], 2, [name], 100)).toBe(left);
    expect(clearSpot([right, left], text, [], 2, [], 75)).toBe(left);
  });

  it('cover as little as can be where nothing is clear', () => {
    const dots = [
      { x: 60, y: 25 },
      { x: 70, y: 25 },
      { x: 30, y: 25 },
    ];
    expect(clearSpot([right, left], text, dots, 2, [], 100)).toBe(left);
    const name = { left: 0, right: 35, top: 20, bottom: 33 };
    expect(clearSpot([right, left], text, dots, 2, [name], 100)).toBe(right);
  });
});

describe('axes', () => {
  it('values beyond the axis stop at its end and are known', () => {
    const scale = linear({ label: '', min: 0, max: 50, ticks: [] }, 0, 100);
    expect(scale(25)).toBe(50);
    expect(scale(80)).toBe(100);
    expect(scale.beyond(80)).toBe(true);
  });

  it('hold still while a lever is dragged', () => {
    const held = axesOf([figure('lead-time', [[10]], 60)]);
    expect(onHeldAxes(figure('lead-time', [[90]], 120), held).x.max).toBe(60);
    expect(onHeldAxes(figure('lead-time', [[90]], 120), null).x.max).toBe(120);
  });
});

describe('stacked bars', () => {
  const before = [part('work', 1), part('board', 9), part('train', 12), part('tools', 0.4)];
  const after = [part('work', 1), part('board', 0), part('train', 14), part('tools', 0.2)];

  it('add up to the same total', () => {
    for (const [index, bar] of segments([before, after], 0.9, () => 'other').entries()) {
      expect(total(bar)).toBeCloseTo(total([before, after][index] ?? []));
    }
  });

  it('merge only what is small in every bar', () => {
    const [, second] = segments([before, after], 0.9, () => 'other');
    expect(second?.map((segment) => segment.id)).toEqual(['work', 'board', 'train', 'other']);
    expect(second?.at(-1)?.merged.map((merged) => merged.id)).toEqual(['tools']);
  });

  it('never merge work, however little of it there is', () => {
    const [bar] = segments([[part('touch', 0.1), part('tools', 0.4), part('board', 9)]], 0.9, () => 'other');
    expect(bar?.map((segment) => [segment.id, segment.shade])).toEqual([['touch', 0], ['board', 1], ['other', null]]);
  });

  it('give a part the same shade in every bar, the largest the darkest', () => {
    const [first, second] = segments([before, after], 0.9, () => 'other');
    expect(first?.map((segment) => segment.shade)).toEqual(second?.map((segment) => segment.shade));
    expect(first?.find((segment) => segment.id === 'train')?.shade).toBe(0);
  });
});

describe('labels', () => {
  it('are cut to their width', () => {
    const cut = truncate('Requirements specification', 80, 13, true);
    expect(cut).toMatch(/…$/);
    expect(textWidth(cut, 13, true)).toBeLessThanOrEqual(80);
  });
  it('break at spaces and after hyphens', () => {
    expect(wrap('Front-end development', 90, 2, 13)).toEqual(['Front-end', 'development']);
    expect(wrap('Front-end work', 60, 2, 13)).toEqual(['Front-', 'end work']);
  });
  it('one line stays one line', () => expect(wrap('Users', 90, 2, 13)).toEqual(['Users']));
  it('move apart and keep their order', () => {
    const moved = apart([40, 42, 10], 15, 100);
    expect(moved[2]).toBe(10);
    expect((moved[1] ?? 0) - (moved[0] ?? 0)).toBeGreaterThanOrEqual(15);
  });
  it('the ramp ends at its last step', () => {
    expect(fillStep('share', 0)).toBe(0);
    expect(fillStep('share', 0.9)).toBe(6);
    expect(fillStep('utilisation', null)).toBe(0);
  });
  it('a tip stays inside the window', () => {
    const place = placeTip({ left: 1400, right: 1430, top: 5, bottom: 30 }, 'above', { width: 300, height: 80 }, { width: 1440, height: 900 });
    expect(place).toEqual({ left: 1132, top: 38 });
  });
});

describe('the baseline held on screen', () => {
  it('shows nothing of the what-if', () => {
    const held = baselineOnly(update(1, 200, 1000, { name: 'No board', set: { approval: 0 } }, 2), 'As is.');
    expect(held.figures.flatMap((one) => one.series.map((series) => series.role))).not.toContain('whatIf');
    expect(held.rows.every((row) => row.whatIf === null)).toBe(true);
    expect(held.verdict.tone).toBe('baseline');
  });
});

function part(id: string, value: number) {
  return { id, label: id, value };
}
