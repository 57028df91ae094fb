import { test } from 'vitest';
import { tempEngine, tempFolder } from '../make/warehouse.ts';
import { checkCompactions } from './compact.equivalence.ts';

test('a compaction changes no view’s answer, wherever it comes: many times over', async () => {
  await checkCompactions(await tempEngine(), tempFolder(), 40);
});
