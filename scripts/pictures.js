// Keeps pictures of every view, light and dark, in two sizes of the window:
//   node scripts/pictures.js [FOLDER] [VIEW...]
// FOLDER is docs/pictures if none is named. The app must be built.

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { App, ROOT } from '../tests/window/support/app.js';
import { SCENES } from './scenes.js';

// The window's packages are the only ones that are installed.
const sharp = createRequire(join(ROOT, 'ui/package.json'))('sharp');

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
  return sharp(picture).png({ palette: true, colours: 96, dither: 0, effort: 8, compressionLevel: 9 }).toBuffer();
}

/** The colours are the root's: a view that hides the switch can be drawn in both. */
function wear(app, colours) {
  return app.window.run('document.documentElement.dataset.theme = arguments[0]', colours);
}
