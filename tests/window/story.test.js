// The first ten minutes, in the real window: open a study, read it, try a what-if, keep the results.

import assert from 'node:assert/strict';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const SHIPPED = join(ROOT, 'scenarios/siloed-to-integrated.toml');
const LEVER = 'lever-release-rhythm';

/** A thousand years on a busy machine of two cores. */
const RUN_SECONDS = 60;

const folder = scratch('story');
let app;
before(async () => {
  await copyFile(SHIPPED, join(folder, 'study.toml'));
  app = await App.open({ name: 'story', study: join(folder, 'study.toml') });
  await app.window.run(`
    window.refused = [];
    addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  `);
});
after(() => app?.close());

/** What the window says once the run of the present levers has settled. */
async function settled() {
  await until(
    'the run settles',
    async () => (await app.text('run-state', RUN_SECONDS)).startsWith('settled'),
    RUN_SECONDS,
  );
  return {
    verdict: await app.text('verdict'),
    support: await app.text('support'),
    headline: await app.text('lead-time-headline'),
  };
}

/** Answers the next file dialogs. */
const choose = (...paths) => app.window.run('window.__millraceTestPaths = arguments[0]', paths);

/** A file, once it is written whole: two looks find the same size. */
async function written(path) {
  let size = -1;
  await until(`${path} is written`, async () => {
    const now = await stat(path).then((found) => found.size, () => -1);
    const done = now > 0 && now === size;
    size = now;
    return done;
  });
  return readFile(path);
}

const unsaved = async () => (await app.window.one('[data-testid="unsaved"]')) !== null;
let opened;

test('the study named on the command line opens, and its results settle', async () => {
  opened = await settled();
  assert.match(opened.headline, /\d/);
  assert.ok(opened.verdict.length > 10, opened.verdict);
  assert.equal(await unsaved(), false);
  await app.picture('opened');
});

let changed;
let made;
test('a lever moved by keyboard makes a what-if and changes the verdict', async () => {
  const lever = await app.get(LEVER);
  const position = await lever.attribute('aria-valuetext');
  await app.window.run('arguments[0].focus()', lever);
  await app.window.press(Key.right);
  await until('the lever moves', async () => {
    const now = await (await app.get(LEVER)).attribute('aria-valuetext');
    return now !== position;
  });
  await until('the verdict is rewritten', async () => (await app.text('verdict')) !== opened.verdict);
  changed = await settled();
  assert.notDeepEqual(changed, opened);
  assert.equal(await unsaved(), true);
  made = await (await app.window.one('[role="tab"][aria-selected="true"]')).attribute('data-testid');
  assert.notEqual(made, 'tab-baseline');
  await app.picture('lever-moved');
});

test('undo takes it back, to the last digit, and redo brings it again', async () => {
  await app.click('undo');
  await until('the old verdict returns', async () => (await app.text('verdict')) === opened.verdict, RUN_SECONDS);
  assert.deepEqual(await settled(), opened);
  await app.picture('undone');
  await app.click('redo');
  await until('the new verdict returns', async () => (await app.text('verdict')) === changed.verdict, RUN_SECONDS);
  assert.deepEqual(await settled(), changed);
});

test('a chart is saved as a picture, as vectors and as numbers', async () => {
  const path = (extension) => join(folder, `lead-time.${extension}`);
  for (const extension of ['png', 'svg', 'csv']) {
    await choose(path(extension));
    await app.click('save-chart-lead-time');
    await written(path(extension));
  }
  const png = await readFile(path('png'));
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  assert.equal(png.subarray(-8, -4).toString('latin1'), 'IEND');
  assert.ok(png.readUInt32BE(16) >= 1200, `${png.readUInt32BE(16)} pixels wide`);
  assert.ok(png.length > 20_000, `${png.length} bytes`);
  const svg = await readFile(path('svg'), 'utf8');
  assert.match(svg, /^(<\?xml[^>]*>\s*)?<svg\b/);
  assert.match(svg, /<\/svg>\s*$/);
  assert.ok(svg.length > 2_000, `${svg.length} characters`);
  const csv = await readFile(path('csv'), 'utf8');
  assert.ok(csv.trim().split('\n').length > 10, csv);
  await app.picture('charts-saved');
});

test('saved as another file, the study is clean and its first file is as it was', async () => {
  const copy = join(folder, 'copy.toml');
  await choose(copy);
  await app.click('save-as');
  await written(copy);
  await until('nothing is unsaved', async () => !(await unsaved()));
  assert.equal(await readFile(join(folder, 'study.toml'), 'utf8'), await readFile(SHIPPED, 'utf8'));
  await app.picture('saved-as');
});

test('a broken file is answered with its faults, and the open study stays', async () => {
  const broken = join(folder, 'broken.toml');
  const text = await readFile(SHIPPED, 'utf8');
  await writeFile(broken, text.replace(/^per_week = .*$/m, 'per_weak = 3').replace(/^weeks = .*$/m, 'weeks = "many"'));
  await choose(broken);
  await app.click('open');
  await app.get('fault-list');
  const faults = await app.window.all('[data-testid="fault-list"] li');
  await app.picture('faults');
  assert.ok(faults.length >= 2, `${faults.length} faults: ${await app.text('fault-list')}`);
  await app.click('close-faults');
  assert.deepEqual(await settled(), changed);
});

test('the saved study opens again as it was left', async () => {
  await choose(join(folder, 'study.toml'));
  await app.click('open');
  await until('the what-if is not in it', async () => !(await app.window.one(`[data-testid="${made}"]`)));
  await until('the first verdict is back', async () => (await app.text('verdict')) === opened.verdict, RUN_SECONDS);
  await choose(join(folder, 'copy.toml'));
  await app.click('open');
  await app.click(made);
  await until('the new verdict is back', async () => (await app.text('verdict')) === changed.verdict, RUN_SECONDS);
  assert.deepEqual(await settled(), changed);
  await app.picture('reopened');
});

test('nothing that the window did was refused by its content policy', async () => {
  assert.deepEqual(await app.window.run('return window.refused'), []);
});
