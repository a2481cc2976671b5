import { describe, expect, it } from 'vitest';
import { rank, search } from '../src/lib/compute/find';

describe('search', () => {
  it('wants every word, in any order and any field', () => {
    expect(rank('qa peop', 'People', 'QA')).not.toBeNull();
    expect(rank('qa effort', 'People', 'QA')).toBeNull();
    expect(rank('', 'anything')).toBe(0);
  });
  it('folds case and accents', () => expect(rank('UBER', 'Über alles')).not.toBeNull());
  it('takes signs for what they are', () => expect(rank('(a', 'x (a)')).not.toBeNull());
  it('puts beginnings of words and first fields first', () => {
    const found = search(['unrest', 'rest', 'the rest of it'], 'rest', (text) => [text]);
    expect(found).toEqual(['rest', 'the rest of it', 'unrest']);
  });
});
