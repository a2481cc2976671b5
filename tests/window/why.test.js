// Why it is so, which lever moves most and what would turn a choice around, in the real window.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { App } from './support/app.js';
import { fewYears } from './support/few.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';

/** On a busy machine of two cores. */
const PATIENCE_SECONDS = 60;

let app;
before(async () => {
  app = await App.open({ name: 'why', study: await fewYears(scratch('why')) });
});
after(() => app?.close());

const there = async (id) => (await app.window.one(`[data-testid="${id}"]`)) !== null;
const tabs = async () => (await app.window.all('[role="tab"]')).length;
const ended = (view) => until(`${view} is worked out`, async () => !(await there(`${view}-cancel`)), PATIENCE_SECONDS);
const press = async (id) => app.window.run('arguments[0].click()', await app.get(id));

test('the baseline is explained, part by part, without being asked', async () => {
  await app.click('view-why');
  await app.get('why-blame', PATIENCE_SECONDS);
  await ended('why');
  assert.match(await app.text('why-sentences'), /^Of \d+ days, \d+ /);
  assert.match(await app.text('why-part-pipeline'), /^The pipeline \d+/);
  await app.picture('lead-time');
  await press('why-figure-incidents');
  await until('incidents are explained', async () => (await app.text('why-blame')).includes('incidents a month'));
  assert.match(await app.text('why-sentences'), /incidents a month/);
  await app.picture('incidents');
  await press('why-figure-leadTime');
});

test('a suspect’s number opens its place on the map, with its weeks', async () => {
  await press('why-see-gate/change-approval/wait');
  await until('the board is told about', async () => /Change board/.test(await app.text('inspector')));
  assert.match(await app.text('inspector'), /\d changes are at Change board/);
  await app.picture('place');
  await app.click('view-why');
});

test('what can be done about a suspect becomes a what-if, which is explained in its turn', async () => {
  const before = await tabs();
  const offered = await app.window.one('[data-testid^="why-make-"]');
  const name = (await offered.attribute('title')).trim();
  await app.window.run('arguments[0].click()', offered);
  await until('there is a tab more', async () => (await tabs()) === before + 1);
  const made = await (await app.window.one('[role="tab"][aria-selected="true"]')).text();
  assert.ok(made.includes(name), `${made}: ${name}`);
  await app.get('why-cancel', PATIENCE_SECONDS);
  await app.click('why-cancel');
  await until('it is ended', async () => !(await there('why-cancel')));
  await app.click('undo');
  await until('the tab is gone', async () => (await tabs()) === before);
});

test('the levers are ranked when asked, and a step becomes a what-if', async () => {
  await app.click('tab-baseline');
  await app.click('view-rank');
  assert.ok((await app.text('rank-empty')).length > 20);
  await app.click('rank-begin');
  await app.get('rank-table', PATIENCE_SECONDS);
  await ended('rank');
  assert.match(await app.text('rank-sentence'), /^Of \d+ days, /);
  await app.picture('ranked');
  const before = await tabs();
  await app.window.run('arguments[0].click()', await app.window.one('[data-testid^="rank-make-"]'));
  await until('there is a tab more', async () => (await tabs()) === before + 1);
});

test('numbers that would turn a choice around are told as they are found, until it is cancelled', async () => {
  await app.click('tab-canary');
  await until('the canary is shown', async () => (await (await app.get('tab-canary')).attribute('aria-selected')) === 'true');
  await app.click('view-flip');
  await app.click('flip-begin');
  const told = await app.text('flip-sentence', PATIENCE_SECONDS);
  assert.ok(told.length > 10, told);
  await app.picture('flipping');
  await app.click('flip-cancel');
  await until('it is ended', async () => !(await there('flip-cancel')));
  assert.ok(await there('flip-sentence'), 'what was found stays');
});
