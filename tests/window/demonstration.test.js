// The demonstration: what a coach shows a room with the siloed study, from start to end. Every figure that
// is asserted is what the engine says; the story follows it and not the other way round.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const PATIENCE = 90;

let app;
before(async () => {
  const text = await readFile(join(ROOT, 'scenarios/siloed-to-integrated.toml'), 'utf8');
  const study = join(scratch('demonstration'), 'study.toml');
  // Half the years say the same, in half the time.
  await writeFile(study, text.replace(/^replications = .*$/m, 'replications = 512'));
  app = await App.open({ name: 'demonstration', study });
});
after(() => app?.close());

const still = async () => (await app.text('run-state', PATIENCE)).startsWith('settled');
const soon = () => new Promise((resolve) => setTimeout(resolve, 400));

/** The run of what is set has settled: a move that was still on its way would have begun another. */
const settled = () => until('the run settles', async () => (await still()) && (await soon(), await still()), PATIENCE);

/** The days within which 85 of 100 changes arrive: of the baseline, and of the what-if. */
async function days() {
  await settled();
  const found = (await app.text('lead-time-headline')).match(/[\d.,]+/g).map((number) => Number(number.replace(',', '')));
  return { before: found[0], after: found[1] };
}

/** A row of numbers: the baseline's, and the what-if's. */
async function row(id) {
  const found = (await app.text(`row-${id}`)).match(/[\d.,]+(?= |$)/g).map(Number);
  return { before: found.at(-2), after: found.at(-1) };
}

async function baseline() {
  await app.click('tab-baseline');
  await until('the baseline is shown', async () => (await (await app.get('tab-baseline')).attribute('aria-selected')) === 'true');
}

const said = async (lever) => (await app.get(`lever-${lever}`)).attribute('aria-valuetext');

/** Moves a lever by keys until it says what is wanted. */
async function move(lever, wanted, ...keys) {
  const done = await (await app.get('undo')).attribute('title');
  for (const key of keys) {
    const before = await said(lever);
    if (before === wanted) break;
    await app.window.run('arguments[0].focus()', await app.get(`lever-${lever}`));
    await app.window.press(key);
    await until(`${lever} moves`, async () => (await said(lever)) !== before);
  }
  assert.equal(await said(lever), wanted);
  await until(`the move of ${lever} is made`, async () => (await (await app.get('undo')).attribute('title')) !== done);
}

let ready;

test('a year plays in fifteen seconds, and changes pile up before the release train', async () => {
  await settled();
  await app.click('view-replay');
  await app.get('replay-play', 60);
  await app.click('pace-15');
  await app.window.run('document.activeElement.blur()');
  await app.window.press(Key.home);
  const began = Date.now();
  await until('the year is over', async () => (await app.text('replay-play')) === 'Play', 60);
  const took = (Date.now() - began) / 1000;
  assert.ok(took > 13 && took < 40, `${took} s`);
  await app.window.press(Key.home);
  for (let week = 1; week < 20; week++) await app.window.press(Key.right);
  await until('the pile is told', async () => /Most wait at Release train: \d+/.test(await app.text('replay-summary')));
  await app.picture('year');
});

test('“What would you buy?” Developers; the room guesses 30 days', async () => {
  await app.click('view-workbench');
  await settled();
  await app.window.run('document.activeElement.blur()');
  await app.window.press('p');
  await until('the curtain is down', async () => (await app.text('verdict')) === 'What do you expect?');
  const guess = await app.get('guess');
  await app.window.run('arguments[0].focus()', guess);
  const value = async () => Number(await (await app.get('guess')).attribute('aria-valuenow'));
  for (let press = 0; press < 120 && (await value()) > 30.7; press++) await app.window.press(Key.left);
  assert.ok(Math.abs((await value()) - 30) <= 1, `${await value()}`);
  await app.picture('guess');
  await move('people/app', '3 people', Key.right, Key.right, Key.right);
  await settled();
  assert.doesNotMatch(await app.text('lead-time-headline'), /→/, 'the curtain hides what came of it');
  await app.picture('curtain');
});

