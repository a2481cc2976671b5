// The first minutes, in the real window: the film, describing an organisation, the assessment.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { App } from './support/app.js';
import { until } from './support/until.js';
import { Key } from './support/webdriver.js';

/** Some seconds of simulation on a busy machine of two cores. */
const FIT_SECONDS = 40;

let app;
let clicks = 0;
const click = async (id) => {
  clicks++;
  await app.click(id);
};
before(async () => {
  app = await App.open({ name: 'minutes' });
  await app.window.run(`
    window.refused = [];
    addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  `);
});
after(() => app?.close());

async function type(id, text) {
  clicks++;
  const field = await app.get(id);
  await field.click();
  await field.type(text);
}

/** Back at the start, without keeping what is open. */
async function startAgain() {
  await app.window.run(`document.querySelector('[aria-haspopup="menu"]').click()`);
  await until('the menu is open', () => app.window.one('[role="menuitem"]'));
  await app.window.run(`document.querySelector('[role="menuitem"]').click()`);
  await app.get('door-describe');
}

/** Opens what the button opens, whatever is open now. */
async function opened(id) {
  await click(id);
  const first = await until('the study opens, or what was open is asked about', async () =>
    (await app.window.one('[data-testid="unsaved-discard"]')) ?? (await app.window.one('[data-testid="verdict"]')),
  );
  if ((await first.attribute('data-testid')) === 'unsaved-discard') await app.click('unsaved-discard');
  await until('a first result is drawn', async () => /\d/.test(await app.text('lead-time-headline', FIT_SECONDS)), FIT_SECONDS);
}

test('a newcomer comes from the start to a first what-if in under two minutes and ten clicks', async () => {
  const began = Date.now();
  clicks = 0;
  await click('door-watch');
  await until('the year plays', async () => /^One year/.test(await app.text('film-caption', FIT_SECONDS)), FIT_SECONDS);
  await app.picture('film');
  await click('film-skip');
  assert.match(await app.text('film-caption'), /^The same year, 1,000 times/);
  await app.picture('pile');
  await click('film-go');
  const nudge = await app.text('nudge');
  assert.match(nudge, /Most people try adding developers/);
  await until('a first result is drawn', async () => /\d/.test(await app.text('lead-time-headline', FIT_SECONDS)), FIT_SECONDS);
  await app.picture('nudge');
  const lever = await app.window.one('.nudged [role="slider"], .nudged [data-testid^="lever-"]');
  await app.window.run('arguments[0].focus()', lever);
  clicks++;
  await app.window.press(Key.right);
  await until('a what-if is shown', () => app.window.one('[role="tab"][aria-selected="true"]:not([data-testid="tab-baseline"])'));
  await until('it is compared', async () => (await app.text('lead-time-headline')).includes('→'), FIT_SECONDS);
  assert.equal(await app.window.one('[data-testid="nudge"]'), null);
  assert.ok(clicks <= 10, `${clicks} clicks`);
  assert.ok(Date.now() - began < 120_000, `${(Date.now() - began) / 1000} seconds`);
  await app.picture('first-what-if');
});

test('six numbers are mirrored, corrected, and opened on the workbench', async () => {
  await startAgain();
  await click('door-describe');
  for (const [id, text] of [['people', '30'], ['changes', '18'], ['usual', '6'], ['bad', '10'], ['incidents', '2']]) {
    await type(`answer-${id}`, text);
  }
  await app.window.run(`document.querySelector('[data-testid="rhythm-monthly"]').click()`);
  await click('unknown-endless');
  await click('describe-begin');
  await until('the mirror answers', async () => (await app.text('mirror-times', FIT_SECONDS)).startsWith('You said about 6 weeks; this runs'), FIT_SECONDS);
  assert.match(await app.text('mirror-waiting'), /^Most of the waiting: /);
  await app.picture('mirror');
  await click('mirror-elsewhere');
  await click('place-board');
  await until('the wait moves to the board', async () => /the change board/.test(await app.text('mirror-waiting', FIT_SECONDS)), FIT_SECONDS);
  await app.picture('mirror-board');
  await opened('mirror-yes');
  assert.match(await app.text('footer'), /Assumed/);
  await app.picture('described');
});

test('answers that cannot all be true are told beside their questions', async () => {
  await startAgain();
  await click('door-describe');
  for (const [id, text] of [['people', '5'], ['changes', '900'], ['usual', '2'], ['bad', '3'], ['incidents', '2']]) {
    await type(`answer-${id}`, text);
  }
  for (const id of ['rhythm-monthly', 'endless-no']) await app.window.run(`document.querySelector('[data-testid="${id}"]').click()`);
  await click('describe-begin');
  assert.match(await app.text('fault-changes', FIT_SECONDS), /5 people who deliver 900 changes a month have 58 minutes/);
  await app.picture('contradiction');
});

test('thirteen answers become a baseline with first what-ifs', async () => {
  await app.click('back-to-start');
  await click('door-assess');
  const questions = await until('the questions are there', async () => {
    const found = await app.window.all('[data-testid^="assess-"][data-testid$="-0"]');
    return found.length > 0 && found;
  });
  assert.equal(questions.length, 13);
  await app.window.run(`document.querySelector('[data-testid="assess-policies-0"]').click()`);
  await until('a what-if is proposed', async () => /policy in the pipeline/.test(await app.text('proposals')));
  await app.picture('assessment');
  await opened('assess-open');
  await app.get('tab-policies');
  await app.picture('assessed');
});

test('advice becomes a what-if', async () => {
  await until('there is advice', async () => /Advice \([1-9]/.test(await app.text('advice')));
  await app.click('advice');
  await app.picture('advice');
  await app.click('take-alike/change-approval');
  await until('it is shown', async () =>
    /Approve medium and high risk only/.test(await (await app.window.one('[role="tab"][aria-selected="true"]')).text()),
  );
});

test('nothing that the window did was refused by its content policy', async () => {
  assert.deepEqual(await app.window.run('return window.refused'), []);
});
