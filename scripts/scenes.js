// The views of the app that are worth a picture, and how to reach each.

import { join } from 'node:path';
import { ROOT } from '../tests/window/support/app.js';
import { until } from '../tests/window/support/until.js';
import { Key } from '../tests/window/support/webdriver.js';

const SILOED = join(ROOT, 'scenarios/siloed-to-integrated.toml');
const PATIENCE_SECONDS = 120;

/** The run of what is shown has settled. */
export async function settled(app) {
  await until(
    'the results are in',
    async () => (await app.text('run-state', PATIENCE_SECONDS)).startsWith('settled'),
    PATIENCE_SECONDS,
  );
}

/** Chooses a tab, and waits until its own results are in and not those of the one before. */
async function chosen(app, tab) {
  await settled(app);
  await app.click(tab);
  await until(`${tab} is chosen`, async () => (await (await app.get(tab)).attribute('aria-selected')) === 'true');
  await settled(app);
}

/** Opens a view of what a tab shows, and waits until it is worked out. */
async function asked(app, tab, view) {
  await chosen(app, tab);
  await app.click(`view-${view}`);
  // What takes longer is not begun without being asked for.
  if (['rank', 'combine', 'flip'].includes(view)) await app.click(`${view}-begin`);
  const there = async (what) => (await app.window.one(`[data-testid="${view}-${what}"]`)) !== null;
  await until(`${view} is worked out`, async () => (await there('begin')) && !(await there('cancel')), PATIENCE_SECONDS);
}

export const SCENES = [
  {
    name: 'compare',
    study: SILOED,
    reach: async (app) => {
      await asked(app, 'tab-baseline', 'compare');
      await until('its quarters are played', () => app.window.run(`return !document.querySelector('[data-testid="compare-table"]').textContent.includes('playing the quarters')`), PATIENCE_SECONDS);
    },
  },
  { name: 'why', study: SILOED, reach: (app) => asked(app, 'tab-baseline', 'why') },
  { name: 'rank', study: SILOED, reach: (app) => asked(app, 'tab-baseline', 'rank') },
  { name: 'combine', study: SILOED, reach: (app) => asked(app, 'tab-baseline', 'combine') },
  { name: 'flip', study: SILOED, reach: (app) => asked(app, 'tab-canary', 'flip') },
  {
    name: 'more',
    study: SILOED,
    reach: async (app) => {
      await settled(app);
      await app.click('open-more');
    },
  },
  {
    name: 'palette',
    study: SILOED,
    reach: async (app) => {
      await settled(app);
      await app.window.press(Key.control, 'k');
    },
  },
  { name: 'start', reach: (app) => app.get('open') },
  { name: 'film', reach: (app) => film(app, 'The queue thickens') },
  { name: 'film-pile', reach: (app) => film(app, 'The same year') },
  { name: 'describe', reach: (app) => app.click('door-describe') },
  { name: 'mirror', reach: mirror },
  { name: 'assessment', reach: assessment },
  {
    name: 'advice',
    study: SILOED,
    reach: async (app) => {
      await settled(app);
      await until('there is advice', async () => /[1-9]/.test(await app.text('advice')));
      await app.click('advice');
    },
  },
  { name: 'workbench-baseline', study: SILOED, reach: settled },
  {
    name: 'workbench',
    study: SILOED,
    reach: async (app) => {
      await chosen(app, 'tab-integrated');
    },
  },
  { name: 'replay', study: SILOED, reach: (app) => year(app, 'tab-baseline') },
  { name: 'replay-what-if', study: SILOED, reach: (app) => year(app, 'tab-canary') },
  {
    name: 'guess',
    study: SILOED,
    reach: async (app) => {
      await settled(app);
      await app.window.press('p');
      await chosen(app, 'tab-canary');
    },
  },
  {
    name: 'ignored',
    study: SILOED,
    reach: async (app) => {
      await settled(app);
      await app.click('ignored');
      await app.get('ignored-page');
    },
  },
  {
    name: 'disagree',
    study: SILOED,
    reach: async (app) => {
      await chosen(app, 'tab-canary');
      await app.click('assumed');
      await app.click('number-streams.release.stages.testing.effort.mean');
      await (await app.get('dispute-who')).type('The head of QA');
      await (await app.get('dispute-value')).type('12');
      await app.click('dispute-settle');
      await app.get('dispute-outcome', PATIENCE_SECONDS);
    },
  },
  {
    name: 'present-steps',
    study: SILOED,
    reach: async (app) => {
      await pinned(app);
      await app.click('view-present');
    },
  },
  {
    name: 'present',
    study: SILOED,
    reach: async (app) => {
      await pinned(app);
      await app.click('view-present');
      await app.click('step-1');
      await until('its finding is told', async () => /days/.test(await app.text('present-title')), PATIENCE_SECONDS);
    },
  },
  {
    name: 'map-inspector',
    study: SILOED,
    reach: async (app) => {
      await chosen(app, 'tab-self-service');
      await app.click('map-stage/release/testing');
      await app.get('chart-weeks-stage-release-testing');
    },
  },
  ...['three-products', 'standard-organisation', 'regulated-bank'].map((study) => ({
    name: `map-${study}`,
    study: join(ROOT, `scenarios/${study}.toml`),
    reach: settled,
  })),
];

