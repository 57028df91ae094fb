import { test } from 'vitest';
import { tempEngine, tempFolder } from '../make/warehouse.ts';
import { checkCompactions } from './compact.equivalence.ts';

test('compaction, merge and vacuum change no view’s answer, wherever they come: many times over', async () => {
  await checkCompactions(await tempEngine(), tempFolder(), 30);
});
