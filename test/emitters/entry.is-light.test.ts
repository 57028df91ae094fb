import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempWarehouse } from './warehouse.ts';

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The packages whose scripts a program loaded, by Node's own record of what ran. */
function packagesLoadedBy(program: string): ReadonlySet<string> {
  const folder = tempWarehouse();
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, NODE_V8_COVERAGE: folder },
  });
  const records = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage);
  const names = records
    .flatMap(({ result }) => result)
    .map(({ url }) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

test('the entry for emitters loads uuid and zod, and no engine', () => {
  const entry = new URL('../../dist/emitters/index.js', import.meta.url).href;

  expect([...packagesLoadedBy(`await import('${entry}');`)].sort()).toEqual(['uuid', 'zod']);
});
