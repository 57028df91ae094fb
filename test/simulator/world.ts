import type { EventLog } from '../../src/emitters/index.ts';
import { messageOf, SiltstoneError, systemCodeOf } from '../../src/errors.ts';
import type { Snapshot } from '../../src/lake/index.ts';
import type { Settings } from '../../src/settings.ts';
import type { Ledger } from './ledger.ts';
import { type Machine, type Process, step, turn } from './machine.ts';

/** What the processes of one seed share. */
export interface World {
  readonly on: Machine;
  readonly ledger: Ledger;
  readonly problems: string[];
  readonly settings: Settings;
  /** To be closed at the end: each has a timer, and listeners to signals. */
  readonly logs: EventLog[];
  readonly processes: Process[];
  /** Snapshots that somebody has opened and not let go of. */
  readonly held: { readonly by: string; readonly snapshot: Snapshot }[];
  /** Who asks a query at this moment: what is old is kept for longer than that takes. */
  readonly busy: Set<Process>;
  processCount: number;
}

export type Life = (world: World, process: Process) => Promise<void>;

/** Starts a process, whose first turn comes when chance wants. Its end is judged. */
export function start(world: World, name: string, life: Life, skewMs = 0): Process {
  world.processCount += 1;
  const process = { name: `${name}-${world.processCount}`, skewMs, isAlive: true, isHurt: false };
  world.processes.push(process);
  void lived(world, process, life);
  return process;
}

async function lived(world: World, process: Process, life: Life): Promise<void> {
  const { on } = world;
  const before = on.current;
  on.current = process;
  const began = turn(on, 'start');
  on.current = before;
  try {
    await began;
    await life(world, process);
  } catch (error) {
    if (process.isAlive && !mayFail(process, error)) tell(world, `${process.name} failed: ${described(error)}`);
  }
  process.isAlive = false;
}

/** An error that a person is told of is right where a call was made to fail; a bug's never is. */
function mayFail(process: Process, error: unknown): boolean {
  return process.isHurt && (error instanceof SiltstoneError || systemCodeOf(error) !== undefined);
}

const described = (error: unknown): string =>
  error instanceof SiltstoneError
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? String(error.stack)
      : messageOf(error);

export function tell(world: World, problem: string): void {
  world.problems.push(`step ${world.on.stepCount}: ${problem}`);
  world.on.trace.push(`problem: ${problem}`);
}

const stepsMax = 20_000;

/** Until nobody waits. */
export async function runOut(world: World): Promise<void> {
  const { on, problems } = world;
  while (on.waiting.length > 0 && problems.length === 0) {
    await step(on);
    if (on.stepCount > stepsMax) tell(world, `no end in sight: ${on.waiting.map(({ process }) => process.name)}`);
  }
}
