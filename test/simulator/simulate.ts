import { dirname } from 'node:path';
import { compact, merge, sweep, upkeep } from '../../src/compactor/index.ts';
import { openEngine } from '../../src/engine.ts';
import { loadSnapshot, openLocalStorage } from '../../src/lake/index.ts';
import { openReader, verify } from '../../src/query/index.ts';
import { readSettings } from '../../src/settings.ts';
import { compactor, foreignWriter, holder, keeper, letGo, merger, missingFiles, reader, writer } from './actors.ts';
import { folderAt, makeFolder, sync } from './disk.ts';
import { openLedger } from './ledger.ts';
import { cut, type Faults, kill, type Machine, noFaults, startMachine, step, stopMachine } from './machine.ts';
import { type Random, randomFrom } from './random.ts';
import { closeDescriptors, simulatedRoot, temporary, warehouse } from './system.ts';
import { type Life, runOut, start, tell, type World } from './world.ts';

const { rmSync } = process.getBuiltinModule('node:fs');

/** What a seed came to. */
export interface Outcome {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly trace: readonly string[];
  readonly stepCount: number;
  readonly cutCount: number;
  readonly versions: number;
}

const calm: Faults = noFaults;
/** How machines go wrong, each in its own way. */
const ways: readonly [Faults, ...Faults[]] = [
  calm,
  { failing: 0.02, killing: 0, cutting: 0 },
  { failing: 0, killing: 0.01, cutting: 0 },
  { failing: 0, killing: 0, cutting: 0.006 },
  { failing: 0.01, killing: 0.005, cutting: 0 },
  { failing: 0.01, killing: 0.005, cutting: 0.005 },
];

const lives: readonly [readonly [string, Life], ...(readonly [string, Life])[]] = [
  ['writer', writer],
  ['writer', writer],
  ['foreign', foreignWriter],
  ['compactor', compactor],
  ['compactor', compactor],
  ['merger', merger],
  ['keeper', keeper],
  ['reader', reader],
  ['holder', holder],
];

const dayMs = 86_400_000;
/** When something is old enough to go: longer than any query takes. */
const oldMs = 60_000;

/** Lives through one seed: the same seed, the same story. */
export async function simulate(seed: number, engine: Machine['engine'] = 'light', traced = false): Promise<Outcome> {
  const random = randomFrom(seed);
  const on = startMachine(random, engine);
  const world = newWorld(on, random);
  if (traced) on.trace.push(`seed ${seed}`);
  const RealDate = Date;
  globalThis.Date = clockOf(() => on.now + (on.current?.skewMs ?? 0));
  try {
    await peace(world);
    await trouble(world);
    await recovery(world);
    return {
      seed,
      problems: world.problems,
      trace: on.trace,
      stepCount: on.stepCount,
      cutCount: on.cutCount,
      versions: 0,
    };
  } finally {
    await closed(world);
    globalThis.Date = RealDate;
    stopMachine();
  }
}

/** A Date of another clock. */
function clockOf(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, values) => Reflect.construct(target, values.length === 0 ? [now()] : values),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

function newWorld(on: Machine, random: Random): World {
  for (const folder of [warehouse, temporary]) makeFolder(on.disk, folder, true, on.now);
  for (let path = warehouse; path !== '/'; path = dirname(path))
    sync(on.disk, folderAt(on.disk, dirname(path), 'sync'));
  const ledger = openLedger();
  const held: World['held'] = [];
  on.onCut = () => {
    ledger.cut();
    held.length = 0;
  };
  return {
    on,
    ledger,
    problems: [],
    logs: [],
    processes: [],
    busy: new Set(),
    held,
    processCount: 0,
    settings: readSettings(
      {
        warehouse,
        compact_batch_bytes: random.pick([400, 1200, 1_000_000]),
        merge_file_bytes: random.pick([3_000, 1_000_000]),
        vacuum_retention_ms: oldMs,
        log_retention_ms: oldMs,
        stream_retention_ms: oldMs,
        checkpoint_commits: 1 + random.below(4),
        inbox_grace_ms: oldMs,
        engine_memory_bytes: 128 * 1024 * 1024,
        engine_threads: 1,
      },
      {},
    ),
  };
}

