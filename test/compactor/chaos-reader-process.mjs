// Asks over and over how many events each job has, until its standard input closes; exits with 1 on an error, where one
// is there twice, and where a job has fewer than before.
// node chaos-reader-process.mjs WAREHOUSE
import { openReader } from '../../dist/query/index.js';
import { readSettings } from '../../dist/settings.js';

const [warehouse] = process.argv.slice(2);
const settings = readSettings({ warehouse, engine_threads: 1 }, {});
const reader = await openReader(settings);
let isOver = false;
process.stdin.resume().on('end', () => {
  isOver = true;
});
let before = new Map();
while (!isOver) {
  const rows = await reader.rows(`select job_id, count(*)::int as seen, count(distinct id)::int as ids,
    count(distinct attrs ->> '$.i')::int as numbers, count_if(attrs ->> '$.i' is not null)::int as numbered
    from events group by job_id`);
  for (const { job_id, seen, ids, numbers, numbered } of rows) {
    if (seen !== ids || numbers !== numbered)
      throw new Error(`${job_id}: ${seen} events, ${ids} ids, ${numbers} numbers`);
    if (seen < (before.get(job_id) ?? 0)) throw new Error(`${job_id}: ${seen} events, ${before.get(job_id)} before`);
  }
  const found = new Set(rows.map(({ job_id }) => job_id));
  const lost = [...before.keys()].find((job) => !found.has(job));
  if (lost !== undefined) throw new Error(`${lost}: no event, ${before.get(lost)} before`);
  before = new Map(rows.map(({ job_id, seen }) => [job_id, seen]));
}
await reader.close();
