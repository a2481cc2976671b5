import type { Component } from 'svelte';
import type { StudyView } from '../host';
import type { Workbench } from '../stores/workbench.svelte';

export interface ViewProps {
  bench: Workbench;
  study: StudyView;
}

/** Every view of an open study, in the order of the bar; each is loaded when it is first asked for. */
export const VIEWS = [
  { id: 'workbench', load: () => import('./Workbench.svelte') },
  { id: 'compare', load: () => import('./Compare.svelte') },
  { id: 'why', load: () => import('./Why.svelte') },
  { id: 'rank', load: () => import('./Rank.svelte') },
  { id: 'combine', load: () => import('./Combine.svelte') },
  { id: 'flip', load: () => import('./Flip.svelte') },
  { id: 'replay', load: () => import('./Replay.svelte') },
  { id: 'present', load: () => import('./Present.svelte') },
] as const satisfies readonly {
  id: string;
  load: () => Promise<{ default: Component<ViewProps> }>;
}[];
