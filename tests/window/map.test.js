// The map in the real window: read, entered, and its structure edited, with the keyboard only.

import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

const SHIPPED = join(ROOT, 'scenarios/siloed-to-integrated.toml');
const RUN_SECONDS = 60;

const folder = scratch('map');
const study = join(folder, 'study.toml');
let app;
before(async () => {
  await copyFile(SHIPPED, study);
  app = await App.open({ name: 'map', study, width: 1280, height: 800 });
  await app.window.run(`
    window.refused = [];
    addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  `);
});
after(() => app?.close());

const has = async (id) => (await app.window.one(`[data-testid="${id}"]`)) !== null;
const focused = () => app.window.run('return document.activeElement?.dataset.testid ?? document.activeElement?.tagName');
const focus = async (id) => app.window.run('arguments[0].focus()', await app.get(id));
const says = async (id) => app.window.run('return arguments[0].querySelector(".sr").textContent', await app.get(id));
const laneOf = (id) =>
  app.window.run(
    `
    const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
    const node = middle(document.querySelector('[data-testid="' + CSS.escape(arguments[0]) + '"]'));
    const lanes = [...document.querySelectorAll('[data-testid^="map-team/"]')].filter((one) => one.getBoundingClientRect().top < node);
    return lanes.at(-1)?.dataset.testid.replace('map-team/', '') ?? null;
  `,
    id,
  );

/** Takes an action of what is selected, in the inspector, by keyboard. */
async function act(action, { name, choice } = {}) {
  await focus(`inspector-${action}`);
  await app.window.press(Key.enter);
  if (name === undefined && choice === undefined) return;
  await app.get('map-question-confirm');
  if (name !== undefined) {
    await until('the name is asked for', async () => (await focused()) === 'map-question-name');
    await app.window.press(Key.control, 'a');
    for (const letter of name) await app.window.press(letter);
  }
  if (choice !== undefined) await choose(choice);
  await focus('map-question-confirm');
  await app.window.press(Key.enter);
}

/** The list of a select opens in a window of the system's: it is stepped through closed. */
async function choose(value) {
  await focus('map-question-choice');
  await app.window.run(
    `
    const list = document.activeElement;
    list.value = arguments[0];
    list.dispatchEvent(new Event('change', { bubbles: true }));
  `,
    value,
  );
}

async function open(id) {
  await focus(`map-${id}`);
  if ((await app.window.run('return document.activeElement.getAttribute("aria-pressed")')) !== 'true') await app.window.press(Key.enter);
  await app.get('inspector');
}

test('every node and edge is drawn, and the numbers come', async () => {
  await app.get('map-stage/release/testing');
  const nodes = await app.window.all('[data-testid="map"] [data-node]');
  const edges = await app.window.all('[data-testid="map"] .way');
  assert.equal(nodes.length, 13);
  assert.equal(edges.length, 15);
  await until('the wait is told', async () => /waits|takes/.test(await says('map-stage/release/testing')), RUN_SECONDS);
});

test('one stop for Tab, arrows from node to node, Enter to look closer, Escape to come back', async () => {
  const stops = await app.window.all('[data-node][tabindex="0"]');
  assert.equal(stops.length, 1);
  await focus('map-stage/release/analysis');
  await app.window.press(Key.right);
  assert.equal(await focused(), 'map-stage/release/development');
  await app.window.press(Key.enter);
  assert.match(await app.text('inspector'), /Development/);
  await until('its part of lead time is told', async () => has('inspector-part'), RUN_SECONDS);
  await app.get('chart-weeks-stage-release-development', RUN_SECONDS);
  await app.picture('inspector');
  await app.window.press(Key.escape);
  assert.equal(await has('inspector'), false);
  assert.equal(await focused(), 'map-stage/release/development');
});

test('whatever is selected has its weeks', async () => {
  for (const id of ['demand/release', 'gate/change-approval', 'tickets/infrastructure', 'release/release', 'deployment/release', 'production/release', 'team/qa']) {
    await focus(`map-${id}`);
    await app.window.press(Key.enter);
    await app.get(`chart-weeks-${id.replaceAll('/', '-')}`, RUN_SECONDS);
    if (id.startsWith('gate/')) await app.picture('weeks');
    await app.window.press(Key.escape);
  }
});