const WEEK_SECONDS = 7 * 24 * 3600;

/** A year stands still at the end of its thirtieth week, with the focus on its time. */
async function year(app, tab) {
  await chosen(app, tab);
  await app.click('view-replay');
  await until('it plays', async () => (await app.text('replay-play', PATIENCE_SECONDS)) === 'Pause', PATIENCE_SECONDS);
  await app.click('replay-play');
  const scrub = await app.get('replay-scrub');
  await app.window.run(
    'arguments[0].focus(); arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event("input", { bubbles: true }))',
    scrub,
    30 * WEEK_SECONDS,
  );
  await until('it stands at week 31', async () => (await app.text('replay-clock')).startsWith('Week 31'));
}

/** The year as it is and the canary's results are steps. */
async function pinned(app) {
  await app.click('view-replay');
  await app.window.press(Key.control, 'd');
  await app.click('view-workbench');
  await chosen(app, 'tab-canary');
  await app.window.press(Key.control, 'd');
}

/** The film, until it says this. */
async function film(app, words) {
  await app.click('door-watch');
  await until(
    `the film says “${words}”`,
    async () => (await app.text('film-caption', PATIENCE_SECONDS)).startsWith(words),
    PATIENCE_SECONDS,
  );
  if (await app.window.one('[data-testid="film-pause"]')) await app.click('film-pause');
}

/** An organisation as somebody might describe it, and what the mirror says of it. */
async function mirror(app) {
  await app.click('door-describe');
  const said = { people: '30', changes: '18', usual: '6', bad: '10', incidents: '2' };
  for (const [id, text] of Object.entries(said)) await (await app.get(`answer-${id}`)).type(text);
  await app.window.run(`document.querySelector('[data-testid="rhythm-monthly"]').click()`);
  await app.click('unknown-endless');
  await app.click('describe-begin');
  await app.get('mirror-times', PATIENCE_SECONDS);
  await app.click('mirror-elsewhere');
}

async function assessment(app) {
  await app.click('door-assess');
  await app.get('assess-policies-0');
  const said = { outcome: 1, mapped: 0, aligned: 0, platform: 1, policies: 0, data: 1, status: 0, rollback: 0 };
  for (const [id, answer] of Object.entries(said)) {
    await app.window.run(`document.querySelector('[data-testid="assess-${id}-${answer}"]').click()`);
  }
  await until('what to try is proposed', () => app.window.one('[data-testid="proposals"] li'));
}
