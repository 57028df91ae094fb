import { spawnSync } from 'node:child_process';

/** What the generator says of each page of docs/ that is not what the source says, one line each. */
export function driftedPages(): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['docs/generate.mjs', '--check'], {
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(`docs/generate.mjs ended with ${status}: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}
