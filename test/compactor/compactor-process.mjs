// Compacts a warehouse over and over until its standard input closes; exits with 1 on the first error.
// node compactor-process.mjs WAREHOUSE [SETTINGS]
import { compact } from '../../dist/compactor/index.js';
import { openEngine } from '../../dist/engine.js';
import { openLocalStorage } from '../../dist/lake/index.js';
import { readSettings } from '../../dist/settings.js';

const [warehouse, given = '{}'] = process.argv.slice(2);
const settings = readSettings({ ...JSON.parse(given), warehouse }, {});
const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: 1 });
let isOver = false;
process.stdin.resume().on('end', () => {
  isOver = true;
});
while (!isOver) {
  await compact({ storage: openLocalStorage(warehouse), engine, settings });
  await new Promise((resolve) => setTimeout(resolve, 5));
}
engine.close();
