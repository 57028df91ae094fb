import { onTestFinished, test } from 'vitest';
import { lendTemporary } from '../../src/lake/index.ts';
import { tempEngine } from '../make/warehouse.ts';
import { checkLines } from './line.alone-and-in-its-file.ts';

test('a line gives the same row whether DuckDB reads it with its file or it is judged alone: thousands of lines', async () => {
  const scratch = await lendTemporary();
  onTestFinished(() => scratch.close());

  await checkLines(await tempEngine(), scratch, 120);
});
