// Writes a warehouse in the format of this version, with what every view says of it, into test/golden/<version>/. Run
// `npm run golden` once before a release; what was released is never written again.
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compact, merge } from '../../dist/compactor/index.js';
import { openEngine } from '../../dist/engine.js';
import { examples } from '../../dist/events/index.js';
import { openLocalStorage } from '../../dist/lake/index.js';
import { openReader, promotedViewsOf, viewFiles } from '../../dist/query/index.js';
import { readSettings } from '../../dist/settings.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const folder = fileURLToPath(new URL(version, import.meta.url));
const warehouse = join(folder, 'warehouse');
const storage = openLocalStorage(warehouse);
const settingsOf = (given = {}) => readSettings({ warehouse, engine_threads: 1, checkpoint_commits: 3, ...given }, {});

rmSync(folder, { recursive: true, force: true });
const engine = await openEngine({ memoryBytes: 600 * 1024 * 1024, threads: 1 });
for (const write of [ownStreams, foreignStreams, flood, promoted, later]) {
  const given = write();
  await compact({ storage, engine, settings: settingsOf(given) });
}
await merge({ storage, engine, settings: settingsOf() });
hot();
engine.close();
writeFileSync(join(folder, 'answers.json'), await answers());

function append(stream, ...lines) {
  const file = join(warehouse, 'inbox', stream);
  mkdirSync(dirname(file), { recursive: true });
  for (const line of lines) appendFileSync(file, Buffer.isBuffer(line) ? line : `${JSON.stringify(line)}\n`);
}

/** Every kind that a stream may hold, as our emitters write them: a job that ends. */
function ownStreams() {
  append('.id', Buffer.from('0190aaaa-0000-7000-8000-00000000601d\n'));
  const lines = Object.values(examples)
    .map(({ line }) => line)
    .filter(({ event }) => event !== 'line.rejected');
  const done = { ...examples['job.status'].line, status: 'done', duration_ms: 812.25, ts: '2026-11-23T14:05:59.000Z' };
  append(
    'match-7/019ab0e0-1234-7abc-8def-000000000001.ndjson',
    ...[...lines, done].map((line, seq) => ({ ...line, seq })),
  );
}

/** What other programs write: no numbers, unknown fields, values in other forms, and lines that are no events. */
function foreignStreams() {
  const ts = '2026-11-24T00:00:01Z';
  append(
    'match-8/bash.ndjson',
    { event: 'log', ts, level: 'info', message: 'no number, no job, and a field of its own', shift: 'night' },
    { event: 'log', ts, level: 'warn', message: 12, attrs: { a: { b: [1, 2.5, null] } } },
    { event: 'plugin.run', ts, plugin: 'pitch', tool: 'detect', duration_ms: '7.91', success: 'true', seq: 99 },
    Buffer.from('not JSON\n\n[1]\n{"event":"log"}\n'),
    Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
    { event: 'log', ts: '1999-01-01T00:00:00Z', level: 'info', message: 'a year too early' },
    { event: 'door.opened', ts: '2026-11-24T00:00:02.123456Z', door: 'north', count: 3 },
    Buffer.from(`{"event":"log","ts":"${ts}","level":"info","message":"ends with a carriage return"}\r\n`),
  );
}

/** Kinds of one's own that share a file. */
function flood() {
  const kinds = ['a.one', 'b.two', 'c.three'];
  append('match-8/flood.ndjson', ...kinds.map((event, i) => ({ event, ts: `2026-11-24T00:01:0${i}Z`, value: i })));
  return { compact_kinds_max: 0 };
}

function sample(seq, watts) {
  return { event: 'gpu.sample', job_id: 'match-7', seq, ts: '2026-11-23T14:06:00.5Z', watts };
}

/** A custom kind before it is promoted, and after. */
function promoted() {
  append('match-7/019ab0e0-1234-7abc-8def-000000000002.ndjson', sample(0, 301.5), sample(1, 'hot'));
}

function later() {
  const fields = { watts: 'DOUBLE', slot: 'BIGINT', name: 'VARCHAR', busy: 'BOOLEAN', read_at: 'TIMESTAMPTZ' };
  const kinds = { 'gpu.sample': { ...fields, limits: 'JSON' } };
  writeFileSync(join(warehouse, 'siltstone.json'), `${JSON.stringify({ kinds }, null, 2)}\n`);
  const whole = { slot: 3, name: 'A100', busy: true, read_at: '2026-11-23T15:05:00+01:00', limits: { max: 400 } };
  append(
    'match-7/019ab0e0-1234-7abc-8def-000000000002.ndjson',
    { ...sample(2, 299), ...whole },
    { ...sample(3, null), slot: 2.5 },
  );
}

/** Lines that were not compacted, one of them not ended. */
function hot() {
  append('match-7/019ab0e0-1234-7abc-8def-000000000002.ndjson', { ...sample(4, 120.25), slot: 4 });
  append('match-9/late.ndjson', { ...examples.log.line, job_id: 'match-9', seq: 0 }, Buffer.from('not JSON\n{"event":"lo'));
}

/** What every view says, each row as the values of its columns. */
async function answers() {
  const reader = await openReader(settingsOf());
  const views = [...viewFiles(), ...(await promotedViewsOf(storage))];
  const said = [];
  for (const { name } of views) {
    const { columns, rows } = await reader.query(`from "${name}" order by all`);
    const names = JSON.stringify(columns.map((column) => column.name));
    const values = rows.map((row) => `\n      ${JSON.stringify(row)}`).join(',');
    said.push(`\n  ${JSON.stringify(name)}: {\n    "columns": ${names},\n    "rows": [${values}]\n  }`);
  }
  await reader.close();
  return `{${said.join(',')}\n}\n`;
}
