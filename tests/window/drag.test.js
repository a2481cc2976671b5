// While a lever is dragged no axis moves, however far the results do.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App, ROOT } from './support/app.js';
import { until } from './support/until.js';

let app;
before(async () => {
  app = await App.open({ name: 'drag', study: join(ROOT, 'scenarios/siloed-to-integrated.toml') });
});
after(() => app?.close());

/** Every axis on screen as its labels and where they stand. */
const axes = () =>
  app.window.run(`
    return [...document.querySelectorAll('.result svg')].map((chart) =>
      [...chart.querySelectorAll('text.tick')].map((label) => label.textContent + '@' + label.getAttribute('x')).join(' '))
      .filter((axis) => axis !== '');
  `);

/** A pointer on the lever's track, as a mouse would be. */
const pointer = (type, share) =>
  app.window.run(
    `
    const lever = document.querySelector('[data-testid="lever-work-accepted"]');
    const box = lever.querySelector('.track').getBoundingClientRect();
    lever.setPointerCapture = () => undefined;
    lever.dispatchEvent(new PointerEvent(arguments[0], {
      bubbles: true, cancelable: true, pointerId: 1, button: 0, buttons: 1,
      clientX: box.left + arguments[1] * box.width, clientY: box.top + 4,
    }));
  `,
    type,
    share,
  );

test('no axis moves until the lever is let go', async () => {
  await until('the first results are there', async () => /\d/.test(await app.text('lead-time-headline', 60)), 60);
  await until('it settles', async () => (await app.text('run-state')).startsWith('settled'), 90);
  const before = await axes();
  assert.ok(before.length >= 2, JSON.stringify(before));
  const headline = await app.text('lead-time-headline');
  await pointer('pointerdown', 0.5);
  for (const share of [0.6, 0.75, 0.9, 1]) {
    await pointer('pointermove', share);
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(await axes(), before, `at ${share}`);
  }
  await until('results have changed', async () => (await app.text('lead-time-headline')) !== headline, 30);
  assert.deepEqual(await axes(), before);
  await app.picture('held');
  await pointer('pointerup', 1);
  await until('axes are free again', async () => JSON.stringify(await axes()) !== JSON.stringify(before), 30);
});
