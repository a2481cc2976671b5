import type { Component } from 'svelte';
import type { StudyView } from '../host';
import type { Workbench } from '../stores/workbench.svelte';
import PresentView from './Present.svelte';
import ReplayView from './Replay.svelte';
import CombineViewOf from './Combine.svelte';
import CompareViewOf from './Compare.svelte';
import FlipViewOf from './Flip.svelte';
import RankViewOf from './Rank.svelte';
import WhyViewOf from './Why.svelte';
import WorkbenchView from './Workbench.svelte';

export interface ViewProps {
  bench: Workbench;
  study: StudyView;
}

/** Every view of an open study, in the order of the bar. */
export const VIEWS = [
  { id: 'workbench', component: WorkbenchView },
  { id: 'compare', component: CompareViewOf },
  { id: 'why', component: WhyViewOf },
  { id: 'rank', component: RankViewOf },
  { id: 'combine', component: CombineViewOf },
  { id: 'flip', component: FlipViewOf },
  { id: 'replay', component: ReplayView },
  { id: 'present', component: PresentView },
] as const satisfies readonly {
  id: string;
  component: Component<ViewProps>;
}[];
