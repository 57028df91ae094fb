import { basename } from 'node:path';
import type { JobResult } from '../inference/index.ts';
import { metricsReader, type Reader, readSql } from '../query/index.ts';
import { bytesText } from '../units.ts';
import { write, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText, folded, lastSentence } from './text.ts';

export interface DemoRun {
  readonly results: readonly JobResult[];
  /** Absolute. */
  readonly warehouse: string;
  readonly shortPath: (path: string) => string;
}

const widthMax = 80;
const framesShownMax = 3;

/** What came of the jobs: the tables, the devices, the issues, where everything lies, and what to ask next. */
export async function printReport(reader: Reader, run: DemoRun): Promise<void> {
  await printJobs(reader, run);
  await printAnswers(reader, run);
  await printDevices(run);
  await printIssues(reader, run);
  await printPlaces(reader, run);
  await printNext(run);
}

/** A heading, and at the right what was asked. */
async function heading(title: string, asked: string): Promise<void> {
  await writeLine(`\n${title}${asked.padStart(Math.max(asked.length + 2, widthMax - title.length))}\n`);
}

async function printJobs(reader: Reader, { results }: DemoRun): Promise<void> {
  await heading('THE JOBS', 'job_metrics');
  const [all] = await reader.rows('select count(*) as jobs from job_metrics');
  await write(objectTable(await reader.rows(readSql('demo/jobs.sql'), [idsOf(results)])));
  const others = Number(all?.jobs) - results.length;
  if (others > 0) await writeLine(`and ${countText(others, 'job')} from before`);
  for (const { jobId, status, error } of results) {
    if (error) await writeLine(`\n${folded(`${jobId}, ${status}: ${error.message}`, widthMax)}`);
  }
}

/** In one text, since a list cannot be bound. */
const idsOf = (results: readonly JobResult[]): string => results.map(({ jobId }) => jobId).join(',');

async function printAnswers(reader: Reader, { results }: DemoRun): Promise<void> {
  const metrics = metricsReader(reader);
  const jobId = results[0]?.jobId ?? '';
  const frames = await metrics.overlayPerformance(jobId);
  await heading('THE PLUGINS', 'avgPluginDuration()');
  await write(objectTable((await metrics.avgPluginDuration()).map((row) => ({ ...row, avg_ms: rounded(row.avg_ms) }))));
  await heading('THE OVERLAY', `overlayPerformance('${jobId}')`);
  await write(objectTable(frames.slice(0, framesShownMax).map((row) => ({ ...row, fps: rounded(row.fps) }))));
  if (frames.length > framesShownMax) await writeLine(`and ${countText(frames.length - framesShownMax, 'frame')} more`);
  await heading('THE DEVICES', 'deviceUsageStats()');
  await write(objectTable(await metrics.deviceUsageStats()));
}

const rounded = (value: number): number => Number(value.toFixed(2));

/** What each job asked for, what it ran on, and each attempt on the way with its reason. */
async function printDevices({ results }: DemoRun): Promise<void> {
  await heading('THE DEVICE LEDGER', 'device_decisions');
  for (const { jobId, device } of results) {
    if (device === undefined) continue;
    const { requested, used, fallback, attempts } = device;
    await writeLine(`${jobId}: asked for ${requested}, ran on ${used}${fallback ? ', a fallback' : ''}`);
    for (const { provider, ok, reason } of fallback ? attempts : []) {
      await writeLine(`  ${provider.padEnd(7)} ${ok ? 'runs' : lastSentence(reason ?? 'does not run')}`);
    }
  }
}

async function printIssues(reader: Reader, { results }: DemoRun): Promise<void> {
  await heading('THE ISSUES', 'output_issues');
  await write(objectTable(await reader.rows(readSql('demo/issues.sql'), [idsOf(results)])));
}

async function printPlaces(reader: Reader, { results, warehouse, shortPath }: DemoRun): Promise<void> {
  const [lake] = await reader.rows('select count(*) as files, sum(bytes)::bigint as bytes from lake_files');
  const [commits] = await reader.rows('select count(*) as commits from lake_commits');
  const [streams] = await reader.rows('select count(*) as streams, sum(lines)::bigint as lines from streams');
  const { stillPath, videoPath } = results[0] ?? {};
  const places = [
    ['picture', stillPath, 'a frame with its overlay'],
    ['video', videoPath, 'all frames with their overlay'],
    [
      'inbox',
      `${warehouse}/inbox`,
      `${countText(Number(streams?.lines), 'event')} in ${countText(Number(streams?.streams), 'stream')} of NDJSON`,
    ],
    [
      'lake',
      `${warehouse}/events`,
      `${countText(Number(lake?.files), 'Parquet file')}, ${bytesText(Number(lake?.bytes))}, ${countText(Number(commits?.commits), 'commit')}`,
    ],
    ['views', `${warehouse}/init.sql`, 'the same views in any DuckDB'],
  ] as const;
  await writeLine('\nWHERE IT LIES\n');
  for (const [name, path, what] of places) {
    if (path !== undefined) await writeLine(`  ${name.padEnd(8)} ${shortPath(path)}\n           ${what}`);
  }
}

async function printNext({ results, warehouse, shortPath }: DemoRun): Promise<void> {
  const script = process.argv[1] ?? 'siltstone';
  const command = basename(script) === 'siltstone' ? 'siltstone' : `node ${shortPath(script)}`;
  const where = shortPath(warehouse) === 'warehouse' ? '' : ` --warehouse ${shortPath(warehouse)}`;
  const [tracker, , faulty] = results.map(({ jobId }) => jobId);
  const next = [
    ['the tracker’s report, as one file for a browser', `report ${tracker} --html report.html${where}`],
    ['every box whose coordinates cannot be', `query${where} "from invalid_boxes"`],
    ['every box without a score', `query${where} "from missing_scores"`],
    ['a frame’s raw output against what was read of it', `query${where} "${diffsOf(faulty ?? '')}"`],
    ['what a job said, event by event', `tail ${tracker}${where}`],
    ['every view with its columns', 'views'],
  ] as const;
  await writeLine('\nTRY NEXT\n');
  for (const [what, line] of next) await writeLine(`  # ${what}\n  ${command} ${line}`);
}

const diffsOf = (jobId: string): string =>
  `select path, field, raw, canonical, why\n    from output_diffs\n    where job_id = '${jobId}' and frame_index = 5`;
