import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './temp-dir.ts';

const about = {
  id: 'made',
  version: '1.0.0',
  description: 'made by a test',
  tools: [{ name: 'detect', description: 'boxes of each frame', tracks: false }],
  labels: ['person'],
  dialect: 'xyxy-score-class',
};

/**
 * A folder of plugins with one, `made`.
 * @param body of its function `run`
 * @param head what runs when the module is loaded
 * @param more what its manifest says otherwise
 */
export const modulePlugin = (body: string, head = '', more: object = {}): string =>
  pluginDir(
    { form: 'module', module: { file: 'run.mjs' }, ...more },
    `${head}\nexport async function run({ frame }) { ${body}\nreturn []; }\n`,
  );

/** The same with a command. */
export const commandPlugin = (...command: readonly string[]): string => pluginDir({ form: 'command', command }, '');

function pluginDir(form: object, source: string): string {
  const dir = tempDir();
  mkdirSync(join(dir, 'made'));
  writeFileSync(join(dir, 'made', 'manifest.json'), JSON.stringify({ ...about, ...form }));
  writeFileSync(join(dir, 'made', 'run.mjs'), source);
  return dir;
}
