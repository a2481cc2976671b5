import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './app.js';

const SHIPPED = join(ROOT, 'scenarios/siloed-to-integrated.toml');

/** The siloed study with few years, in a folder: what a view does does not depend on how many. */
export async function fewYears(folder) {
  const path = join(folder, 'study.toml');
  const text = await readFile(SHIPPED, 'utf8');
  await writeFile(path, text.replace('replications = 1000', 'replications = 64'));
  return path;
}
