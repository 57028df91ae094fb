// Compacts, sweeps, merges and lets go of what is old, over and over until its standard input closes; exits with 1 on any error but a full disk.
// node chaos-compactor-process.mjs WAREHOUSE SETTINGS
import { setTimeout as wait } from 'node:timers/promises';
import { compact, merge, sweep, upkeep } from '../../dist/compactor/index.js';
import { openEngine } from '../../dist/engine.js';
import { openLocalStorage } from '../../dist/lake/index.js';
import { readSettings } from '../../dist/settings.js';

const [warehouse, given] = process.argv.slice(2);
const settings = readSettings({ ...JSON.parse(given), warehouse }, {});
const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: 1 });
const storage = openLocalStorage(warehouse);
let isOver = false;
process.stdin.resume().on('end', () => {
  isOver = true;
});
const unlessFull = (error) => {
  if (error.code !== 'disk_full') throw error;
};
for (let round = 1; !isOver; round += 1) {
  await compact({ storage, engine, settings }).catch(unlessFull);
  await sweep(storage, engine, settings).catch(unlessFull);
  if (round % 5 === 0) await merge({ storage, engine, settings }).catch(unlessFull);
  if (round % 7 === 0) await upkeep({ storage, engine, settings }).catch(unlessFull);
  await wait(200);
}
engine.close();
