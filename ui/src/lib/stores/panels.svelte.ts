import type { ColleagueView, RecoveredView, WhatIfForm } from '../host';

/** What lies over the window and waits for the person. */
export type Panel =
  | { kind: 'palette' }
  | { kind: 'keys' }
  | { kind: 'settings' }
  | { kind: 'tour' }
  | { kind: 'whatIf'; form: WhatIfForm }
  | { kind: 'colleague'; theirs: ColleagueView }
  | { kind: 'recovered'; found: RecoveredView[] }
  | { kind: 'wayOut'; lever: string; position: number; option: string; refused: string; moves: string };
