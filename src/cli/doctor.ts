import type { Command } from 'commander';
import { findInterrupted } from '../care/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { examineWarehouse, type Finding } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { examineMachine } from './doctor-machine.ts';
import { writeJson, writeLine } from './output.ts';
import { countText } from './text.ts';
import { withInterruptedEngine } from './with-engine.ts';

interface DoctorOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addDoctor(program: Command): void {
  addCommand(program, {
    name: 'doctor',
    summary: 'looks at everything that can be wrong, and says what to do',
    details: 'Nothing is changed. Exit code 1 if something is wrong, 0 where there are warnings at most.',
    examples: [['siltstone doctor --warehouse /data/warehouse', 'the machine and one warehouse']],
  })
    .option('--json', 'gives JSON')
    .action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  const settings = settingsOf(options);
  const machine = await examineMachine();
  const warehouse = await withInterruptedEngine(settings, (engine) =>
    examineWarehouse(openLocalStorage(settings.warehouse), engine, settings),
  );
  const findings = [...machine, ...warehouse, ...(await interruptedJobs(settings, warehouse))];
  if (options.json) await writeJson(findings);
  else await print(findings);
  if (findings.some(({ state }) => state === 'wrong')) process.exitCode = 1;
}

/** Where the warehouse cannot be read, that is what is wrong. */
async function interruptedJobs(settings: Settings, warehouse: readonly Finding[]): Promise<readonly Finding[]> {
  if (warehouse.some(({ state }) => state === 'wrong')) return [];
  const jobs = await findInterrupted(settings);
  if (jobs.length === 0) return [];
  const found = `cut off by a crash, and still running by their last word: ${jobs.length}, such as ${jobs[0]?.jobId}`;
  return [{ state: 'warning', of: 'jobs', found, remedy: '`siltstone watch` and `siltstone run` end them as errors.' }];
}

const marks = { ok: 'ok     ', warning: 'WARNING', wrong: 'WRONG  ' } as const;

async function print(findings: readonly Finding[]): Promise<void> {
  const width = Math.max(...findings.map(({ of }) => of.length));
  for (const { state, of, found, remedy } of findings) {
    await writeLine(`${marks[state]}  ${of.padEnd(width)}  ${found}`);
    if (remedy !== undefined) await writeLine(`${' '.repeat(marks.ok.length + width + 4)}→ ${remedy}`);
  }
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  await writeLine(`\n${count('wrong')} wrong, ${countText(count('warning'), 'warning')}`);
}
