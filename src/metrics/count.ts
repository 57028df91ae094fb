import { literal, type Row } from '../engine.ts';
import { isKind, kinds } from '../events/index.ts';
import { sideBySide } from '../inbox/index.ts';
import { type Add, dataPath, readStats, type Storage } from '../lake/index.ts';
import { type Reader, readSql } from '../query/index.ts';
import { boundsByVariable } from './families.ts';
import { grouped } from './grouped.ts';
import type { Found, Totals } from './totals.ts';

const countingFiles = ['01_found', '03_jobs', '04_plugin_runs', '05_outputs', '06_overlay', '07_devices'] as const;

/** Bounds in whole µs, as the values are. */
const bounds = Object.entries(boundsByVariable)
  .map(
    ([name, seconds]) =>
      `set variable ${name} = ${listOf(
        seconds.map((s) => String(Math.round(s * 1e6))),
        'bigint',
      )};`,
  )
  .join('\n');

/** The kinds that are counted by name, and the custom ones together. */
const countedKinds = [...Object.keys(kinds), 'other'];

const kindsVariable = `set variable metric_kinds = ${listOf(Object.keys(kinds).map(literal), 'varchar')};`;

/** What the hot rows hold, at the version that the reader has after it. */
export async function countHot(reader: Reader): Promise<readonly Found[]> {
  return count(reader, 'hot', undefined, kindsVariable);
}

/** Files that one query reads, at most: it opens them all. */
const filesMax = 500;

/**
 * What some files hold that came to a lake that held others before. Those of `job.status` are counted together, as a job's
 * states may lie in several.
 */
export async function countFiles(
  reader: Reader,
  storage: Storage,
  adds: readonly Add[],
  earlier: readonly Add[],
  open: Totals['open'],
): Promise<readonly Found[]> {
  const isStatus = (add: Add): boolean => kindOf(add) === 'job.status';
  const statuses = adds.filter(isStatus);
  const others = adds.filter((add) => !isStatus(add));
  const near = await present(storage, nearTo(earlier.filter(isStatus), adds));
  const found: Found[] = [];
  // Once even for none, as the open jobs may have been told of before.
  const batches = [[...statuses, ...others.slice(0, filesMax)]];
  for (let at = filesMax; at < others.length; at += filesMax) batches.push(others.slice(at, at + filesMax));
  for (const batch of batches) {
    const known = batch === batches[0] ? near : [...near, ...statuses];
    found.push(...(await count(reader, 'files', open, filesVariables(storage, batch, known))));
  }
  return found;
}

function filesVariables(storage: Storage, adds: readonly Add[], earlier: readonly Add[]): string {
  const place = ({ path }: Add): string => literal(storage.locate(dataPath(path)));
  const byKind = [...grouped(adds, kindOf)].map(
    ([kind, files]) => `${literal(kind)}: ${listOf(files.map(place), 'varchar')}`,
  );
  const files = byKind.length === 0 ? 'map([]::varchar[], []::varchar[][])' : `map {${byKind.join(', ')}}`;
  const known = earlier.length === 0 ? 'null::varchar[]' : listOf(earlier.map(place), 'varchar');
  return `set variable metric_files = ${files};\nset variable metric_earlier_files = ${known};`;
}

/** `other` for kinds that are not in the contract, and for files of several, which hold no other. */
function kindOf({ partitionValues: { event } }: Add): string {
  return typeof event === 'string' && isKind(event) ? event : 'other';
}

/** Those of some files that may hold events of the same jobs as others, as far as their bounds tell. */
function nearTo(adds: readonly Add[], others: readonly Add[]): readonly Add[] {
  const bounds = others.map(jobBoundsOf);
  return adds.filter((add) => {
    const { min, max } = jobBoundsOf(add);
    return bounds.some((other) => min <= other.max && other.min <= max);
  });
}

/** Without those that retention and a vacuum, or a backup, left out: what they held nobody can be asked any more. */
async function present(storage: Storage, adds: readonly Add[]): Promise<readonly Add[]> {
  const found = await sideBySide(adds, async (add) => ((await storage.stat(dataPath(add.path))) ? [add] : []));
  return found.flat();
}

function jobBoundsOf({ stats }: Add): { readonly min: string; readonly max: string } {
  const { minValues, maxValues } = readStats(stats);
  return { min: minValues?.job_id ?? '', max: maxValues?.job_id ?? '\u{10ffff}' };
}

async function count(
  reader: Reader,
  source: 'files' | 'hot',
  open: Totals['open'] | undefined,
  variables: string,
): Promise<readonly Found[]> {
  const sql = [
    bounds,
    variables,
    `set variable metric_open = ${open === undefined ? 'null::varchar[]' : listOf([...open.keys()].map(literal), 'varchar')};`,
    readSql(`metrics/00_source_${source}.sql`),
    ...countingFiles.map((name) => readSql(`metrics/${name}.sql`)),
    ...countedKinds.map((kind) => `set variable metric_kind = ${literal(kind)};\n${readSql('metrics/02_events.sql')}`),
    ...(source === 'hot' ? [readSql('metrics/08_pending.sql')] : []),
    'from metric_found;',
  ].join('\n');
  return (await reader.rows(sql, undefined, {})).map(foundOf);
}

const foundOf = (row: Row): Found => row as unknown as Found;

function listOf(values: readonly string[], type: string): string {
  return `[${values.join(', ')}]::${type}[]`;
}
