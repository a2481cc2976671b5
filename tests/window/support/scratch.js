import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own that goes when the test does, however it ends. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `millrace-${name}-`));
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (thrown) {
      console.error(`${folder} is left: ${thrown.message}`);
    }
  });
  return folder;
}
