// One year on the map: it plays, stops, jumps, and keeps pace with hundreds of items.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

let app;
before(async () => {
  // The largest of the shipped studies; few years, so that nothing but the replay keeps the machine busy.
  const text = await readFile(join(ROOT, 'scenarios/standard-organisation.toml'), 'utf8');
  const study = join(scratch('replay'), 'study.toml');
  await writeFile(study, text.replace(/^replications = .*$/m, 'replications = 64'));
  app = await App.open({ name: 'replay', study });
});
after(() => app?.close());

const clock = () => app.text('replay-clock');
const week = async () => Number(/Week (\d+)/.exec(await clock())?.[1]);
const onTheWay = () => app.window.run(`return Number(document.querySelector('[data-testid="replay-stage"] canvas').dataset.onTheWay)`);

/** Milliseconds between frames, for so many seconds. */
const frames = (seconds) =>
  app.window.run(
    `return new Promise((tell) => {
      const took = [];
      let last = performance.now();
      const end = last + arguments[0] * 1000;
      const frame = (now) => {
        took.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
        else tell(took.slice(1));
      };
      requestAnimationFrame(frame);
    })`,
    seconds,
  );

function told(took) {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  return `${took.length} frames, half within ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`;
}

test('the view plays a typical year by itself', async () => {
  await until('the run settles', async () => (await app.text('run-state', 120)).startsWith('settled'), 120);
  await app.click('view-replay');
  await app.get('replay-play', 60);
  assert.match(await app.text('replay-year'), /^Year [\d,]+: the middle one of 64/);
  const before = await week();
  await until('time passes', async () => (await week()) > before);
});

test('hundreds of items move, frame after frame', async () => {
  const all = await app.get('replay-stream');
  await app.window.run('arguments[0].value = ""; arguments[0].dispatchEvent(new Event("change", { bubbles: true }))', all);
  await app.click('pace-60');
  await until('hundreds are on the map', async () => (await onTheWay()) >= 200);
  const took = await frames(4);
  console.log(`${await onTheWay()} items on the way; ${told(took)}`);
  assert.ok(took.length > 4, 'the window draws while the year plays');
  await app.picture('playing');
});

test('space stops it and plays it again, and the time of the year stands still meanwhile', async () => {
  await app.window.run('document.activeElement.blur()');
  await app.window.press(' ');
  const stopped = await clock();
  // What the machine gives a window that draws nothing, beside what playing took.
  console.log(`paused; ${told(await frames(2))}`);
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(await clock(), stopped);
  assert.match(await app.text('replay-summary'), /changes have arrived, .* on their way/);
  await app.window.press(' ');
  await until('it goes on', async () => (await clock()) !== stopped);
  await app.window.press(' ');
});

test('arrows go by weeks, Home and End to the ends', async () => {
  await app.window.press(Key.home);
  assert.equal(await clock(), 'Week 1, Monday');
  await app.window.press(Key.right);
  await app.window.press(Key.right);
  assert.equal(await clock(), 'Week 3, Monday');
  await app.window.press(Key.left);
  assert.equal(await clock(), 'Week 2, Monday');
  await app.window.press(Key.end);
  assert.equal(await week(), 52);
  await app.picture('end');
});

test('where nothing may move by itself, a year goes on week by week, when asked', async () => {
  await app.window.press(Key.control, ',');
  await app.window.run('arguments[0].click()', await app.get('motion-reduced'));
  await app.window.press(Key.escape);
  await app.window.press(Key.home);
  const begun = await clock();
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(await clock(), begun);
  assert.equal(await app.window.one('[data-testid="replay-play"]'), null);
  await app.click('replay-on');
  assert.equal(await clock(), 'Week 2, Monday');
  await app.window.run('return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  const drawn = await onTheWay();
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.deepEqual([await clock(), await onTheWay()], ['Week 2, Monday', drawn]);
  await app.click('replay-back');
  assert.equal(await clock(), begun);
  await app.picture('calm');
  await app.window.press(Key.control, ',');
  await app.window.run('arguments[0].click()', await app.get('motion-system'));
  await app.window.press(Key.escape);
});

test('another year can be chosen by its number', async () => {
  const field = await app.get('year-number');
  await app.window.run('arguments[0].value = 3; arguments[0].dispatchEvent(new Event("change", { bubbles: true }))', field);
  await until('year 3 is played', async () => /^Year 3\b/.test(await app.text('replay-year')));
});

test('a what-if plays beside the baseline with the same luck', async () => {
  await (await until('there is a what-if', () => app.window.one('.tab.what-if'))).click();
  await app.get('film-what-if', 60);
  assert.match(await app.text('replay-year'), /same luck for both$/);
  await app.click('film-baseline');
  await until('the baseline is chosen', () => app.window.run(`return document.querySelector('[data-testid="film-baseline"] input').checked`));
  await app.picture('both');
});