test('three more developers: as much is delivered, and it takes as long', async () => {
  await app.window.run('document.activeElement.blur()');
  await app.window.press('p');
  const { before, after } = await days();
  assert.ok(after > 2 * 30, `${after} days, and not the 30 that were guessed`);
  assert.ok(after > 0.9 * before, `${before} → ${after} days`);
  const delivered = await row('delivered');
  assert.equal(delivered.after, delivered.before);
  assert.match(await app.text('verdict'), /too small to matter|stay/i);
  await app.picture('developers');
});

test('the weekly board, before a monthly train: taking it away saves nothing', async () => {
  await baseline();
  await move('approval', 'none', Key.home);
  const { before, after } = await days();
  assert.ok(after > 0.95 * before, `${before} → ${after} days`);
  await app.picture('no-board');
});

test('releasing when ready makes it worse as long as each release is work by hand', async () => {
  await baseline();
  await move('release-rhythm', 'when ready', Key.end);
  const { before, after } = await days();
  assert.ok(after > 1.1 * before, `${before} → ${after} days`);
  ready = { before, after };
  await app.picture('when-ready');
});

test('both, releases automated and when ready, save more than the sum of the two', async () => {
  await baseline();
  await move('delivery-automation', 'automated, traffic returns by itself', Key.end);
  const automated = await days();
  assert.ok(automated.after < automated.before, `${automated.before} → ${automated.after} days`);
  await move('release-rhythm', 'when ready', Key.end);
  const both = await days();
  const saved = ({ before, after }) => before - after;
  assert.ok(saved(both) > saved(ready) + saved(automated), `${saved(both)} > ${saved(ready)} + ${saved(automated)}`);
  assert.ok(both.after < 0.85 * both.before, `${both.before} → ${both.after} days`);
  await app.picture('both');
});

test('the risk officer’s question: with a canary that stops itself the harm hours collapse', async () => {
  const without = await row('harm');
  await move('observability', 'alerts', Key.right, Key.right);
  await move('strategy', 'canary that stops itself', Key.end);
  await settled();
  const harm = await row('harm');
  assert.ok(harm.after < 0.5 * harm.before, `${harm.before} → ${harm.after} harm hours`);
  assert.ok(harm.after < 0.5 * without.after, `${without.after} → ${harm.after} harm hours`);
  await app.picture('canary');
});

test('a sceptic disagrees: the choice holds, and turns around at a stated value', async () => {
  await app.click('assumed');
  await (await app.get('dispute-search')).type('testing effort mean');
  await app.click('number-streams.release.stages.testing.effort.mean');
  await (await app.get('dispute-who')).type('The head of QA');
  await (await app.get('dispute-value')).type('12');
  await app.click('dispute-settle');
  const outcome = await app.text('dispute-outcome', PATIENCE);
  await app.picture('disagree');
  assert.equal(outcome, 'The choice holds.');
  const turns = /^It turns around at ([\d.]+) hours of work\.$/.exec(await app.text('dispute-sentence-3'));
  assert.ok(turns, await app.text('dispute-sentence-3'));
  assert.ok(Number(turns[1]) > 12, turns[0]);
  await app.click('dispute-close');
});

test('one page on screen, with the assumptions in its footer', async () => {
  await settled();
  await app.window.run('document.activeElement.blur()');
  await app.window.press(Key.control, 'd');
  await app.click('view-present');
  await app.click('present-start');
  await until('the finding is on screen', async () => /days/.test(await app.text('present-title')));
  await until('the footer tells what is assumed', async () => /Assumed: [\d,]+ of [\d,]+ numbers/.test(await app.text('footer')));
  await app.picture('page');
  await app.window.press(Key.escape);
  await app.get('present-start');
});