test('the fill is chosen, and the map is looked at from closer and as a whole', async () => {
  const transform = () => app.window.run('return document.querySelector(".svelte-flow__viewport").style.transform');
  const whole = await transform();
  await focus('map-stage/release/analysis');
  await app.window.press('+');
  await until('it is closer', async () => (await transform()) !== whole);
  await app.window.press('0');
  await until('it is whole again', async () => (await transform()) === whole);
  await app.window.run(
    'arguments[0].value = "queue"; arguments[0].dispatchEvent(new Event("change", { bubbles: true }))',
    await app.get('map-fill'),
  );
  await until('the queue is told', async () => / wait/.test(await says('map-stage/release/testing')));
  await app.picture('queue');
});

test('a stage is inserted, renamed and given to another team; undo takes each back', async () => {
  await open('stage/release/packaging');
  await act('stage-after', { name: 'Smoke test' });
  await app.get('map-stage/release/smoke-test');
  assert.match(await app.text('inspector'), /Smoke test/);
  assert.equal(await laneOf('map-stage/release/smoke-test'), 'platform');
  await app.picture('inserted');
  await act('rename', { name: 'Trial' });
  await until('it has its name', async () => (await says('map-stage/release/smoke-test')).startsWith('Trial'));
  await act('assign', { choice: 'infrastructure' });
  await until('it stands in the other lane', async () => (await laneOf('map-stage/release/smoke-test')) === 'infrastructure');
  for (let steps = 0; steps < 3; steps++) {
    await focus('undo');
    await app.window.press(Key.enter);
  }
  await until('it was never there', async () => !(await has('map-stage/release/smoke-test')));
  assert.equal(await has('unsaved'), false);
});

test('a stage dragged into another lane is worked by that team, and one dragged forward comes later', async () => {
  const testing = await app.get('map-stage/release/testing');
  const down = (from, to) =>
    app.window.run(
      'const [a, b] = [...arguments].map((id) => document.querySelector(`[data-testid="${CSS.escape(id)}"]`).getBoundingClientRect()); return b.y - a.y + 30',
      from,
      to,
    );
  await app.window.drag(testing, 0, await down('map-stage/release/testing', 'map-team/app'));
  await until('it stands in the other lane', async () => (await laneOf('map-stage/release/testing')) === 'app');
  await app.click('undo');
  await until('it is back', async () => (await laneOf('map-stage/release/testing')) === 'qa');
  const left = (id) => app.window.run('return document.querySelector(`[data-testid="${CSS.escape(arguments[0])}"]`).getBoundingClientRect().x', `map-stage/release/${id}`);
  await app.window.drag(await app.get('map-stage/release/analysis'), (await left('development')) - (await left('analysis')) + 60, 0);
  await until('it comes later', async () => (await left('analysis')) > (await left('development')));
  await app.click('undo');
  await until('nothing is changed', async () => !(await has('unsaved')));
});

test('what is impossible is refused with a reason, and a way out is offered', async () => {
  await open('stage/release/development');
  await act('remove');
  await until('the reason is told', async () => /committed at “Development”/.test(await app.text('toast')));
  await focus('map-team/qa');
  await app.window.press(Key.enter);
  await act('remove', { choice: 'app' });
  await until('what-ifs are asked about', async () => /what-ifs/i.test(await app.window.run('return document.querySelector("dialog")?.innerText ?? ""')));
  await focus('map-question-cancel');
  await app.window.press(Key.enter);
  assert.equal(await has('unsaved'), false);
});

test('on a what-if an edit is its change, and the baseline stays', async () => {
  await app.click('tab-no-board');
  await open('gate/code-review');
  await app.window.press(Key.escape);
  await app.window.press('\uE017');
  await until('the gate is gone', async () => !(await has('map-gate/code-review')));
  await app.click('tab-baseline');
  await app.get('map-gate/code-review');
  await app.click('save');
  await until('it is saved', async () => !(await has('unsaved')));
  const [before, now] = await Promise.all([readFile(SHIPPED, 'utf8'), readFile(study, 'utf8')]);
  const added = now.split('\n').filter((line) => !before.includes(line));
  assert.deepEqual(added, ['  { remove = "governance.gates.code-review" },']);
});

test('nothing that the map did was refused by the content policy', async () => {
  assert.deepEqual(await app.window.run('return window.refused'), []);
});
