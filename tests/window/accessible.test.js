// axe-core finds nothing on any view, panel or the start screen, in light and in dark.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const STUDY = join(ROOT, 'scenarios/start-up.toml');
let axe;
let app;
before(async () => {
  axe = await readFile(join(ROOT, 'ui/node_modules/axe-core/axe.min.js'), 'utf8');
  app = await App.open({ name: 'accessible' });
  // The driver runs what the page itself may not.
  await app.window.run(`${axe}; window.axe = axe;`);
});
after(() => app?.close());

/** What is wrong with the window as it is: rule, and the elements it is about. */
function violations() {
  return app.window.run(`
    const settle = () => new Promise((done) => setTimeout(done, 60));
    return settle()
      .then(() => window.axe.run(document, { resultTypes: ['violations'] }))
      .then(({ violations }) => violations.map(({ id, nodes }) =>
        id + ': ' + nodes.slice(0, 4).map(({ html }) => html.slice(0, 140)).join(' | ')));
  `);
}

/** Looks in light and in dark. */
async function clean(where) {
  for (const theme of ['light', 'dark']) {
    await app.window.run('document.documentElement.dataset.theme = arguments[0]', theme);
    assert.deepEqual(await violations(), [], `${where}, ${theme}`);
  }
}

test('the start screen', () => clean('start'));

test('every view of an open study', async () => {
  await app.window.run('window.__millraceTestPaths = arguments[0]', [STUDY]);
  await app.click('open');
  await until('the first results are there', async () => /\d/.test(await app.text('lead-time-headline', 40)));
  await clean('workbench');
  const views = await app.window.run(
    `return [...document.querySelectorAll('[data-testid^="view-"]')].map((one) => one.dataset.testid)`,
  );
  for (const view of views) {
    await app.click(view);
    await clean(view);
  }
  if (views.length > 0) await app.click('view-workbench');
});

test('every number of the model', async () => {
  await app.click('open-more');
  await until('numbers are listed', () => app.window.one('[data-testid^="parameter-"]'));
  await clean('more');
  await app.picture('more-dark');
  await app.click('more-close');
});

test('what lies over the window', async () => {
  const panels = [
    ['palette', () => app.window.press(Key.control, 'k')],
    ['settings', () => app.window.press(Key.control, ',')],
    ['keys', () => app.window.press('?')],
  ];
  for (const [id, open] of panels) {
    await app.window.run('document.activeElement?.blur()');
    await open();
    await app.get(id);
    await clean(id);
    await app.picture(id);
    await app.window.press(Key.escape);
    await until(`${id} is closed`, async () => !(await app.window.one(`[data-testid="${id}"]`)));
  }
});

test('the form of a what-if', async () => {
  await app.click('add-what-if');
  await app.click('tab-menu');
  await app.click('menu-0');
  await app.get('what-if-form');
  await clean('what-if form');
  await app.picture('what-if-form');
  await app.window.press(Key.escape);
});
