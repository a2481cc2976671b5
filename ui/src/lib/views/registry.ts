import type { Component } from 'svelte';
import type { StudyView } from '../host';
import type { Workbench } from '../stores/workbench.svelte';
import CombineView from './Combine.svelte';
import CompareView from './Compare.svelte';
import FlipView from './Flip.svelte';
import RankView from './Rank.svelte';
import WhyView from './Why.svelte';
import PresentView from './Present.svelte';
import ReplayView from './Replay.svelte';
import WorkbenchView from './Workbench.svelte';

export interface ViewProps {
  bench: Workbench;
  study: StudyView;
}

/** Every view of an open study, in the order of the bar. */
export const VIEWS = [
  { id: 'workbench', component: WorkbenchView },
  { id: 'compare', component: CompareView },
  { id: 'why', component: WhyView },
  { id: 'rank', component: RankView },
  { id: 'combine', component: CombineView },
  { id: 'flip', component: FlipView },
  { id: 'replay', component: ReplayView },
  { id: 'present', component: PresentView },
] as const satisfies readonly {
  id: string;
  component: Component<ViewProps>;
}[];
