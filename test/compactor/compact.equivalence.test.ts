import { test } from 'vitest';
import { tempEngine, tempFolder } from '../make/warehouse.ts';
import { checkCompactions } from './compact.equivalence.ts';

test('compaction, merge and vacuum change no view’s answer, wherever they come', async () => {
  await checkCompactions(await tempEngine(), tempFolder(), 2);
});
