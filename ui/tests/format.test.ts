import { describe, expect, it } from 'vitest';
import { count, hoursDifference, percent, rounded, unitOf } from '../src/lib/format';
import { fileName, withExtension } from '../src/lib/compute/paths';
import { shortcut } from '../src/lib/compute/keys';
import { headline } from '../src/lib/compute/headline';
import { figure } from './figures';

describe('numbers', () => {
  it('results carry two significant digits', () => {
    expect(rounded(41.34)).toBe('41');
    expect(rounded(4.134)).toBe('4.1');
    expect(rounded(0.0413)).toBe('0.041');
  });
  it('counts are grouped', () => expect(count(1000)).toBe('1,000'));
  it('shares are whole per cents', () => expect(percent(1.176)).toBe('118%'));
  it('differences have a sign and the nearer unit', () => {
    expect(hoursDifference(-216)).toBe('−9 d');
    expect(hoursDifference(3.2)).toBe('+3.2 h');
  });
  it('no difference prints nothing', () => expect(hoursDifference(0)).toBe(''));
  it('the unit leads the axis label', () => {
    expect(unitOf('days from request to production')).toBe('days');
    expect(unitOf('hours, mean')).toBe('hours');
  });
});

describe('files', () => {
  const kinds = [{ name: 'PNG', extensions: ['png'] }, { name: 'CSV', extensions: ['csv'] }];
  it('a typed extension is kept', () => expect(withExtension('/a/b.CSV', kinds)).toBe('/a/b.CSV'));
  it('a missing one is added', () => expect(withExtension('/a.b/c', kinds)).toBe('/a.b/c.png'));
  it('names become plain file names', () => {
    expect(fileName('Payments, 2027')).toBe('payments-2027');
    expect(fileName('Équipe à l’est')).toBe('equipe-a-l-est');
    expect(fileName('—')).toBe('study');
  });
});

describe('keys', () => {
  const key = (name: string, held: object = { ctrlKey: true }) =>
    shortcut({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  it('Ctrl or Command gives commands', () => {
    expect(key('o')).toBe('open');
    expect(key('S', { metaKey: true, shiftKey: true })).toBe('saveAs');
    expect(key('Z', { ctrlKey: true, shiftKey: true })).toBe('redo');
  });
  it('a plain letter does not', () => expect(key('s', {})).toBeNull());
});

describe('headline', () => {
  it('stands alone without a what-if', () => {
    expect(headline(figure('lead-time', [[40, 41.3]]))).toEqual({ before: '41', after: null, unit: 'days' });
  });
  it('sets the what-if beside the baseline', () => {
    expect(headline(figure('lead-time', [[40, 41.3], [20, 27]]))?.after).toBe('27');
  });
});
