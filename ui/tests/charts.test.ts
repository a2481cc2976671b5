import { describe, expect, it } from 'vitest';
import { baselineOnly } from '../src/lib/compute/baseline';
import { bandOf, columns, diameterFor, edgeFor, largestFor, pile } from '../src/lib/compute/dots';
import { apart } from '../src/lib/compute/lines';
import { axesOf, linear, onHeldAxes } from '../src/lib/compute/scale';
import { segments, total } from '../src/lib/compute/stack';
import { textWidth, truncate, wrap } from '../src/lib/compute/text';
import { placeTicks } from '../src/lib/compute/ticks';
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
    expect(diameterFor([[1, 1, 1, 1]], 40, 13)).toBe(10);
    expect(diameterFor([[1, 1, 1, 1], Array<number>(20).fill(3)], 40, 13)).toBe(2);
  });

  it('grow with the plot, and the last one is whole', () => {
    expect(diameterFor([[100, 700]], 600, largestFor(1400))).toBeGreaterThanOrEqual(30);
    for (const width of [240, 344, 900, 1500]) expect(edgeFor(width)).toBeGreaterThan(largestFor(width) / 2);
  });
});

describe('the band over a pile', () => {
  it('has the label beside its mark and the name at the right', () => {
    expect(bandOf(400, 100, 120, 60)).toEqual({ label: { x: 106, anchor: 'start', room: 294 }, name: { x: 400, anchor: 'end', room: 164 } });
  });

  it('moves the label to the other side of its mark before the name moves', () => {
    const { label, name } = bandOf(400, 260, 120, 60);
    expect([label?.anchor, name.anchor]).toEqual(['end', 'end']);
    expect(bandOf(400, 30, 300, 60).name.anchor).toBe('end');
  });

  it('never lets a name reach the label or the mark', () => {
    for (let mark = 0; mark <= 340; mark += 5) {
      const { label, name } = bandOf(340, mark, 140, 215);
      if (!label) throw new Error('a mark has a label');
      const wide = Math.min(215, Math.max(0, name.room));
      const [nameLeft, nameRight] = name.anchor === 'end' ? [name.x - wide, name.x] : [name.x, name.x + wide];
      const [left, right] = label.anchor === 'start' ? [label.x, label.x + 140] : [label.x - 140, label.x];
      expect(wide === 0 || nameRight <= left || nameLeft >= right, `mark at ${mark}`).toBe(true);
      expect(left >= 0 && right <= 340, `label at ${mark}`).toBe(true);
    }
  });

  it('leaves the whole band to a name without a mark', () => {
    expect(bandOf(300, null, 0, 80)).toEqual({ label: null, name: { x: 300, anchor: 'end', room: 300 } });
  });
});

describe('ticks', () => {
  const widthOf = (label: string) => 7 * label.length;
  const at = (...all: [number, string][]) => all.map(([x, label]) => ({ x, label }));

  it('are all labelled where there is room, and stay within the chart', () => {
    const placed = placeTicks(at([4, '0'], [100, '50'], [196, '100']), 200, widthOf);
    expect(placed.map((tick) => [tick.label, tick.anchor])).toEqual([['0', 'middle'], ['50', 'middle'], ['100', 'end']]);
    expect(placeTicks(at([0, '0']), 200, widthOf)[0]?.anchor).toBe('start');
  });

  it('are labelled at a step where labels would touch', () => {
    const placed = placeTicks(at([0, '100'], [20, '200'], [40, '300'], [60, '400']), 100, widthOf);
    expect(placed.map((tick) => tick.label)).toEqual(['100', '', '300', '']);
  });

  it('carry the unit at the last label, if it keeps off the one before', () => {
    expect(placeTicks(at([5, '0'], [100, '50'], [190, '100']), 200, widthOf, 'days').at(-1)).toEqual({ x: 200, label: '100 days', anchor: 'end' });
    expect(placeTicks(at([5, '0'], [150, '50'], [190, '100']), 200, widthOf, 'days').at(-1)?.label).toBe('100');
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
