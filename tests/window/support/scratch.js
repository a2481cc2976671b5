import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [];

/** A folder of its own that goes when the test does, however it ends. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `millrace-${name}-`));
  folders.push(folder);
  return folder;
}

process.on('exit', () => {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (thrown) {
      console.error(`${folder} is left: ${thrown.message}`);
    }
  }
});
