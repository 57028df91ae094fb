import type { Command } from 'commander';
import { watch } from '../compactor/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { writeInitSql } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { compactionText, mergingText, upkeepText } from './compact-text.ts';
import { endInterruptedJobs } from './end-interrupted.ts';
import { endSignal } from './ending.ts';
import { openLog } from './log.ts';
import { withEngine } from './with-engine.ts';

export function addWatch(program: Command): void {
  addCommand(program, {
    name: 'watch',
    summary: 'compacts whenever it is due, until it is ended: the compactor as a service',
    details:
      'When it is due is said by the settings compact_pending_bytes, compact_pending_wait_ms, compact_job_wait_ms and ' +
      'compact_schedule. It merges small files by merge_schedule, and lets go what is old by upkeep_schedule. Ctrl-C or SIGTERM ends it with exit code 0 after it has taken what is pending. Its log is on ' +
      'stderr: JSON lines, short ones on a terminal.',
    examples: [
      ['siltstone watch', 'beside the jobs, until Ctrl-C'],
      ['siltstone watch --set compact_pending_wait_ms=5000', 'lines wait 5 s at most'],
    ],
  }).action(runWatch);
}

/** Where `siltstone serve` started it, it does not outlive it. */
function endWithParent(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

async function runWatch(options: CommonOptions): Promise<void> {
  const settings = settingsOf(options);
  endWithParent();
  const log = openLog(settings);
  const storage = openLocalStorage(settings.warehouse);
  await endInterruptedJobs(settings, (text) => log.warn(text));
  await withEngine(settings, async (engine) => {
    await writeInitSql(storage, engine);
    await watch(
      { storage, engine, settings },
      {
        ready: () => log.info({ warehouse: storage.locate('') }, `watching ${storage.locate('inbox')}`),
        compacted: (compaction, durationMs) =>
          log.info({ ...compaction, durationMs: Math.round(durationMs) }, compactionText(compaction, durationMs)),
        swept: (swept) =>
          log.info(swept, `${swept.removed} streams of ended jobs removed, ${swept.setAside} set aside`),
        paused: (error) => log.warn({ err: error }, 'compaction waits for room on the disk'),
        resumed: () => log.info('compaction goes on: there is room on the disk'),
        merged: (merging) => log.info(merging, mergingText(merging)),
        upkept: (upkeep) => log.info(upkeep, upkeepText(upkeep)),
        failed: (error) => log.error({ err: error }, 'a round failed, and will be tried again'),
      },
      endSignal,
    );
  });
  // Being ended is its way to be done.
  process.exitCode = 0;
}
