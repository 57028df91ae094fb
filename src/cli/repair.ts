import type { Command } from 'commander';
import { type Fix, type Hopeless, planRepair, type RepairPlan, repair } from '../care/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { endSignal } from './ending.ts';
import { writeJson, writeLine } from './output.ts';
import { openBars } from './progress.ts';
import { countText } from './text.ts';
import { requireWarehouse, withInterruptedEngine } from './with-engine.ts';

interface RepairOptions extends CommonOptions {
  readonly yes?: boolean;
  readonly acceptLoss?: boolean;
  readonly json?: boolean;
}

export function addRepair(program: Command): void {
  addCommand(program, {
    name: 'repair',
    summary: 'says how to mend what is broken, and with --yes mends it',
    details:
      'Looks at the log, every byte of every live file, and what crashes left. For each thing: what was found, how it is ' +
      'known that mending loses nothing, and what it would do. Without --yes nothing is changed. Nothing of the log is ' +
      'ever deleted, and a repair that is cut off leaves the warehouse no worse: run it again. Exit code 1 where something ' +
      'is left to mend.',
    examples: [
      ['siltstone repair', 'what it would do; changes nothing'],
      ['siltstone repair --yes', 'does it'],
    ],
  })
    .option('--yes', 'mends; without it, it only tells')
    .option('--accept-loss', 'with --yes: mends too where events are lost for good, after it has said which')
    .option('--json', 'gives JSON')
    .action(runRepair);
}

async function runRepair(options: RepairOptions): Promise<void> {
  const settings = settingsOf(options);
  await requireWarehouse(settings.warehouse);
  const storage = openLocalStorage(settings.warehouse);
  const bars = openBars();
  const { done, left } = await withInterruptedEngine(settings, async (engine) => {
    const bar = bars.bar('repair', 'bytes');
    const bench = { storage, engine, settings };
    if (!options.yes) return { done: [], left: await planRepair(bench, bar.update) };
    return repair(bench, { acceptLoss: options.acceptLoss ?? false }, bar.update, endSignal);
  }).finally(bars.close);
  if (options.json) await writeJson({ done, left });
  else {
    await printFixes('mended', done);
    await printFixes(options.yes ? 'left' : 'to mend', left.fixes);
    await printHopeless(left.hopeless);
    await writeLine(ending(done, left));
  }
  if (left.fixes.length + left.hopeless.length > 0) process.exitCode = 1;
}

async function printFixes(state: string, fixes: readonly Fix[]): Promise<void> {
  for (const [i, { of, found, proof, does, loses }] of fixes.entries()) {
    await writeLine(`${i + 1}. ${state}: ${of}`);
    await writeLine(`   found  ${found}`);
    await writeLine(`   proof  ${proof}`);
    await writeLine(`   does   ${does}`);
    if (loses !== undefined) await writeLine(`   LOSES  ${loses}`);
    await writeLine();
  }
}

async function printHopeless(hopeless: readonly Hopeless[]): Promise<void> {
  for (const { of, found, advice } of hopeless) {
    await writeLine(`cannot be mended: ${of}`);
    await writeLine(`   found  ${found}`);
    await writeLine(`   do     ${advice}`);
    await writeLine();
  }
}

function ending(done: readonly Fix[], { fixes, hopeless, isPartial }: RepairPlan): string {
  const lossy = fixes.filter(({ loses }) => loses !== undefined).length;
  const sentences = [
    ...(done.length > 0 ? [`${countText(done.length, 'thing')} mended.`] : []),
    ...(done.length === 0 && fixes.length > 0 ? ['Nothing was changed.'] : []),
    ...(fixes.length > lossy ? ['`siltstone repair --yes` does it.'] : []),
    ...(lossy > 0 ? ['What loses events is mended with --yes --accept-loss only.'] : []),
    ...(isPartial ? ['The data files are looked at once the log is mended.'] : []),
    ...(fixes.length + hopeless.length === 0 ? ['Nothing is left to mend.'] : []),
  ];
  return sentences.join(' ');
}
