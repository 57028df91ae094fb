// What a reader sees of a warehouse: how many events, and how many of them are hot.
// node reader-process.mjs WAREHOUSE
import { openReader } from '../../dist/query/index.js';
import { readSettings } from '../../dist/settings.js';

const [warehouse] = process.argv.slice(2);
const reader = await openReader(readSettings({ warehouse }, {}));
const [row] = await reader.rows('select count(*)::int as events, sum(hot::int)::int as hot from events');
await reader.close();
process.stdout.write(JSON.stringify(row));
