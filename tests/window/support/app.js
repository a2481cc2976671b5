// The real app on a screen of its own, under WebKit's driver.

import { createServer } from 'node:net';
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { end, start } from './children.js';
import { scratch } from './scratch.js';
import { until } from './until.js';
import { Session } from './webdriver.js';

export const ROOT = resolve(import.meta.dirname, '../../..');
/** The app as `./test` builds it, or another build of it. */
const BINARY = process.env.MILLRACE_APP ? resolve(process.env.MILLRACE_APP) : join(resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target'), 'debug/millrace-app');
const PICTURES = join(ROOT, 'out/window-tests');

/** An X server, as large as any window here, on a free display; answers the display's name. */
async function screen(children) {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(server);
  let number = '';
  server.stdio[3].on('data', (data) => (number += data));
  await until('the virtual screen starts', () => number.includes('\n'));
  return `:${number.trim()}`;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** WebKit's own driver, told as `tauri-driver` tells it that the window is to be driven. */
async function driver(children, env) {
  const port = await freePort();
  const server = start('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(server);
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => (said += data));
  const at = `http://127.0.0.1:${port}`;
  await until('the driver answers', async () => (await fetch(`${at}/status`)).ok);
  return { at, said: () => said, process: server.pid };
}

/** A home in which the tour was seen. */
async function seasoned(home) {
  const folder = join(home, 'config/app.millrace.desktop');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), '{ "tourSeen": true }');
  return home;
}

const isApp = (pid) => readlink(`/proc/${pid}/exe`).then((exe) => exe === BINARY, () => false);

/** The app's process among those that a process has started, however far down; null while there is none. */
async function descendant(ancestor) {
  const parents = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    parents.set(Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  for (const pid of parents.keys()) {
    let up = pid;
    while (up > 1 && up !== ancestor) up = parents.get(up) ?? 0;
    if (up === ancestor && (await isApp(pid))) return pid;
  }
  return null;
}

/** A window to look at, with everything it needs; `close` leaves nothing behind. */
export class App {
  #children = [];
  #pictures = 0;
  #driver;

  /**
   * Opens the app, on a study if one is named, in a window of 1440 × 900 if no size is asked for. It remembers
   * nothing and has seen the tour, unless a `home` is given: then it finds there what an app before it has left.
   */
  static async open({ study, name, home, width = 1440, height = 900 }) {
    const app = new App();
    app.name = name;
    app.home = home;
    try {
      if (name) await app.#forgetPictures();
      await app.#open(study);
      await app.window.size(width, height);
      return app;
    } catch (thrown) {
      await app.close();
      throw thrown;
    }
  }

  async #open(study) {
    const home = this.home ?? (await seasoned(scratch('home')));
    const env = { ...process.env, DISPLAY: await screen(this.#children), HOME: home };
    for (const kind of ['CONFIG', 'DATA', 'CACHE', 'STATE']) {
      env[`XDG_${kind}_HOME`] = join(home, kind.toLowerCase());
    }
    delete env.WAYLAND_DISPLAY;
    const driving = await driver(this.#children, env);
    this.said = driving.said;
    this.#driver = driving.process;
    this.launched = Date.now();
    this.window = await Session.start(driving.at, {
      'webkitgtk:browserOptions': { binary: BINARY, args: study ? [resolve(study)] : [] },
    });
  }

  async close() {
    await this.window?.end().catch(() => undefined);
    for (const child of this.#children.toReversed()) await end(child);
  }

  /** Ends the app as a crash would: at once, asking nobody. */
  async kill() {
    const pid = await until('the app has a process', () => descendant(this.#driver));
    process.kill(pid, 'SIGKILL');
    await until('the app is gone', async () => !(await isApp(pid)));
  }

  /** The element with a test id, once it is there. */
  get(id, patience) {
    return until(`there is a ${id}`, () => this.window.one(`[data-testid="${id}"]`), patience);
  }

  /** What the element with a test id says. */
  async text(id, patience) {
    return (await this.get(id, patience)).text();
  }

  async click(id) {
    const element = await this.get(id);
    await until(`${id} can be clicked`, () => element.enabled());
    await element.click();
  }

  async #forgetPictures() {
    await mkdir(PICTURES, { recursive: true });
    const old = (await readdir(PICTURES)).filter((file) => file.startsWith(`${this.name}-`));
    await Promise.all(old.map((file) => rm(join(PICTURES, file))));
  }

  /** Keeps a picture of the window among the tests' output. */
  async picture(step) {
    const number = String(++this.#pictures).padStart(2, '0');
    const file = join(PICTURES, `${this.name}-${number}-${step}.png`);
    await writeFile(file, await this.window.picture());
    return file;
  }
}
