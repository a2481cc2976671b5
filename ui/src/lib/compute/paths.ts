import type { FileKind } from '../host';

/** Adds the first kind's extension where the person typed none that is offered. */
export function withExtension(path: string, kinds: readonly FileKind[]): string {
  const known = kinds.flatMap((kind) => kind.extensions);
  const lower = path.toLowerCase();
  if (known.some((extension) => lower.endsWith(`.${extension}`))) return path;
  return known[0] ? `${path}.${known[0]}` : path;
}

/** A file name from a study's name: "Payments, 2027" is payments-2027. */
export function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain || 'study';
}
