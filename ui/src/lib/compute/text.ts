// Text widths by class of letter, in ems of Inter. Measuring in the page would tie the layout to a
// window; these are within a few percent, and layouts leave that much room.

const NARROW = /[iljtfrI.,:;'|!()[\]\s]/;
const WIDE = /[mwMW@%—…]/;
const CAPITAL = /[A-Z0-9&→+−–]/;

export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const letter of text) {
    if (NARROW.test(letter)) ems += 0.31;
    else if (WIDE.test(letter)) ems += 0.88;
    else if (CAPITAL.test(letter)) ems += 0.66;
    else ems += 0.57;
  }
  return ems * size * (bold ? 1.05 : 1);
}

export function truncate(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  let kept = text;
  while (kept.length > 1 && textWidth(`${kept}…`, size, bold) > width) kept = kept.slice(0, -1);
  // A word that only joins says nothing at the end.
  return `${kept.trimEnd().replace(/ (?:and|of|the|to)$/, '')}…`;
}

/** Breaks at spaces and hyphens into at most `limit` lines; what does not fit ends in "…". */
export function wrap(text: string, width: number, limit: number, size: number, bold = false): string[] {
  const words = text.split(/(?<=-)|\s+/).filter((word) => word !== '');
  const lines: string[] = [];
  let rest = words;
  while (rest.length > 0 && lines.length < limit - 1) {
    let taken = 1;
    while (taken < rest.length && textWidth(join(rest.slice(0, taken + 1)), size, bold) <= width) taken++;
    if (taken === rest.length) break;
    lines.push(truncate(join(rest.slice(0, taken)), width, size, bold));
    rest = rest.slice(taken);
  }
  lines.push(truncate(join(rest), width, size, bold));
  return lines;
}

function join(words: string[]): string {
  return words.join(' ').replaceAll('- ', '-');
}
