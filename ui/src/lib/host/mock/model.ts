// A handful of formulas in place of a simulation: enough for the picture to move the right way.

import { ALL_LEVERS, type Positions, positionOf } from './levers';

export interface Outcome {
  /** Days of mean lead time by where they are spent. */
  parts: { id: string; label: string; value: number }[];
  mean: number;
  incidents: number;
  harmHours: number;
  delivered: number;
  utilisation: { id: string; label: string; value: number }[];
}

export function outcome(set: Positions): Outcome {
  const at = (id: string): number => {
    const lever = ALL_LEVERS.find((candidate) => candidate.id === id);
    return (lever && positionOf(lever, set)) ?? 1;
  };
  const pick = (id: string, values: number[]): number => values[at(id)] ?? 0;

  const load = at('arrivals') / 100;
  const app = at('people/app');
  const infra = at('people/infrastructure');
  const size = pick('size', [0.4, 0.62, 1, 1.8]);
  const self = pick('infrastructure', [1, 0.62, 0.22, 0.06]);
  const busyInfra = 0.94 * load * self * (1 + 0.06 * app) * (4 / (4 + infra));
  const busyApp = 0.78 * load * (9 / (9 + app)) * (65 / at('focus'));
  const busyQa = 0.83 * load * pick('tests', [1.1, 1, 0.62, 0.35]);
  const queue = (busy: number): number => Math.min(40, (0.12 * busy) / Math.max(0.012, 1 - busy));

  const limit = pick('wip', [1, 0.75, 0.6, 0.55]);
  const board = pick('approval', [0, 0.05, 0.6, 1.4, 4.6]) * pick('scope', [1, 0.6, 0.3]);
  const rhythm = pick('rhythm', [44, 14.6, 7, 3.5, 0.2]);
  // Whoever leaves the board early waits for the train instead.
  const train = Math.max(0.2, rhythm - Math.min(board, rhythm) * 0.9 + 4.6 * 0.2);
  const handoff = pick('asking', [2.6, 1.8, 1, 0.5]);
  const urgent = 1 + 0.04 * at('urgent');
  const pace = 1 - 0.05 * at('improvement');

  const parts = [
    { id: 'touch', label: 'work', value: 0.9 * size },
    { id: 'waiting-app', label: 'app team', value: (queue(busyApp) + 2.4) * limit * urgent * size * pace },
    { id: 'platform', label: 'infrastructure', value: queue(busyInfra) * 3.9 * limit * pace },
    { id: 'handoff', label: 'handoffs', value: handoff },
    { id: 'waiting-qa', label: 'testing', value: (queue(busyQa) * 2.6 + 1) * limit * size * pace },
    { id: 'rework', label: 'rework', value: 1.1 * size * pick('tests', [1.3, 1, 0.8, 0.6]) },
    { id: 'board', label: 'board', value: board },
    { id: 'security', label: 'security', value: pick('security', [1.5, 0.6, 0.1]) },
    { id: 'train', label: 'release train', value: train },
    { id: 'deployment', label: 'deployment', value: pick('strategy', [0.1, 0.2, 0.3, 0.6, 0.6]) },
    { id: 'environment', label: 'environments', value: 0.8 * self },
  ];
  const mean = parts.reduce((sum, part) => sum + part.value, 0);
  const faults =
    3.1 * pick('tests', [1.15, 1, 0.72, 0.5]) * size ** 0.6 * pick('approval', [1.06, 0.94, 0.98, 1, 1]) *
    pick('ai', [0.95, 1, 1.25]) * pick('security', [1, 0.9, 0.8]) * load;
  const exposure = pick('strategy', [1.3, 1, 0.8, 0.34, 0.12]) * pick('undo', [1.6, 1, 0.5, 0.3]);
  return {
    parts,
    mean,
    incidents: faults,
    harmHours: faults * exposure * pick('observability', [7, 4.5, 2.4, 1.6]),
    delivered: 22 * Math.min(load, 1 / Math.max(1, busyInfra * 1.04)),
    utilisation: [
      { id: 'app', label: 'App team', value: busyApp },
      { id: 'infrastructure', label: 'Infrastructure', value: busyInfra },
      { id: 'platform', label: 'Platform', value: 0.52 * load },
      { id: 'qa', label: 'QA', value: busyQa },
      { id: 'production', label: 'Operations', value: 0.38 + 0.04 * faults },
    ],
  };
}

/** Fifty quantiles of a skewed distribution; `luck` shifts them while few years are done. */
export function quantiles(mean: number, spread: number, luck: number): number[] {
  return Array.from({ length: 50 }, (_, index) => {
    const z = normalQuantile((index + 0.5) / 50);
    return mean * Math.exp(spread * z - (spread * spread) / 2) * (1 + luck * Math.sin(index * 1.7 + luck * 90));
  }).sort((a, b) => a - b);
}

export function quantile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}

/** Good to three digits, after Hastings. */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
  return p < 0.5 ? -z : z;
}
