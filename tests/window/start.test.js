// The window before any study is open.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { App } from './support/app.js';

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
