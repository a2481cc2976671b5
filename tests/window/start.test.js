// The window before any study is open.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App } from './support/app.js';
import { scratch } from './support/scratch.js';
import { until } from './support/until.js';

let app;
before(async () => {
  app = await App.open({ name: 'start' });
});
after(() => app?.close());

test('the start screen offers to open a study', async () => {
  const open = await app.get('open');
  assert.ok(await open.enabled());
  assert.equal(await app.window.title(), 'Millrace');
  await app.picture('start');
});

test('the content policy lets nothing run that is not part of the app', async () => {
  const ran = await app.window.run(`
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.head.append(script);
    let evaluated = true;
    try { new Function('return 1')(); } catch { evaluated = false; }
    return { inline: window.intruder === true, evaluated };
  `);
  assert.deepEqual(ran, { inline: false, evaluated: false });
});

test('the window has no way to the network', async () => {
  const answer = await app.window.run(`
    return fetch('http://127.0.0.1:1/').then(() => 'reached', (refused) => refused.message)
  `);
  assert.notEqual(answer, 'reached');
  const policy = await app.window.run(`
    const seen = new Promise((tell) => {
      addEventListener('securitypolicyviolation', (event) => tell(event.effectiveDirective), { once: true });
    });
    fetch('http://127.0.0.1:1/').catch(() => undefined);
    return seen;
  `);
  assert.equal(policy, 'connect-src');
});

test('a shipped study opens from the start screen, as a copy without a file', async () => {
  const door = await until('a study is offered', () => app.window.one('[data-testid^="template-"]'));
  await door.click();
  await until('a first result is drawn', async () => /\d/.test(await app.text('lead-time-headline')));
  await app.picture('template');
});

test('a broken study named at the start is answered with its faults, over the start screen', async () => {
  const broken = join(scratch('broken'), 'broken.toml');
  await writeFile(broken, 'format = 1\nname = 7\n');
  const other = await App.open({ name: 'broken', study: broken });
  try {
    await other.get('fault-list');
    await other.picture('faults');
    await other.click('close-faults');
    assert.ok(await (await other.get('open')).enabled());
  } finally {
    await other.close();
  }
});
