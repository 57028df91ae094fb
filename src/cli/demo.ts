import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { watch } from '../compactor/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { writeInitSql } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { durationText } from '../units.ts';
import { addCommand, type CommonOptions, settingsOf, wholeNumber } from './command.ts';
import { compactionText } from './compact-text.ts';
import { demoClipPath, demoJobs, runDemoJobs, wentAsMeant } from './demo-jobs.ts';
import { printReport } from './demo-report.ts';
import { endedExitCode, endSignal } from './ending.ts';
import { say, writeLine } from './output.ts';
import { type Bars, openBars } from './progress.ts';
import { withEngine } from './with-engine.ts';
import { withReader } from './with-reader.ts';

interface DemoOptions extends CommonOptions {
  readonly frames?: number;
}

/** So that all three run at once, and the compactor has something to do before the clip is over. */
const eager: Readonly<Record<string, string>> = {
  jobs_at_once: String(demoJobs.length),
  compact_pending_wait_ms: '2000',
  compact_job_wait_ms: '500',
};

export function addDemo(program: Command): void {
  addCommand(program, {
    name: 'demo',
    summary: 'the whole way in under a minute: three jobs over a real clip, compaction beside them, then the tables',
    details:
      'Three processes run three plugins over samples/football.mp4 and append events: player-tracker, asked to run on a GPU, ' +
      'ocr on the CPU, and faulty, whose outputs have everything that can be wrong in one, and which crashes. The compactor ' +
      'takes the events into the lake meanwhile. It ends by itself; a second run adds three more jobs.',
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
  await writeLine(`Three jobs at once over ${shortPath(demoClipPath)}, each in a process of its own:\n`);
  for (const { name, about } of demoJobs) await writeLine(`  ${name.padEnd(8)} ${about}`);
  await writeLine(`\nWarehouse: ${shortPath(warehouse)}\n`);
  const began = performance.now();
  const results = await besideCompactor(settings, (bars) =>
    runDemoJobs({ batch, warehouse, settings, bars, frames: options.frames }),
  );
  say(`three jobs and their compaction took ${durationText(performance.now() - began)}`);
  if (endSignal.aborted) {
    process.exitCode = endedExitCode();
    return;
  }
  await withReader(settings, (reader) => printReport(reader, { results, warehouse, shortPath }));
  if (!wentAsMeant(results)) process.exitCode = 1;
}

/** Lets the real compactor watch for as long as the jobs run; its last round takes what they left. */
async function besideCompactor<T>(settings: Settings, run: (bars: Bars) => Promise<T>): Promise<T> {
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

/** As short as it can be typed from here. */
function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path) || '.';
  return fromHere.length < path.length ? fromHere : path;
}
