// What a sentence is made of, and the views in which its numbers are.

import type { About, Sentence, View } from '../host';
import type { ViewId } from '../stores/workbench.svelte';

export const VIEW_OF: Record<View, ViewId> = { workbench: 'workbench', compare: 'compare', why: 'why', course: 'compare', combine: 'combine', flip: 'flip' };

/** A piece of a sentence; numbers stand apart from the words between them. */
export interface Piece {
  text: string;
  number: boolean;
}

/** "1,200", "0.6", "94%", "−3.1"; not the digits of a name such as "Q3". */
const NUMBER = /(?<![\p{L}\d.])[−-]?\d+(?:[.,]\d+)*%?(?![\p{L}\d])/gu;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(NUMBER)) {
    if (index > from) pieces.push({ text: text.slice(from, index), number: false });
    pieces.push({ text: found, number: true });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), number: false });
  return pieces;
}

/** The numbers of a sentence by the view that shows them: the one that is open first, then in their order. */
export function byView({ about }: Sentence, open: ViewId): { view: ViewId; about: About[] }[] {
  const found: { view: ViewId; about: About[] }[] = [];
  for (const one of about) {
    const view = VIEW_OF[one.view];
    const there = found.find((group) => group.view === view);
    if (there) there.about.push(one);
    else found.push({ view, about: [one] });
  }
  return found.sort((a, b) => Number(b.view === open) - Number(a.view === open));
}
