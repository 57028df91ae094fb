import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { watch } from '../compactor/index.ts';
import { type JobResult, runJob } from '../inference/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { writeInitSql } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { addCommand, type CommonOptions, settingsOf, wholeNumber } from './command.ts';
import { compactionText } from './compact-text.ts';
import { printReport } from './demo-report.ts';
import { endedExitCode, endSignal } from './ending.ts';
import { say, writeLine } from './output.ts';
import { type Bars, openBars } from './progress.ts';
import { durationText } from './text.ts';
import { withEngine } from './with-engine.ts';
import { withReader } from './with-reader.ts';

interface DemoOptions extends CommonOptions {
  readonly frames?: number;
}

const clipPath = fileURLToPath(new URL('../../samples/football.mp4', import.meta.url));
const plugin = 'player-tracker';
const jobCount = 3;
/** The frame of the picture: by then every player has been on the pitch for a while. */
const stillFrame = 60;

/** So that the compactor has something to do before the clip is over. */
const eager: Readonly<Record<string, string>> = { compact_pending_wait_ms: '2000', compact_job_wait_ms: '500' };

export function addDemo(program: Command): void {
  addCommand(program, {
    name: 'demo',
    summary: 'the whole way in under a minute: three jobs over a real clip, compaction beside them, then the tables',
    details:
      'Three processes run the plugin player-tracker over samples/football.mp4 and append events; the compactor takes them ' +
      'into the lake meanwhile. It ends by itself; a second run adds three more jobs.',
    examples: [
      ['siltstone demo', 'into ./warehouse'],
      ['siltstone demo --frames 10 --warehouse /tmp/try', 'ten frames a job, elsewhere'],
    ],
  })
    .option('--frames <count>', 'so many frames of the clip a job, at most', wholeNumber(1))
    .action(demo);
}

async function demo(options: DemoOptions): Promise<void> {
  const settings = settingsOf({ ...options, set: { ...eager, ...options.set } });
  const warehouse = resolve(settings.warehouse);
  const batch = Date.now().toString(36);
  const jobIds = Array.from({ length: jobCount }, (_, i) => `demo-${batch}-${i + 1}`);
  await writeLine(
    `${jobCount} jobs run ${plugin} over ${shortPath(clipPath)}, each in a process of its own; device: gpu`,
  );
  await writeLine(`warehouse: ${shortPath(warehouse)}\n`);
  const began = performance.now();
  const results = await runBesideCompactor(settings, (bars) =>
    Promise.all(jobIds.map((jobId, i) => runOne({ jobId, number: i + 1, warehouse, settings, bars, options }))),
  );
  say(`${jobCount} jobs and their compaction took ${durationText(performance.now() - began)}`);
  if (endSignal.aborted) {
    process.exitCode = endedExitCode();
    return;
  }
  await withReader(settings, (reader) => printReport(reader, { results, warehouse, shortPath }));
  if (results.some(({ status }) => status !== 'done')) process.exitCode = 1;
}

/** Lets the real compactor watch for as long as the jobs run; its last round takes what they left. */
async function runBesideCompactor(
  settings: Settings,
  run: (bars: Bars) => Promise<readonly JobResult[]>,
): Promise<readonly JobResult[]> {
  const storage = openLocalStorage(settings.warehouse);
  const bars = openBars();
  return withEngine(settings, async (engine) => {
    await writeInitSql(storage, engine);
    const jobsEnded = new AbortController();
    const watching = watch(
      { storage, engine, settings },
      {
        compacted: (compaction, durationMs) => bars.log(`compactor: ${compactionText(compaction, durationMs)}`),
        failed: (error) => bars.log(`compactor: a round failed and will be tried again: ${error}`),
      },
      jobsEnded.signal,
    );
    // Awaited below, when the jobs have ended: until then its failure has nobody to hear it.
    watching.catch(() => undefined);
    try {
      return await run(bars);
    } finally {
      bars.close();
      jobsEnded.abort();
      await watching;
    }
  });
}

interface OneJob {
  readonly jobId: string;
  /** From 1. */
  readonly number: number;
  readonly warehouse: string;
  readonly settings: Settings;
  readonly bars: Bars;
  readonly options: DemoOptions;
}

function runOne({ jobId, number, warehouse, settings, bars, options }: OneJob): Promise<JobResult> {
  const bar = bars.bar(jobId, 'frames');
  const picture = {
    frame: Math.min(stillFrame, (options.frames ?? Number.POSITIVE_INFINITY) - 1),
    path: join(warehouse, `${jobId}.png`),
  };
  return runJob({
    warehouse,
    jobId,
    plugin,
    input: clipPath,
    device: 'gpu',
    settings,
    signal: endSignal,
    onProgress: ({ framesDone, framesTotal }) => bar.update(framesDone, framesTotal),
    ...(number === 1 && { still: picture }),
    ...(options.frames !== undefined && { framesMax: options.frames }),
  });
}

/** As short as it can be typed from here. */
function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path) || '.';
  return fromHere.length < path.length ? fromHere : path;
}
