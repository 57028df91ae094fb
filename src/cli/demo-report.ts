import { basename } from 'node:path';
import type { Result } from '../engine.ts';
import type { JobResult } from '../inference/index.ts';
import { contractTables, metricsReader, type Reader, viewFiles } from '../query/index.ts';
import { write, writeLine } from './output.ts';
import { objectTable, resultTable } from './result-table.ts';
import { bytesText, countText, lastSentence } from './text.ts';

export interface DemoRun {
  readonly results: readonly JobResult[];
  /** Absolute. */
  readonly warehouse: string;
  readonly shortPath: (path: string) => string;
}

const widthMax = 100;
const rowsShownMax = 3;

/** What came of the jobs: the tables, the readers' answers, the devices, and where everything lies. */
export async function printReport(reader: Reader, run: DemoRun): Promise<void> {
  await printTables(reader, run);
  await printAnswers(reader, run);
  await printDevices(run);
  await printPlaces(reader, run);
  await printNext(run);
}

async function printTables(reader: Reader, { results }: DemoRun): Promise<void> {
  await writeLine('\nTHE FOUR TABLES');
  const jobs = results.map(({ jobId }) => `'${jobId}'`).join(', ');
  for (const name of contractTables) {
    const [count] = await reader.rows(`select count(*) as rows from ${name}`);
    const grain = viewFiles()
      .find((view) => view.name === name)
      ?.grain.replace(/[.,:].*$/, '');
    const order = 'created_at, id';
    const rows = await reader.query(
      `select * from ${name} where job_id in (${jobs}) order by ${order} limit ${rowsShownMax}`,
    );
    await writeLine(`\n${name}: ${grain?.toLowerCase()}, ${countText(Number(count?.rows), 'row')} in all`);
    await write(resultTable(shortened(rows), widthMax).text);
  }
}

/** The beginning of an id and the time of the day tell rows apart, and leave room for the other columns. */
function shortened({ columns, rows }: Result): Result {
  const short = rows.map((row) =>
    row.map((value, i) => {
      if (value === null) return value;
      if (columns[i]?.type === 'UUID') return `${String(value).slice(0, 8)}…`;
      return columns[i]?.type === 'TIMESTAMP' ? clockOf(String(value)) : value;
    }),
  );
  return { columns, rows: short };
}

/** `23:36:58.87` as `23:36:58.870`. */
function clockOf(time: string): string {
  const [seconds = '', fraction = ''] = time.slice(11).split('.');
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
}

async function printAnswers(reader: Reader, { results }: DemoRun): Promise<void> {
  const metrics = metricsReader(reader);
  const jobId = results[0]?.jobId ?? '';
  const frames = await metrics.overlayPerformance(jobId);
  await writeLine('\nFOUR QUESTIONS');
  await answer('jobSummary()', await metrics.jobSummary());
  await answer(
    'avgPluginDuration()',
    (await metrics.avgPluginDuration()).map((row) => ({ ...row, avg_ms: rounded(row.avg_ms) })),
  );
  await answer(
    `overlayPerformance('${jobId}'), ${rowsShownMax} of ${frames.length} frames`,
    frames.slice(0, rowsShownMax).map((row) => ({ ...row, fps: rounded(row.fps) })),
  );
  await answer('deviceUsageStats()', await metrics.deviceUsageStats());
}

const rounded = (value: number): number => Number(value.toFixed(2));

async function answer(question: string, rows: readonly object[]): Promise<void> {
  await writeLine(`\n${question}`);
  await write(objectTable(rows));
}

async function printDevices({ results }: DemoRun): Promise<void> {
  await writeLine('\nTHE DEVICE');
  const choice = results.find(({ device }) => device !== undefined)?.device;
  for (const { jobId, status, error } of results) if (error) await writeLine(`\n${jobId} ${status}: ${error.message}`);
  if (choice === undefined) return;
  const { requested, used, fallback, attempts } = choice;
  await writeLine(`\nasked for ${requested}, ran on ${used}${fallback ? ', a fallback' : ''}; what was tried:`);
  for (const { provider, ok, reason } of attempts) {
    await writeLine(`  ${provider.padEnd(7)} ${ok ? 'runs' : lastSentence(reason ?? 'does not run')}`);
  }
}

async function printPlaces(reader: Reader, { results, warehouse, shortPath }: DemoRun): Promise<void> {
  const [lake] = await reader.rows('select count(*) as files, sum(bytes)::bigint as bytes from lake_files');
  const [commits] = await reader.rows('select count(*) as commits from lake_commits');
  const [streams] = await reader.rows('select count(*) as streams, sum(lines)::bigint as lines from streams');
  const picture = results.find(({ stillPath }) => stillPath !== undefined)?.stillPath;
  const places = [
    [
      'inbox',
      `${warehouse}/inbox`,
      `${countText(Number(streams?.lines), 'event')} in ${countText(Number(streams?.streams), 'stream')} of NDJSON`,
    ],
    [
      'lake',
      `${warehouse}/events`,
      `${countText(Number(lake?.files), 'Parquet file')} of ${bytesText(Number(lake?.bytes))}, ${countText(Number(commits?.commits), 'commit')}`,
    ],
    ['views', `${warehouse}/init.sql`, 'the same views in any DuckDB'],
    ...(picture === undefined ? [] : [['picture', picture, 'a frame with its overlay']]),
  ] as const;
  await writeLine('\nWHERE IT LIES\n');
  const width = Math.max(...places.map(([, path]) => shortPath(path).length));
  for (const [name, path, what] of places) {
    await writeLine(`  ${name.padEnd(8)} ${shortPath(path).padEnd(width)}   ${what}`);
  }
}

async function printNext({ results, warehouse, shortPath }: DemoRun): Promise<void> {
  const script = process.argv[1] ?? 'siltstone';
  const command = basename(script) === 'siltstone' ? 'siltstone' : `node ${shortPath(script)}`;
  const where = shortPath(warehouse) === 'warehouse' ? '' : ` --warehouse ${shortPath(warehouse)}`;
  await writeLine('\nTRY NEXT\n');
  const query = 'select label, count(*) as boxes, avg(score) as score from detections group by all';
  await writeLine(`  ${command} query${where} "${query}"`);
  await writeLine(`  ${command} tail ${results[0]?.jobId}${where}`);
  await writeLine(`  ${command} views`);
}
