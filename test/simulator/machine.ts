import { cutPower, type Disk, emptyDisk, systemError } from './disk.ts';
import type { Random } from './random.ts';

/** A process of the simulated machine. */
export interface Process {
  readonly name: string;
  /** How far its clock is from the machine's. */
  readonly skewMs: number;
  isAlive: boolean;
  /** A call of it was made to fail: whatever error it gives then may be right. */
  isHurt: boolean;
}

/** How often a call ends in what. All 0: nothing goes wrong. */
export interface Faults {
  /** The call fails, with or without its effect, or with a part of it. */
  readonly failing: number;
  /** The process is killed before or behind the call. */
  readonly killing: number;
  /** The machine loses power before or behind the call. */
  readonly cutting: number;
}

/** A call into the system: a point where another process may go on first, and where anything may go wrong. */
export interface Call {
  readonly name: string;
  readonly path: string;
  readonly changes: boolean;
  act(): unknown;
  /** Takes effect in part. */
  tear?(share: number): void;
  /** Where it fails, nothing has happened: so POSIX has it of one `write`. */
  readonly isWhole?: boolean;
  /** Nobody else can tell when it happens, and it does not fail. */
  readonly isOwn?: boolean;
}

interface Waiting {
  readonly call: Call;
  readonly process: Process;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** One machine: its disk, its clock, and the processes that take turns on it as chance wants. */
export interface Machine {
  readonly disk: Disk;
  readonly random: Random;
  /** What its processes read and write rows with: see `openLightEngine` and `openRealEngine`. */
  readonly engine: 'light' | 'real';
  readonly trace: string[];
  faults: Faults;
  /** ms since 1970. */
  now: number;
  /** Who runs at this moment: each process runs until all it does waits for a call. */
  current: Process | undefined;
  waiting: Waiting[];
  /** Who had the last turn, and how probably it has the next one too. */
  last: Process | undefined;
  readonly stickiness: number;
  stepCount: number;
  cutCount: number;
  /** What happens at a power cut, beside the disk's. */
  onCut: () => void;
}

export const noFaults: Faults = { failing: 0, killing: 0, cutting: 0 };

let running: Machine | undefined;

/** The machine that the system's calls go to; undefined: to the real one. */
export const machine = (): Machine | undefined => running;

export function startMachine(random: Random, engine: Machine['engine']): Machine {
  running = {
    disk: emptyDisk(),
    random,
    engine,
    trace: [],
    faults: noFaults,
    now: Date.UTC(2026, 10, 23, 14, 5),
    current: undefined,
    waiting: [],
    last: undefined,
    stickiness: random.pick([0, 0.8, 0.95]),
    stepCount: 0,
    cutCount: 0,
    onCut: () => {},
  };
  return running;
}

export function stopMachine(): void {
  running = undefined;
}

/** A call of a process that may wait. Of one that is dead it never comes back. */
export function callAsync<T>(on: Machine, call: Call): Promise<T> {
  const process = on.current;
  if (process?.isAlive && call.isOwn) return Promise.resolve().then(() => call.act() as T);
  return new Promise((resolve, reject) => {
    if (process?.isAlive) on.waiting.push({ call, process, resolve: resolve as (value: unknown) => void, reject });
  });
}

/** A call that the process does not wait for: nobody comes in between, but it may fail, and it may be the last. */
export function callSync<T>(on: Machine, call: Call): T {
  const process = on.current;
  if (!process?.isAlive) throw systemError('EIO', `${call.name} of a dead process`, call.path);
  const done = attempt(on, process, call);
  if ('error' in done) throw done.error;
  if ('isOver' in done) throw systemError('EIO', `the last ${call.name}`, call.path);
  return done.value as T;
}

/** Lets others go first. */
export const turn = (on: Machine, name = 'turn'): Promise<void> =>
  callAsync(on, { name, path: '', changes: false, act: () => undefined });

/** Lets one of the waiting calls happen, and all that its process does until it waits again. */
export async function step(on: Machine): Promise<void> {
  const { random } = on;
  const next = chosen(on);
  if (next === undefined) return;
  on.waiting.splice(on.waiting.indexOf(next), 1);
  on.last = next.process;
  on.stepCount += 1;
  on.now += random.below(4);
  on.current = next.process;
  const done = attempt(on, next.process, next.call);
  if ('error' in done) next.reject(done.error);
  if ('value' in done) await settled(Promise.resolve(done.value), next);
  await new Promise((resolve) => setImmediate(resolve));
  on.current = undefined;
}

/** Any call that waits; mostly one of who went last, so that works are done in spite of many who want to go on. */
function chosen({ random, waiting, last, stickiness }: Machine): Waiting | undefined {
  const own = random.chance(stickiness) ? waiting.filter(({ process }) => process === last) : [];
  const choices = own.length > 0 ? own : waiting;
  return choices[random.below(choices.length)];
}

async function settled(value: Promise<unknown>, { resolve, reject }: Waiting): Promise<void> {
  await value.then(resolve, reject);
}

type Done = { readonly value: unknown } | { readonly error: unknown } | { readonly isOver: true };

function attempt(on: Machine, process: Process, call: Call): Done {
  const what = ending(on, call);
  if (on.trace.length > 0)
    on.trace.push(`${process.name} ${call.name} ${call.path}${what === 'done' ? '' : ` → ${what}`}`);
  if (what === 'kill' || what === 'cut') return ended(on, process, call, what);
  if (what === 'fail') return failure(on, process, call);
  try {
    return { value: call.act() };
  } catch (error) {
    return { error };
  }
}

/** What becomes of a call. Reading is where least can go wrong. */
function ending({ faults, random }: Machine, { name, changes }: Call): 'done' | 'fail' | 'kill' | 'cut' {
  const weight = name === 'turn' ? 0 : changes ? 1 : 0.3;
  const drawn = random.next();
  if (drawn < faults.failing * weight) return 'fail';
  if (drawn < (faults.failing + faults.killing) * weight) return 'kill';
  return drawn < (faults.failing + faults.killing + faults.cutting) * weight ? 'cut' : 'done';
}

function ended(on: Machine, process: Process, call: Call, how: 'kill' | 'cut'): Done {
  if (on.random.chance(0.5)) withEffect(on, call);
  if (how === 'kill') kill(on, process);
  else cut(on);
  return { isOver: true };
}

/** All of the call, or a part of it; that it fails by itself matters to nobody any more. */
function withEffect({ random }: Machine, call: Call): void {
  if (!call.changes) return;
  try {
    if (call.tear !== undefined && random.chance(0.5)) call.tear(random.next());
    else call.act();
  } catch {
    // Its process is gone, or is told of a failure anyway.
  }
}

function failure(on: Machine, process: Process, call: Call): Done {
  process.isHurt = true;
  if (!call.isWhole && on.random.chance(0.5)) withEffect(on, call);
  const code = on.random.pick(call.changes ? ['EIO', 'ENOSPC', 'EMFILE', 'EDQUOT'] : ['EIO', 'EMFILE']);
  return { error: systemError(code, call.name, call.path) };
}

export function kill(on: Machine, process: Process): void {
  process.isAlive = false;
  on.waiting = on.waiting.filter((waiting) => waiting.process !== process);
}

/** Everything stops; the disk keeps what is durable and chance's part of the rest. */
export function cut(on: Machine): void {
  for (const { process } of on.waiting) process.isAlive = false;
  if (on.current !== undefined) on.current.isAlive = false;
  on.waiting = [];
  on.cutCount += 1;
  cutPower(on.disk, on.random);
  on.onCut();
}
