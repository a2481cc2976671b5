// Finding things by words typed: every word must occur somewhere, in any order.

const fold = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** How well a text answers a search; null when it does not. Lower is better. */
export function rank(search: string, ...texts: string[]): number | null {
  const words = fold(search).split(/\s+/).filter((word) => word !== '');
  const fields = texts.map(fold);
  let score = 0;
  for (const word of words) {
    const found = fields.findIndex((field) => field.includes(word));
    if (found < 0) return null;
    const begins = new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u').test(fields[found] ?? '');
    score += found * 2 + (begins ? 0 : 1);
  }
  return score;
}

/** What answers a search, best first; of equals the order stays. */
export function search<Thing>(things: readonly Thing[], words: string, texts: (thing: Thing) => string[]): Thing[] {
  return things
    .map((thing, at) => ({ thing, at, score: rank(words, ...texts(thing)) }))
    .filter((found): found is typeof found & { score: number } => found.score !== null)
    .sort((a, b) => a.score - b.score || a.at - b.at)
    .map((found) => found.thing);
}
