// As much of the W3C WebDriver protocol as these tests speak.

import { until } from './until.js';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that have no character, by their WebDriver code points. */
export const Key = {
  tab: '\uE004',
  enter: '\uE007',
  escape: '\uE00C',
  left: '\uE012',
  up: '\uE013',
  home: '\uE011',
  end: '\uE010',
  right: '\uE014',
  down: '\uE015',
  control: '\uE009',
  shift: '\uE008',
};

async function call(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(`${method} ${url}: ${value.error}: ${value.message}`), { code: value.error });
  }
  return value;
}

/** A driven window. */
export class Session {
  #at;

  static async start(server, capabilities) {
    const { sessionId } = await call('POST', `${server}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new Session(`${server}/session/${sessionId}`);
  }

  constructor(at) {
    this.#at = at;
  }

  #post(path, body = {}) {
    return call('POST', `${this.#at}${path}`, body);
  }

  /** Ends the app. */
  end() {
    return call('DELETE', this.#at);
  }

  title() {
    return call('GET', `${this.#at}/title`);
  }

  /** Every element that a CSS selector names, in document order. */
  async all(css) {
    const found = await this.#post('/elements', { using: 'css selector', value: css });
    return found.map((entry) => new Element(this, entry[ELEMENT]));
  }

  /** The first element that a CSS selector names, or null. */
  async one(css) {
    return (await this.all(css))[0] ?? null;
  }

  /** Runs a script in the page: `args` are its `arguments`, what it returns is answered. */
  run(script, ...args) {
    return this.#post('/execute/sync', { script, args });
  }

  /** Keys to whatever has the focus; a chord is given as its parts, pressed together. */
  async press(...chord) {
    const down = chord.map((value) => ({ type: 'keyDown', value }));
    const up = chord.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
  }

  /** Takes hold of the middle of an element and lets go of it some pixels away, in steps as a hand does. */
  async drag(element, dx, dy) {
    const STEPS = 8;
    const box = await this.run('const box = arguments[0].getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]', element);
    const at = (share) => ({
      type: 'pointerMove',
      duration: 30,
      x: Math.round(box[0] + dx * share),
      y: Math.round(box[1] + dy * share),
    });
    const steps = Array.from({ length: STEPS }, (_, step) => at((step + 1) / STEPS));
    const actions = [at(0), { type: 'pointerDown', button: 0 }, ...steps, { type: 'pointerUp', button: 0 }];
    await this.#post('/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  /** Makes the window so large, in pixels of its page. */
  async size(width, height) {
    await this.#post('/window/rect', { x: 0, y: 0, width, height });
    await until('the window has its size', () =>
      this.run('return innerWidth === arguments[0] && innerHeight === arguments[1]', width, height),
    );
  }

  /** A PNG of the window, once its fonts are there and nothing moves that would come to rest. */
  async picture() {
    await until('nothing moves', () =>
      this.run(`
        const frame = () => new Promise(requestAnimationFrame);
        const moving = () => document.getAnimations().some((one) => {
          const { endTime } = one.effect.getComputedTiming();
          return one.playState === 'running' && endTime !== Infinity;
        });
        return document.fonts.ready.then(frame).then(frame).then(() => !moving());
      `),
    );
    return Buffer.from(await call('GET', `${this.#at}/screenshot`), 'base64');
  }

  ask(element, question) {
    return call('GET', `${this.#at}/element/${element}/${question}`);
  }

  tell(element, order, body) {
    return this.#post(`/element/${element}/${order}`, body);
  }
}

class Element {
  #session;
  #id;

  constructor(session, id) {
    this.#session = session;
    this.#id = id;
  }

  /** What it says. The driver's own answer is empty for words that are clamped to some lines. */
  async text() {
    const words = await this.#session.run('return arguments[0].innerText', this);
    return words.replace(/\s+/g, ' ').trim();
  }

  attribute(name) {
    return this.#session.ask(this.#id, `attribute/${name}`);
  }

  enabled() {
    return this.#session.ask(this.#id, 'enabled');
  }

  click() {
    return this.#session.tell(this.#id, 'click');
  }

  type(text) {
    return this.#session.tell(this.#id, 'value', { text });
  }

  /** As a page's script would see it. */
  toJSON() {
    return { [ELEMENT]: this.#id };
  }
}
