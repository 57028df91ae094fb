import type { Command } from 'commander';
import { compact, merge, sweep, upkeep } from '../compactor/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { writeInitSql } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { printDryRun } from './compact-dry-run.ts';
import { compactionText, mergingText, upkeepText } from './compact-text.ts';
import { endSignal } from './ending.ts';
import { writeJson, writeLine } from './output.ts';
import { openBars } from './progress.ts';
import { requireWarehouse, withEngine } from './with-engine.ts';

export interface CompactOptions extends CommonOptions {
  readonly merge?: boolean;
  readonly vacuum?: boolean;
  readonly dryRun?: boolean;
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
    examples: [
      ['siltstone compact', 'everything that is pending now'],
      ['siltstone compact --merge --vacuum --dry-run', 'what the daily round would do'],
      ['siltstone compact --vacuum --set "retention=overlay.frame=30d"', 'keeps that kind for 30 days'],
    ],
  })
    .option('--once', 'one time, which is what this command does anyway; `siltstone watch` is the service')
    .option('--merge', 'then merges small files of a partition into large ones')
    .option('--vacuum', 'then lets go what is old: see the settings retention, log_retention_ms, vacuum_retention_ms')
    .option('--dry-run', 'changes nothing, and tells what would be done')
    .option('--json', 'gives JSON')
    .action(runCompact);
}

async function runCompact(options: CompactOptions): Promise<void> {
  const settings = settingsOf(options);
  await requireWarehouse(settings.warehouse);
  const storage = openLocalStorage(settings.warehouse);
  const bars = openBars();
  await withEngine(settings, async (engine) => {
    const bench = { storage, engine, settings };
    if (options.dryRun) return printDryRun(bench, options);
    const began = performance.now();
    const bar = bars.bar('compact', 'bytes');
    const compaction = await compact(
      bench,
      ({ bytesDone, bytesTotal }) => bar.update(bytesDone, bytesTotal),
      endSignal,
    ).finally(async () => {
      // In any case: where the disk is full, what this removes is what makes room.
      if (!endSignal.aborted) await sweep(storage, engine, settings);
    });
    const durationMs = Math.round(performance.now() - began);
    if (!endSignal.aborted) await writeInitSql(storage, engine);
    const mergeBar = options.merge && !endSignal.aborted ? bars.bar('merge', 'bytes') : undefined;
    const merging = mergeBar && (await merge(bench, mergeBar.update, endSignal));
    const upkept = options.vacuum && !endSignal.aborted ? await upkeep(bench) : undefined;
    bars.close();
    if (options.json) return writeJson({ ...compaction, durationMs, merging, upkeep: upkept });
    await writeLine(compactionText(compaction, durationMs));
    if (merging) await writeLine(mergingText(merging));
    if (upkept) await writeLine(upkeepText(upkept));
  }).finally(bars.close);
}
