import { expect, test } from 'vitest';
import { onlyFewFilesWrite } from './rules/writes.ts';
import { complaints, tree } from './tree.ts';

const inSource = tree().filter(({ path }) => /^src\/.*\.ts$/.test(path));

test('only the files that may write do', () => {
  expect(complaints(onlyFewFilesWrite, inSource)).toEqual([]);
});

test.each([
  `import { rename } from 'node:fs/promises';`,
  `import { writeFileSync as put } from 'node:fs';`,
  `import fs from 'node:fs'; fs.unlinkSync(path);`,
  `import * as fs from 'node:fs/promises'; await fs.link(a, b);`,
  `import { promises } from 'node:fs'; await promises.truncate(path);`,
  `import { open } from 'node:fs/promises'; await open(path, 'a');`,
  `import { openSync } from 'node:fs'; openSync(path, constants.O_RDWR);`,
])('a file that must not write is found: %s', (text) => {
  expect(onlyFewFilesWrite({ path: 'src/query/reader.ts', text })).toHaveLength(1);
});

test.each([
  `import { open, readFile } from 'node:fs/promises'; await open(path);`,
  `import { openSync } from 'node:fs'; openSync(path, 'r');`,
  `import { open } from './reader.ts'; open(warehouse, settings);`,
  `import fs from 'node:fs'; link(fs.readFileSync(path));`,
])('reading is free: %s', (text) => {
  expect(onlyFewFilesWrite({ path: 'src/query/reader.ts', text })).toEqual([]);
});

test('storage and the emitters may write', () => {
  const text = `import { link } from 'node:fs/promises';`;

  expect(onlyFewFilesWrite({ path: 'src/lake/storage-local.ts', text })).toEqual([]);
  expect(onlyFewFilesWrite({ path: 'src/emitters/event-log.ts', text })).toEqual([]);
});
