import type { Machine } from './machine.ts';
import { type Outcome, simulate } from './simulate.ts';

/** `SEED=n` lives through that one alone and shows every call of it; `SIMULATOR_SEEDS=n` sets how many there are. */
const given = process.env.SEED === undefined ? undefined : Number(process.env.SEED);

/** How many seeds a run has by default, unless the environment says otherwise. */
export const seedCount = (byDefault: number): number =>
  given === undefined ? Number(process.env.SIMULATOR_SEEDS ?? byDefault) : 1;

/** What one of every so many shares of a run's seeds came to. */
export interface Share {
  readonly seeds: number;
  readonly engine?: Machine['engine'];
  /** Of `parts` shares, this one: seeds are dealt out in turn. */
  readonly part?: number;
  readonly parts?: number;
  /** The first seed. */
  readonly from?: number;
}

/** Lives through the seeds until one breaks a promise; gives what is wrong with it, and how to see it again. */
export async function firstBroken({
  seeds,
  engine = 'light',
  part = 0,
  parts = 1,
  from = 0,
}: Share): Promise<string | undefined> {
  if (given !== undefined) return part === given % parts ? told(await simulate(given, engine, true)) : undefined;
  for (let seed = from + part; seed < from + seeds; seed += parts) {
    const outcome = await simulate(seed, engine);
    if (outcome.problems.length > 0) return told(outcome);
  }
  return undefined;
}

function told({ seed, problems, trace }: Outcome): string | undefined {
  if (problems.length === 0) return undefined;
  return [`SEED=${seed} breaks a promise:`, ...problems.slice(0, 10), ...trace.slice(-400)].join('\n');
}
