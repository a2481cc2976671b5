// What-ifs side by side, all their combinations, and what becomes of them, in the real window.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { App } from './support/app.js';
import { fewYears } from './support/few.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

/** On a busy machine of two cores. */
const PATIENCE_SECONDS = 60;

let app;
before(async () => {
  app = await App.open({ name: 'compare', study: await fewYears(scratch('compare')) });
});
after(() => app?.close());

const there = async (id) => (await app.window.one(`[data-testid="${id}"]`)) !== null;
const tabs = async () => (await app.window.all('[role="tab"]')).length;
const ended = (view) => until(`${view} is worked out`, async () => !(await there(`${view}-cancel`)), PATIENCE_SECONDS);

test('four what-ifs stand beside the baseline, without being asked', async () => {
  await app.click('view-compare');
  await app.get('compare-table', PATIENCE_SECONDS);
  await ended('compare');
  assert.match(await app.text('compare-lead-canary'), /^−\d+ days \d+ → \d+$/);
  assert.match(await app.text('compare-row-incidents-per-100'), /^Incidents per 100 changes \d+/);
  assert.equal(await there('compare-column-integrated'), false, 'four at most');
  assert.ok((await app.text('compare-worse-no-board')).length > 0, 'never empty');
  await until('the quarters are played', async () => /week|quarter/.test(await app.text('compare-dip-canary')), PATIENCE_SECONDS);
  await app.picture('settled');
});

test('another choice is worked out by itself', async () => {
  await app.click('compare-choose');
  await app.click('compare-choose-self-service');
  await app.click('compare-choose-integrated');
  await app.get('compare-column-integrated', PATIENCE_SECONDS);
  assert.equal(await there('compare-column-self-service'), false);
  await ended('compare');
});

test('a sentence leads to its number', async () => {
  await app.window.press(Key.escape);
  const said = await until('something is said', () => app.window.one('[data-testid^="compare-said-"] button'), PATIENCE_SECONDS);
  await app.window.run('arguments[0].click()', said);
  await until('the focus is on a marked cell', () => app.window.run(`return document.activeElement.matches('[data-testid="compare-table"] [data-pointed]')`));
  await app.picture('pointed');
});

test('what is essential of four what-ifs is seen at once', async () => {
  const rows = (ids) => app.window.run(`
    const body = document.querySelector('main .body').getBoundingClientRect();
    const foot = document.querySelector('[data-testid="compare-table"] tfoot').getBoundingClientRect();
    return arguments[0].map((id) => {
      const { top, bottom } = document.querySelector('[data-testid="' + id + '"]').getBoundingClientRect();
      return top >= body.top && bottom <= foot.top + 1;
    })`, ids);
  const essential = ['compare-lead-canary', 'compare-row-delivered', 'compare-row-harm', 'compare-worse-canary', 'compare-dip-canary', 'compare-why-canary', 'compare-flips-canary'];
  await app.window.run(`document.querySelector('main .body').scrollTop = 0`);
  assert.deepEqual(await rows(essential), essential.map(() => true));
});

test('quarter by quarter, a dip is told', async () => {
  // The radio button itself is out of sight; its label is what is pressed.
  await app.window.run('arguments[0].click()', await app.get('compare-way-quarters'));
  await until('the way is told', async () => /[Ll]onger until|worse first/.test(await app.text('path-canary', PATIENCE_SECONDS)), PATIENCE_SECONDS);
  await app.picture('quarters');
  await app.window.run('arguments[0].click()', await app.get('compare-way-settled'));
});

test('what is adopted is the baseline, and undo takes it back', async () => {
  const before = await tabs();
  await app.window.run('arguments[0].click()', await app.get('compare-adopt-canary', PATIENCE_SECONDS));
  await until('the what-if is gone', async () => !(await there('tab-canary')));
  await app.click('undo');
  await until('the what-if is back', async () => (await tabs()) === before);
});

test('all combinations are tried, and one becomes a what-if', async () => {
  await app.click('view-combine');
  await app.click('combine-begin');
  await app.get('combine-front', PATIENCE_SECONDS);
  await ended('combine');
  assert.match(await app.text('combine-sentence'), /^Of \d+ combinations, \d+ (is|are) worth considering: /);
  await app.picture('combined');
  const before = await tabs();
  const make = await app.window.one('[data-testid^="combine-make-"]');
  await app.window.run('arguments[0].click()', make);
  await until('there is a tab more', async () => (await tabs()) === before + 1);
  const shown = await app.window.one('[role="tab"][aria-selected="true"]');
  assert.match(await shown.text(), / \+ /);
});

test('cancel ends it, and what was found before stays', async () => {
  await app.click('combine-begin');
  await app.click('combine-cancel');
  await ended('combine');
  assert.ok(await there('combine-front'));
});
