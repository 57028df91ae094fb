import type { Command } from 'commander';
import { type Compaction, compact, sweep } from '../compactor/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { writeInitSql } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { endSignal } from './ending.ts';
import { writeJson, writeLine } from './output.ts';
import { openBars } from './progress.ts';
import { bytesText, countText, durationText } from './text.ts';
import { requireWarehouse, withEngine } from './with-engine.ts';

interface CompactOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addCompact(program: Command): void {
  addCommand(program, {
    name: 'compact',
    summary: 'takes what is pending in the inbox into the lake, one time',
    details:
      'Writers need not stop, and it may run beside another compactor. No view’s answer changes by it. Ctrl-C stops it ' +
      'behind the commit that it works on. Streams of ended jobs that were taken longer than inbox_grace_ms ago are removed. ' +
      'It also writes init.sql, which sets the views up in any DuckDB.',
    examples: [['siltstone compact', 'everything that is pending now']],
  })
    .option('--json', 'gives JSON')
    .action(runCompact);
}

async function runCompact(options: CompactOptions): Promise<void> {
  const settings = settingsOf(options);
  await requireWarehouse(settings.warehouse);
  const storage = openLocalStorage(settings.warehouse);
  const began = performance.now();
  const bars = openBars();
  const done = await withEngine(settings, async (engine) => {
    const bar = bars.bar('compact', 'bytes');
    const compaction = await compact(
      { storage, engine, settings },
      ({ bytesDone, bytesTotal }) => bar.update(bytesDone, bytesTotal),
      endSignal,
    ).finally(async () => {
      // In any case: where the disk is full, what this removes is what makes room.
      if (!endSignal.aborted) await sweep(storage, engine, settings);
    });
    if (!endSignal.aborted) await writeInitSql(storage, engine);
    return compaction;
  }).finally(bars.close);
  const durationMs = Math.round(performance.now() - began);
  if (options.json) await writeJson({ ...done, durationMs });
  else await writeLine(compactionText(done, durationMs));
}

/** What a compaction did, in one line. */
export function compactionText(
  { commits, lines, bytesRead, files, bytesWritten }: Compaction,
  durationMs: number,
): string {
  if (commits === 0) return 'nothing was pending';
  return (
    `${countText(lines, 'line')} (${bytesText(bytesRead)}) compacted into ${countText(files, 'file')} ` +
    `(${bytesText(bytesWritten)}) by ${countText(commits, 'commit')} in ${durationText(durationMs)}`
  );
}
