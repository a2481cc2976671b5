// Keeps pictures of every view, light and dark, in two sizes of the window:
//   node scripts/pictures.js [FOLDER] [VIEW...]
// FOLDER is docs/pictures if none is named. The app must be built.

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { App, ROOT } from '../tests/window/support/app.js';
import { until } from '../tests/window/support/until.js';
import { SCENES } from './scenes.js';

// The window's packages are the only ones that are installed.
const sharp = createRequire(join(ROOT, 'ui/package.json'))('sharp');

const PATIENCE_SECONDS = 120;
/** Longer than any movement of the window. */
const MOVED_MILLISECONDS = 900;
const SIZES = [
  [1280, 800],
  [1920, 1080],
];
const [folder = join(ROOT, 'docs/pictures'), ...wanted] = process.argv.slice(2);
const scenes = SCENES.filter((scene) => wanted.length === 0 || wanted.includes(scene.name));

await mkdir(resolve(folder), { recursive: true });
for (const scene of scenes) {
  const [width, height] = SIZES[0];
  const app = await App.open({ study: scene.study, width, height });
  try {
    await scene.reach(app);
    for (const colours of ['light', 'dark']) {
      await wear(app, colours);
      for (const [wide, high] of SIZES) {
        await app.window.size(wide, high);
        await still(app);
        const file = join(folder, `${scene.name}-${colours}-${wide}.png`);
        await writeFile(file, await small(await app.window.picture()));
        console.log(file);
      }
    }
  } finally {
    await app.close();
  }
}

/** The same picture in a quarter of the bytes: the window has few colours. */
function small(picture) {
  return sharp(picture).png({ palette: true, colours: 256, dither: 0, effort: 8, compressionLevel: 9 }).toBuffer();
}

/** By the window's own switch; a stage or a film has none, but is drawn in the root's colours too. */
function wear(app, colours) {
  return app.window.run(
    `const root = document.documentElement;
    if (root.dataset.theme !== arguments[0]) document.querySelector('[data-testid="theme"]')?.click();
    root.dataset.theme = arguments[0];`,
    colours,
  );
}

/** Results are in, fonts are loaded, news is gone and nothing moves any more. */
async function still(app) {
  await until(
    'the results are in',
    async () => {
      const state = await app.window.run(`return document.querySelector('[data-testid="run-state"]')?.textContent ?? ''`);
      return !state.startsWith('running');
    },
    PATIENCE_SECONDS,
  );
  await until('no news is left', () =>
    app.window.run(`
      const news = [...document.querySelectorAll('[data-testid="toast"] button')];
      news.forEach((button) => button.click());
      return news.length === 0;
    `),
  );
  await new Promise((resolve) => setTimeout(resolve, MOVED_MILLISECONDS));
}
