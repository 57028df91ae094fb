// As a user who may read a warehouse and not write to it: what a reader sees, and what a compaction is told.
// node read-only-process.mjs WAREHOUSE USER
import { compact } from '../../dist/compactor/index.js';
import { openEngine } from '../../dist/engine.js';
import { openLocalStorage } from '../../dist/lake/index.js';
import { openReader } from '../../dist/query/index.js';
import { readSettings } from '../../dist/settings.js';

const [warehouse, user] = process.argv.slice(2);
process.setuid(Number(user));
const settings = readSettings({ warehouse }, {});
const reader = await openReader(settings);
const [{ events, hot }] = await reader.rows('select count(*)::int as events, sum(hot::int)::int as hot from events');
await reader.close();
const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: 1 });
const { code } = await compact({ storage: openLocalStorage(warehouse), engine, settings }).catch((error) => error);
engine.close();
process.stdout.write(JSON.stringify({ events, hot, code }));