/** The lake gets a few commits, so that there is something to lose. */
async function peace(world: World): Promise<void> {
  const { random } = world.on;
  for (let commits = random.below(4); commits > 0; commits -= 1) {
    start(world, 'writer', random.pick([writer, foreignWriter]), random.pick([-dayMs, 0]));
    await runOut(world);
    start(world, 'compactor', compactor);
    await runOut(world);
  }
}

/** Processes come and go while things go wrong. */
async function trouble(world: World): Promise<void> {
  const { on } = world;
  on.faults = on.random.pick(ways);
  const stepsMax = on.stepCount + 200 + on.random.below(400);
  while (on.stepCount < stepsMax && world.problems.length === 0) {
    const alive = world.processes.filter(({ isAlive }) => isAlive).length;
    if (alive === 0 || (alive < 5 && on.random.chance(0.05))) startOne(world);
    if (on.random.chance(0.01)) pass(world, 3000);
    if (on.random.chance(0.015)) pass(world, 2 * oldMs);
    await step(on);
  }
  await end(world);
}

function startOne(world: World): void {
  const { random } = world.on;
  const [name, life] = random.pick(lives);
  // A job's clock may be anywhere: only the lake's own keepers must agree on what is old.
  const skewMs = name === 'writer' || name === 'foreign' ? random.pick([0, -dayMs, -dayMs, dayMs]) : 0;
  start(world, name, life, skewMs);
  if (random.chance(0.3)) start(world, name, life, skewMs);
}

/** Time passes. What is old is kept longer than any query takes, so not that much of it while one runs. */
function pass(world: World, ms: number): void {
  if (ms > oldMs) {
    if ([...world.busy].some(({ isAlive }) => isAlive)) return;
    letGo(world);
    // Who stands still for so long in the middle of a work may find it taken away, and say so.
    for (const process of world.processes) process.isHurt = true;
  }
  world.on.now += ms;
}

/** Some come to their end, or none, or the power goes. */
async function end(world: World): Promise<void> {
  const { on } = world;
  const mayCut = on.faults.cutting > 0;
  on.faults = noFaults;
  if (mayCut && on.random.chance(0.8)) cut(on);
  else if (on.random.chance(0.7)) for (const process of world.processes) kill(on, process);
  await runOut(world);
  letGo(world);
}

/** Now nothing goes wrong any more, and everything must be as it was promised. */
async function recovery(world: World): Promise<void> {
  await checked(world, 'opening', opens);
  await checked(world, 'reader', answers);
  await checked(world, 'compactor', settles);
  await checked(world, 'reader', answers);
}

async function checked(world: World, name: string, life: Life): Promise<void> {
  if (world.problems.length > 0) return;
  start(world, `last ${name}`, life);
  await runOut(world);
}

const opens: Life = async (world) => {
  const engine = await openEngine({ memoryBytes: 128 * 1024 * 1024, threads: 1 });
  const snapshot = await loadSnapshot(openLocalStorage(warehouse), engine);
  engine.close();
  for (const path of missingFiles(world, snapshot)) tell(world, `the log names ${path}, which is not there`);
};

const answers: Life = async (world) => {
  const asked = await openReader(world.settings);
  const rows = await asked.rows('select event, message, stream, seq, hot from events');
  await asked.close();
  const events = rows.filter(({ event }) => event === 'log' || event === 'line.rejected');
  for (const problem of world.ledger.problems(events, world.ledger.promised())) tell(world, problem);
};

/** Takes everything, removes what was taken, and looks whether the lake is as its log says. */
const settles: Life = async (world) => {
  const engine = await openEngine({ memoryBytes: 128 * 1024 * 1024, threads: 1 });
  const storage = openLocalStorage(warehouse);
  await compact({ storage, engine, settings: { ...world.settings, compact_batch_bytes: 1_000_000 } });
  const { problems } = await verify(storage, engine);
  for (const { of, problem } of problems) tell(world, `verify: ${of} ${problem}`);
  world.on.now += 2 * oldMs;
  await sweep(storage, engine, world.settings);
  await merge({ storage, engine, settings: world.settings });
  await upkeep({ storage, engine, settings: world.settings });
  await sweep(storage, engine, world.settings);
  engine.close();
};

/** Gives up what a dead process held: timers and listeners are the real ones. */
async function closed(world: World): Promise<void> {
  world.on.current = undefined;
  for (const log of world.logs) {
    try {
      log.close();
    } catch {
      // Its process is dead, and so is its disk.
    }
  }
  closeDescriptors();
  rmSync(simulatedRoot, { recursive: true, force: true });
}
