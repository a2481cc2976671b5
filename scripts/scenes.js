// The views of the app that are worth a picture, and how to reach each.

import { join } from 'node:path';
import { ROOT } from '../tests/window/support/app.js';
import { until } from '../tests/window/support/until.js';

const SILOED = join(ROOT, 'scenarios/siloed-to-integrated.toml');
const PATIENCE_SECONDS = 120;

/** The run of what is shown has settled. */
export async function settled(app) {
  await until(
    'the results are in',
    async () => (await app.text('run-state', PATIENCE_SECONDS)).startsWith('settled'),
    PATIENCE_SECONDS,
  );
}

export const SCENES = [
  { name: 'start', reach: (app) => app.get('open') },
  { name: 'workbench-baseline', study: SILOED, reach: settled },
  {
    name: 'workbench',
    study: SILOED,
    reach: async (app) => {
      await app.click('tab-integrated');
      await settled(app);
    },
  },
];
