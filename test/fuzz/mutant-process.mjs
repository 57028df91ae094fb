// Opens a lake once for each of some mutations of one of its files. Prints one line before each and one after it: whoever
// started it knows what it died or hung of.
// node mutant-process.mjs WAREHOUSE COPY SEED FROM TO
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openEngine } from '../../dist/engine.js';
import { SiltstoneError } from '../../dist/errors.js';
import { checksumOf, loadSnapshot, openLocalStorage, recordedChecksum } from '../../dist/lake/index.js';
import { openReader, verify } from '../../dist/query/index.js';
import { schemaLiteral } from '../../dist/query/lake-state.js';
import { readSettings } from '../../dist/settings.js';
import { mutated, randomFrom } from './mutate.mjs';

const [original, warehouse, seed, from, to] = process.argv.slice(2);
// A process that died left its copy as it had changed it.
rmSync(warehouse, { recursive: true, force: true });
cpSync(original, warehouse, { recursive: true });
const settings = readSettings({ warehouse, engine_threads: 1 }, {});
const storage = openLocalStorage(warehouse);
/** Without the cache, which knows a file by its size and time: here it is written several times within one tick. */
async function open() {
  const opened = await openEngine({ memoryBytes: 512 * 2 ** 20, threads: 1 });
  await opened.run('set enable_external_file_cache = false');
  return opened;
}
let engine = await open();

const files = readdirSync(join(warehouse, 'events'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('_siltstone'))
  .map((entry) => join(entry.parentPath, entry.name));
const sorts = {
  entry: files.filter((file) => /\/\d{20}\.json$/.test(file)),
  checkpoint: files.filter((file) => file.endsWith('.checkpoint.parquet')),
  hint: files.filter((file) => file.endsWith('_last_checkpoint')),
  data: files.filter((file) => /\/part-[^/]*\.parquet$/.test(file)),
};
const turns = ['entry', 'entry', 'entry', 'entry', 'checkpoint', 'checkpoint', 'checkpoint', 'hint', 'data', 'data'];

/** What the log says. */
async function snapshotText() {
  const { files: live, tombstones, txns, ...others } = await loadSnapshot(storage, engine);
  return JSON.stringify([others, [...live.values()], [...tombstones.values()], [...txns.values()]]);
}

/** What a data file says, read as the views read it. */
async function rowsText(file) {
  const { rows } = await engine.result(`select * from read_parquet(['${file}'], schema = ${schemaLiteral})`);
  return JSON.stringify(rows);
}

/** What a user sees, and what `verify` finds. */
async function answersText() {
  const reader = await openReader(settings);
  try {
    const rows = await reader.query('select * from events order by all');
    return JSON.stringify(rows);
  } finally {
    await reader.close();
  }
}

const tell = (found) => process.stdout.write(`${JSON.stringify(found)}\n`);

async function outcomeOf(ask, expected) {
  try {
    return (await ask()) === expected ? 'same' : 'other';
  } catch (error) {
    return error instanceof SiltstoneError ? error.code : `${error?.name}: ${error?.message}`;
  }
}

const lake = await loadSnapshot(storage, engine);
const checksums = new Map(
  [...lake.files.values()].map((add) => [storage.locate(`events/${add.path}`), recordedChecksum(add)]),
);
const rowsOf = new Map();
for (const file of sorts.data) rowsOf.set(file, await rowsText(file));
const expected = { snapshot: await snapshotText(), answers: await answersText() };

for (let i = Number(from); i < Number(to); i += 1) {
  const random = randomFrom(Number(seed) * 1_000_003 + i);
  const sort = turns[i % turns.length];
  const file = sorts[sort][random(sorts[sort].length)];
  const before = readFileSync(file);
  const { bytes, done } = mutated(before, random);
  const isWhole = random(25) === 0;
  const about = { i, sort, file: relative(warehouse, file), done };
  tell(about);
  writeFileSync(file, bytes);
  const alone = await outcomeOf(
    sort === 'data' ? () => rowsText(file) : snapshotText,
    rowsOf.get(file) ?? expected.snapshot,
  );
  const whole = isWhole ? await outcomeOf(answersText, expected.answers) : undefined;
  const verified = isWhole ? await outcomeOf(async () => typeof (await verify(storage, engine)), 'object') : undefined;
  const isTold = sort === 'data' && alone === 'other' ? (await checksumOf(file)) !== checksums.get(file) : undefined;
  writeFileSync(file, before);
  // After an error inside of it DuckDB answers nothing more.
  const isLost = (await outcomeOf(() => engine.rows('select 1 as one').then(JSON.stringify), '[{"one":1}]')) !== 'same';
  if (isLost) engine = await open();
  tell({ ...about, alone, whole, verified, isTold, isLost });
}
engine.close();
