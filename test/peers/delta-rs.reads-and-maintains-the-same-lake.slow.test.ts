import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitPath, logFolder } from '../../src/lake/index.ts';
import type { Reader } from '../../src/query/index.ts';
import { linesOf, makeEvents } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { afterEachCommit } from './commits.ts';

const python = process.env.PYTHON ?? 'python3';
const missing = spawnSync(python, ['-c', 'import deltalake, pyarrow']).status !== 0;
const why = `${python} has no deltalake and pyarrow; PYTHON names another one`;

/** What delta-rs finds in the lake per kind, after some statements about the table `dt`. */
function inDeltaRs(warehouse: Warehouse, statement = ''): unknown {
  return inPython(warehouse, `${statement}\ntable = DeltaTable(sys.argv[1]).to_pyarrow_table()`);
}

/** What PyArrow finds in the files that the log names, by their own columns. */
function inPyArrow(warehouse: Warehouse): unknown {
  return inPython(
    warehouse,
    `schema = pa.schema([pa.field(f.name, pa.string() if f.name == "event" else f.type) for f in pa.schema(dt.schema())])
table = ds.dataset(dt.file_uris(), schema=schema, format="parquet").to_table()`,
  );
}

function inPython({ path }: Warehouse, statements: string): unknown {
  const script = `
import json, os, sys
import pyarrow as pa, pyarrow.compute as pc, pyarrow.dataset as ds
from deltalake import DeltaTable
dt = DeltaTable(sys.argv[1])
${statements}
kind = pc.coalesce(*[table[name].cast(pa.string()) for name in ("event", "event_kind") if name in table.column_names])
table = table.append_column("kind", kind)
kinds = table.group_by("kind").aggregate([("seq", "count"), ("seq", "sum"), ("duration_ms", "sum")]).to_pylist()
rows = [[k["kind"], k["seq_count"], k["seq_sum"], round(k["duration_ms_sum"] or 0, 3)] for k in kinds]
print(json.dumps(sorted(rows)), flush=True)
os._exit(0)`;
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, join(path, 'events')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

async function here(reader: Reader): Promise<unknown> {
  const rows = await reader.rows(`select event, count(*)::int as events, sum(seq)::int as seqs,
    round(coalesce(sum(duration_ms), 0), 3) as ms from events where not hot group by event order by event`);
  return rows.map(({ event, events, seqs, ms }) => [event, events, seqs, ms]);
}

async function filledWarehouse(): Promise<Warehouse> {
  const warehouse = tempWarehouse({ checkpoint_commits: 2 });
  for (const name of ['a', 'b', 'c', 'd']) {
    const jobs = makeEvents({ jobs: 3, events: 30 });
    for (const [job, events] of jobs) warehouse.append(`${job}/${name}.ndjson`, linesOf(events));
    await compacted(warehouse);
  }
  return warehouse;
}

test('delta-rs counts and sums what we do, from the log and from a checkpoint alone', async ({ skip }) => {
  skip(missing, why);
  const warehouse = await filledWarehouse();
  const expected = await here(await tempReader(warehouse));

  expect(inDeltaRs(warehouse)).toEqual(expected);
  for (const version of [0, 1]) rmSync(join(warehouse.path, commitPath(version)));
  expect(inDeltaRs(warehouse)).toEqual(expected);
});

test('delta-rs and PyArrow count and sum what we do, after each kind of commit', async ({ skip }) => {
  skip(missing, why);
  const seen = await afterEachCommit(async (warehouse) => ({
    here: await here(await tempReader(warehouse)),
    inDeltaRs: inDeltaRs(warehouse),
    inPyArrow: inPyArrow(warehouse),
  }));

  expect(seen.map(({ commit, seen: { inDeltaRs: found } }) => [commit, found])).toEqual(
    seen.map(({ commit, seen: one }) => [commit, one.here]),
  );
  expect(seen.map(({ commit, seen: { inPyArrow: found } }) => [commit, found])).toEqual(
    seen.map(({ commit, seen: one }) => [commit, one.here]),
  );
});

test.for([
  ['optimize', 'dt.optimize.compact()'],
  ['z-order', 'dt.optimize.z_order(["job_id"])'],
  ['checkpoint', 'dt.create_checkpoint()'],
  ['vacuum', 'dt.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False)'],
])(
  'after %s by delta-rs every view says what it said, and compaction goes on',
  async ([, statement = ''], { skip }) => {
    skip(missing, why);
    const warehouse = await filledWarehouse();
    const reader = await tempReader(warehouse);
    const before = await answersOf(reader);
    inDeltaRs(warehouse, statement);

    expect(await answersOf(reader)).toEqual(before);
    expect(await answersOf(await tempReader(warehouse))).toEqual(before);
    const [events = []] = makeEvents({ events: 20 }).values();
    warehouse.append('job-1/e.ndjson', linesOf(events));
    await compacted(warehouse);
    expect(inDeltaRs(warehouse)).toEqual(await here(reader));
  },
);

test('the lake is open from a checkpoint that delta-rs wrote alone', async ({ skip }) => {
  skip(missing, why);
  const warehouse = await filledWarehouse();
  const before = await answersOf(await tempReader(warehouse));
  inDeltaRs(warehouse, 'dt.optimize.compact()\nDeltaTable(sys.argv[1]).create_checkpoint()');
  const log = join(warehouse.path, logFolder);
  for (const file of readdirSync(log).filter((name) => !name.startsWith('00000000000000000004')))
    rmSync(join(log, file));

  expect(await answersOf(await tempReader(warehouse))).toEqual(before);
  warehouse.append('job-1/e.ndjson', linesOf([...makeEvents({ events: 20 }).values()].flat()));
  expect(await compacted(warehouse)).toMatchObject({ commits: 1, lines: 20 });
});
