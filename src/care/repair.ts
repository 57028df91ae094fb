import type { Engine } from '../engine.ts';
import type { Storage } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { planFiles } from './repair-files.ts';
import { planLeftovers } from './repair-leftovers.ts';
import { planLog } from './repair-log.ts';

export interface RepairBench {
  readonly storage: Storage;
  readonly engine: Engine;
  readonly settings: Settings;
}

/** Something that can be mended, and how it is known that this loses nothing. */
export interface Fix {
  /** The file that it is about. */
  readonly of: string;
  readonly found: string;
  readonly proof: string;
  readonly does: string;
  /** What nobody can give back; mended only where that is accepted. */
  readonly loses?: string;
  /** One commit or one rename. Looks again first: what is not as it was planned for is left alone. */
  apply(): Promise<'mended' | 'left'>;
}

/** Something that no program can mend. */
export interface Hopeless {
  readonly of: string;
  readonly found: string;
  readonly advice: string;
}

export interface RepairPlan {
  readonly fixes: readonly Fix[];
  readonly hopeless: readonly Hopeless[];
  /** The log could not be followed, or will be another: the data files are looked at once it is mended. */
  readonly isPartial: boolean;
}

export interface Repair {
  readonly done: readonly Fix[];
  /** What is left: fixes that lose something, and what nobody can mend. */
  readonly left: RepairPlan;
}

type OnProgress = (bytesDone: number, bytesTotal: number) => void;

/** Looks at the log, every live file and leftovers of crashes, and says what would mend them. Nothing is changed. */
export async function planRepair(bench: RepairBench, onProgress: OnProgress = () => {}): Promise<RepairPlan> {
  const log = await planLog(bench);
  const leftovers = await planLeftovers(bench.storage);
  // What a file should hold is said by the log: one that is wrong must not be the judge of it.
  if (log.fixes.length + log.hopeless.length > 0) {
    return { fixes: [...log.fixes, ...leftovers], hopeless: log.hopeless, isPartial: true };
  }
  const files = await planFiles(bench, onProgress);
  return { fixes: [...files.fixes, ...leftovers], hopeless: files.hopeless, isPartial: false };
}

/** Rounds of plan and work: a mended log lets the files be looked at. */
const roundsMax = 4;

/**
 * Plans and mends until nothing is left that it may. Each fix is one commit or one rename, so that a crash leaves the lake
 * no worse, and a second run goes on.
 */
export async function repair(
  bench: RepairBench,
  { acceptLoss = false }: { readonly acceptLoss?: boolean } = {},
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Repair> {
  const done: Fix[] = [];
  for (let round = 0; ; round += 1) {
    const plan = await planRepair(bench, onProgress);
    const mendable = plan.fixes.filter(({ loses }) => acceptLoss || loses === undefined);
    if (mendable.length === 0 || round === roundsMax) return { done, left: plan };
    for (const fix of mendable) {
      signal?.throwIfAborted();
      if ((await fix.apply()) === 'mended') done.push(fix);
    }
  }
}
