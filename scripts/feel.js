// Measures how the window feels: from a lever's move to the first picture of its result, and the frames that take
// long while a run streams. Prints, and judges nothing:
//   node scripts/feel.js [STUDY] [MOVES]
// MILLRACE_APP names another build of the app than the one that the tests use.

import { App, ROOT } from '../tests/window/support/app.js';
import { join } from 'node:path';
import { until } from '../tests/window/support/until.js';
import { Key } from '../tests/window/support/webdriver.js';

const PATIENCE_SECONDS = 120;
const LEVER = '[data-testid="lever-release-rhythm"]';

const study = process.argv[2] ?? join(ROOT, 'scenarios/three-products.toml');
const moves = Number(process.argv[3] ?? 8);
const app = await App.open({ study });

const settled = () =>
  until(
    'the run settles',
    async () => (await app.text('run-state', PATIENCE_SECONDS)).startsWith('settled'),
    PATIENCE_SECONDS,
  );

/** Starts the clocks: key presses, painted results, and the time between frames. */
const watch = () =>
  app.window.run(`
    window.feel = { pressed: 0, pictures: [], frames: [] };
    addEventListener('keydown', () => {
      feel.pressed = performance.now();
      feel.waiting = true;
    }, true);
    const result = document.querySelector('.result');
    new MutationObserver(() => {
      if (!feel.waiting || document.querySelector('.verdict.stale')) return;
      feel.waiting = false;
      const { pressed } = feel;
      requestAnimationFrame(() => setTimeout(() => feel.pictures.push(performance.now() - pressed)));
    }).observe(result.parentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    let before = performance.now();
    const frame = (now) => {
      feel.frames.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  `);

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const show = (all) => all.map((x) => x.toFixed(0)).join(' ');

/** Milliseconds from the launch, the driver's own start included, to the first painted content. */
const opened = () =>
  app.window.run(`
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint ? performance.timeOrigin + paint.startTime - arguments[0] : null;
  `, app.launched);

try {
  await settled();
  console.log(`from launch to first painted content: ${(await opened())?.toFixed(0) ?? 'not told'} ms`);
  await watch();
  await app.window.run(`document.querySelector(arguments[0]).focus()`, LEVER);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const still = await app.window.run('return feel.frames.splice(0)');
  console.log(`frames at rest: ${still.length}, median ${median(still).toFixed(0)} ms, over 50 ms: ${still.filter((gap) => gap > 50).length}`);
  for (let move = 0; move < moves; move++) {
    // To one end of the lever and to the other: every move is one, wherever the thumb was.
    await app.window.press(move % 2 === 0 ? Key.home : Key.end);
    await until('a picture is painted', () => app.window.run('return feel.pictures.length > arguments[0]', move), 30);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  const { pictures, frames } = await app.window.run('return { pictures: feel.pictures, frames: feel.frames }');
  const long = frames.filter((gap) => gap > 50);
  console.log(`lever to first picture, ms: ${show(pictures)}; median ${median(pictures).toFixed(0)}`);
  console.log(`frames: ${frames.length}, over 50 ms: ${long.length}${long.length ? ` (${show(long)})` : ''}`);
} finally {
  await app.close();
}
