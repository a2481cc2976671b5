import type { Role } from '../host';

/** The class that colours a series: grey for the baseline, the accent for the what-if. */
export function roleClass(role: Role): 'baseline' | 'what-if' {
  return role === 'whatIf' ? 'what-if' : 'baseline';
}
