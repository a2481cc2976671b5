// A kill in the middle of editing loses nothing, and nothing is overwritten without being asked.

import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const SHIPPED = join(ROOT, 'scenarios/siloed-to-integrated.toml');
const LEVER = 'lever-release-rhythm';

const home = scratch('home');
const file = join(scratch('study'), 'study.toml');
let app;
after(() => app?.close());

const value = (id) => app.get(id).then((lever) => lever.attribute('aria-valuetext'));
const names = () => app.window.run(`return [...document.querySelectorAll('[role=tab].what-if')].map((tab) => tab.innerText)`);

let made;

test('the tour is there on the first start, and its end is remembered', async () => {
  await copyFile(SHIPPED, file);
  app = await App.open({ name: 'recovery', study: file, home });
  await app.get('tour');
  await app.picture('tour');
  for (let step = 0; step < 5; step++) await app.click('tour-next');
  await until('the tour is over', async () => !(await app.window.one('[data-testid="tour"]')));
});

test('the app is killed in the middle of editing', async () => {
  const lever = await app.get(LEVER);
  await lever.click();
  await app.window.press(Key.right);
  await until('the move is made', async () => (await names()).length > 5);
  await app.window.press(Key.right);
  await until('and the next', async () => (await value(LEVER)) !== 'monthly' && (await value(LEVER)) !== 'fortnightly');
  // The tab is named after the lever once the move has been made, and not only shown under the finger.
  await until('the move is made', async () => (await names()).at(-1).includes(await value(LEVER)));
  made = { value: await value(LEVER), names: await names() };
  await app.click('view-compare');
  await app.get('compare-choose');
  await app.kill();
  await app.close();
  assert.equal(await readFile(file, 'utf8'), await readFile(SHIPPED, 'utf8'), 'the file is as it was');
});

test('the next start offers what was not saved, and opening it loses nothing', async () => {
  app = await App.open({ name: 'recovered', study: file, home });
  await app.get('recovered');
  await app.picture('offered');
  assert.equal(await app.window.one('[data-testid="tour"]'), null);
  await app.click('recovered-open');
  await until('the what-if is back', async () => (await names()).length === made.names.length);
  assert.deepEqual(await names(), made.names);
  assert.equal(await (await app.window.all('[role=tab].what-if')).at(-1).attribute('aria-selected'), 'true', 'it opens on the what-if that was shown');
  await app.get('compare-choose');
  await app.click('view-workbench');
  await until('its lever stands where it was put', async () => (await value(LEVER)) === made.value);
  assert.ok(await app.get('unsaved'));
  assert.equal(await readFile(file, 'utf8'), await readFile(SHIPPED, 'utf8'), 'opening writes nothing');
});

test('saved, it is not offered again, and the file is among the recent ones', async () => {
  await app.click('save');
  await until('it is saved', async () => !(await app.window.one('[data-testid="unsaved"]')));
  await app.close();
  app = await App.open({ name: 'saved', home });
  await app.get('open');
  await app.window.press(Key.control, 'k');
  await until('the study is among the recent ones', () => app.window.one(`[data-testid="entry-recent-${file}"]`));
  assert.equal(await app.window.one('[data-testid="recovered"]'), null);
});
