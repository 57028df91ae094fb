import type { Command } from 'commander';
import { backup } from '../care/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { bytesText } from '../units.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { endSignal } from './ending.ts';
import { write, writeJson, writeLine } from './output.ts';
import { openBars } from './progress.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';
import { requireWarehouse, withInterruptedEngine } from './with-engine.ts';

interface BackupOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addBackup(program: Command): void {
  addCommand(program, {
    name: 'backup',
    summary: 'copies a consistent snapshot of the warehouse, while everything runs',
    details:
      'DEST becomes a warehouse of its own, with every event that was flushed before, once. Data files are hard links where ' +
      'DEST is on the same file system. Where DEST holds an earlier backup, only what is new is copied. At the end it is ' +
      'verified, and backup.json says that it is complete. To restore, copy the folder back, or open it where it is with ' +
      '--warehouse DEST.',
    examples: [['siltstone backup /mnt/disk/siltstone', 'a first backup, or the next one into the same folder']],
  })
    .argument('<dest>', 'folder: empty, or an earlier backup of this warehouse')
    .option('--json', 'gives JSON')
    .action(runBackup);
}

async function runBackup(destination: string, options: BackupOptions): Promise<void> {
  const settings = settingsOf(options);
  await requireWarehouse(settings.warehouse);
  const storage = openLocalStorage(settings.warehouse);
  const bars = openBars();
  const done = await withInterruptedEngine(settings, (engine) => {
    const bar = bars.bar('backup', 'bytes');
    return backup({ storage, engine }, destination, bar.update, endSignal);
  }).finally(bars.close);
  const { version, fileCount, keptCount, streamCount, bytes, problems } = done;
  if (options.json) await writeJson(done);
  else {
    if (problems.length > 0) await write(objectTable(problems));
    const files = `${countText(fileCount, 'file')} (${keptCount} there already), ${countText(streamCount, 'stream')}`;
    const state = problems.length === 0 ? 'complete and verified' : 'NOT complete: it is not as its log says';
    const at = version < 0 ? 'nothing compacted yet' : `version ${version}`;
    await writeLine(`${at}, ${files}, ${bytesText(bytes)}: ${state}`);
  }
  if (problems.length > 0) process.exitCode = 1;
}
