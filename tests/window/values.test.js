// What has no name of its own, and lists, are changed under More by keyboard, with a chip that takes it back.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const RETURNED = 'streams.release.stages.testing.returns.development.probability';
const SEASON = 'streams.release.demand.change.season';

let app;
before(async () => {
  app = await App.open({ name: 'values', study: join(ROOT, 'scenarios/siloed-to-integrated.toml') });
  await app.click('open-more');
});
after(() => app?.close());

const inRow = (path, css) => app.window.one(`[data-testid="parameter-${path}"] ${css}`);

async function search(words) {
  const field = await app.get('more-search');
  await field.click();
  await app.window.press(Key.control, 'a');
  await field.type(words);
}

/** Types into the field of a value, in place of what stands there. */
async function give(path, text) {
  const field = await until(`${path} is listed`, () => inRow(path, 'input'));
  await field.click();
  await app.window.press(Key.control, 'a');
  await field.type(text);
  await app.window.press(Key.enter);
}

test('a return is found by its words, changed, and taken back', async () => {
  await search('sent back');
  await give(RETURNED, '25');
  const chip = await app.get(`chip-${RETURNED}`, 30);
  assert.match(await chip.text(), /was 15%/);
  await app.picture('returned');
  await chip.click();
  await until('the chip is gone', async () => !(await app.window.one(`[data-testid="chip-${RETURNED}"]`)));
});

test('a list says what is wrong with it, and takes what is right', async () => {
  await search('season');
  await give(SEASON, '1, much, 2');
  const wrong = await until('it says so', () => inRow(SEASON, '[role="alert"]'));
  assert.match(await wrong.text(), /“much” is no number/);
  await app.picture('wrong');
  await give(SEASON, '1 1 1 1 1 1 0.5 0.5 1 1 1 1');
  const chip = await app.get(`chip-${SEASON}`, 30);
  assert.match(await chip.text(), /was none/);
  await app.picture('season');
});
