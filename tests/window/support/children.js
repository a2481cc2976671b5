// Processes that a test starts, and their end whatever happens.

import { spawn } from 'node:child_process';

const groups = new Set();

/** Starts a process in a group of its own, so that what it starts can be ended with it. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true });
  groups.add(child.pid);
  child.once('exit', () => signal(child.pid, 'SIGTERM'));
  return child;
}

/** Ends a process that was started here, with its group. */
export async function end(child) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null || child.signalCode !== null) return;
  signal(child.pid, 'SIGTERM');
  const last = setTimeout(() => signal(child.pid, 'SIGKILL'), 5000);
  await gone;
  clearTimeout(last);
  groups.delete(child.pid);
}

function signal(group, name) {
  try {
    process.kill(-group, name);
  } catch {
    groups.delete(group);
  }
}

process.on('exit', () => groups.forEach((group) => signal(group, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(1));
