// Opens a study on a virtual screen, waits for its results, and keeps a picture of the window:
//   node scripts/picture.js STUDY PICTURE

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { App } from '../tests/window/support/app.js';
import { until } from '../tests/window/support/until.js';

const PATIENCE_SECONDS = 120;

const [study, picture] = process.argv.slice(2);
const app = await App.open({ study });
try {
  await until(
    'the results are in',
    async () => (await app.text('run-state', PATIENCE_SECONDS)).startsWith('settled'),
    PATIENCE_SECONDS,
  );
  await mkdir(dirname(picture), { recursive: true });
  await writeFile(picture, await app.window.picture());
} finally {
  await app.close();
}
