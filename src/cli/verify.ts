import type { Command } from 'commander';
import { openLocalStorage } from '../lake/index.ts';
import { type Verification, verify } from '../query/index.ts';
import { bytesText } from '../units.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { write, writeJson, writeLine } from './output.ts';
import { openBars } from './progress.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';
import { requireWarehouse, withInterruptedEngine } from './with-engine.ts';

/** Problems that the table shows; --json gives all. */
const problemsShownMax = 100;

interface VerifyOptions extends CommonOptions {
  readonly deep?: boolean;
  readonly json?: boolean;
}

export function addVerify(program: Command): void {
  addCommand(program, {
    name: 'verify',
    summary: 'compares the whole lake with its log and the inbox',
    details:
      'Each live file: is it there, has it the size, rows and columns that the log says. Each stream: is every line that ' +
      'was taken in the lake once, and is its file still what was taken. With --deep every byte and value of every file is ' +
      'read and compared with the checksum and the bounds in the log, and every line that the inbox still holds is judged ' +
      'again and compared with its row. Nothing is changed. Exit code 1 for any problem; `siltstone repair` says what can ' +
      'be done. Files that no log entry names are listed and harm nothing.',
    examples: [
      ['siltstone verify', 'every file and stream, with a table of what is wrong'],
      ['siltstone verify --deep', 'every value of every file as well'],
    ],
  })
    .option('--deep', 'reads every value, and compares checksums and the inbox’s lines')
    .option('--json', 'gives JSON')
    .action(runVerify);
}

async function runVerify(options: VerifyOptions): Promise<void> {
  const settings = settingsOf(options);
  await requireWarehouse(settings.warehouse);
  const bars = openBars();
  const found = await withInterruptedEngine(settings, async (engine) => {
    const bar = bars.bar('verify', 'bytes');
    const how = { deep: options.deep ?? false, batchBytes: settings.compact_batch_bytes };
    return verify(openLocalStorage(settings.warehouse), engine, bar.update, how);
  }).finally(bars.close);
  if (options.json) await writeJson(found);
  else await printVerification(found);
  if (found.problems.length > 0) process.exitCode = 1;
}

async function printVerification({ problems, orphans, ...found }: Verification): Promise<void> {
  const looked = [
    found.version < 0 ? 'nothing compacted yet' : `version ${found.version}`,
    countText(found.fileCount, 'file'),
    countText(found.rowCount, 'row'),
    bytesText(found.bytes),
    countText(found.streamCount, 'stream'),
  ];
  if (problems.length > 0) {
    await write(objectTable(problems.slice(0, problemsShownMax)));
    if (problems.length > problemsShownMax)
      await writeLine(`and ${problems.length - problemsShownMax} more: see --json`);
    await writeLine();
  }
  for (const path of orphans)
    await writeLine(`${path} is in no log entry: left by a crash, or of a compaction that runs`);
  await writeLine(
    `${looked.join(', ')}: ${problems.length === 0 ? 'all is as the log says' : countText(problems.length, 'problem')}`,
  );
}
