import { dirname } from 'node:path';
import { compact, merge, sweep, upkeep } from '../../src/compactor/index.ts';
import { openEventLog } from '../../src/emitters/index.ts';
import { type Engine, openEngine } from '../../src/engine.ts';
import { dataPath, loadSnapshot, openLocalStorage, type Snapshot } from '../../src/lake/index.ts';
import { openReader } from '../../src/query/index.ts';
import { find } from './disk.ts';
import { type Process, turn } from './machine.ts';
import { planted } from './planted.ts';
import { fsModule, warehouse } from './system.ts';
import { type Life, tell, type World } from './world.ts';

const never = 2_000_000_000;
const silent = { warn: () => {} };
const engineOptions = { memoryBytes: 128 * 1024 * 1024, threads: 1 };

/** A job that writes events by our emitter, and says at its end that it is done. */
export const writer: Life = async (world, process) => {
  const { on, ledger } = world;
  const durability = on.random.pick<'os' | 'fsync'>(['os', 'fsync']);
  const log = openEventLog({
    jobId: `job-${on.random.below(3)}`,
    warehouse,
    durability,
    processName: process.name,
    flushWaitMs: never,
    strict: true,
    logger: silent,
    now: () => on.now + process.skewMs,
  });
  world.logs.push(log);
  let appended: string[] = [];
  for (let batch = 1 + on.random.below(5); batch > 0; batch -= 1) {
    for (let i = 1 + on.random.below(3); i > 0; i -= 1) {
      const message = ledger.begin();
      log.append('log', { level: 'info', message });
      appended.push(message);
    }
    if ((await isFlushed(log.flush())) && process.isAlive) {
      ledger.acknowledge(appended, durability);
      appended = [];
    }
    await turn(on);
  }
  log.append('job.status', { plugin: 'simulated', device: 'cpu', status: 'done' });
  log.close();
};

/** A flush that fails is tried again by the next one. */
const isFlushed = (flush: Promise<void>): Promise<boolean> =>
  flush.then(
    () => true,
    () => false,
  );

/** A program that appends lines to a file of a name of its own, now and then half a line. */
export const foreignWriter: Life = async (world, process) => {
  const { on, ledger } = world;
  const { mkdirSync, openSync, writeSync, fsyncSync } = fsModule;
  const folder = `${warehouse}/inbox/job-${on.random.below(3)}`;
  const syncs = on.random.chance(0.5);
  mkdirSync(folder, { recursive: true });
  const file = openSync(`${folder}/tool-${process.name}.ndjson`, 'a');
  const folders = [folder, dirname(folder), warehouse].map((path) => openSync(path, 'r'));
  for (let i = 1 + on.random.below(6); i > 0; i -= 1) {
    const message = ledger.begin();
    const ts = new Date(on.now + process.skewMs).toISOString();
    const line = Buffer.from(`${JSON.stringify({ event: 'log', ts, level: 'info', message })}\n`);
    const half = on.random.below(line.length);
    writeWhole(writeSync, file, line.subarray(0, half));
    await turn(on);
    writeWhole(writeSync, file, line.subarray(half));
    if (syncs) for (const one of [file, ...folders]) fsyncSync(one);
    if (process.isAlive) ledger.acknowledge([message], syncs ? 'fsync' : 'os');
    await turn(on);
  }
};

function writeWhole(writeSync: typeof fsModule.writeSync, file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Takes what is pending into the lake, then removes what may be. */
export const compactor: Life = async (world) => {
  const { on, settings } = world;
  const engine = await openEngine(engineOptions);
  const storage = openLocalStorage(warehouse);
  for (let round = 1 + on.random.below(2); round > 0; round -= 1) {
    await compact({ storage, engine, settings });
    if (on.random.chance(0.5)) await sweep(storage, engine, settings);
    await turn(on);
  }
  engine.close();
};

/** Makes few files of many. */
export const merger: Life = async ({ settings }) => {
  const engine = await openEngine(engineOptions);
  await merge({ storage: openLocalStorage(warehouse), engine, settings });
  engine.close();
};

/** Lets go of what is old: watermarks, log entries, files. */
export const keeper: Life = async ({ settings }) => {
  const engine = await openEngine(engineOptions);
  const isHasty = planted() === 'a vacuum without retention';
  const kept = { ...settings, ...(isHasty && { vacuum_retention_ms: 0 }) };
  await upkeep({ storage: openLocalStorage(warehouse), engine, settings: kept });
  engine.close();
};

/** Asks several times over; each answer must hold all that was promised before it, once. */
export const reader: Life = async (world, process) => {
  const { on } = world;
  const asked = await openReader(world.settings);
  for (let round = 1 + on.random.below(3); round > 0; round -= 1) {
    const promised = world.ledger.promised();
    world.busy.add(process);
    const rows = await asked.rows('select event, message, stream, seq, hot from events');
    world.busy.delete(process);
    const events = rows.filter(({ event }) => event === 'log' || event === 'line.rejected');
    for (const problem of world.ledger.problems(events, promised)) tell(world, `to ${process.name}, ${problem}`);
    await turn(on);
  }
  await asked.close();
};

/** Opens a snapshot and holds it: its files must stay until it is old. */
export const holder: Life = async (world, process) => {
  const engine = await openEngine(engineOptions);
  // What it reads is as old as its beginning: no long time may pass meanwhile.
  world.busy.add(process);
  const snapshot = await loadSnapshot(openLocalStorage(warehouse), engine);
  world.busy.delete(process);
  engine.close();
  if (process.isAlive) world.held.push({ by: process.name, snapshot });
};

/** Looks whether the snapshots that are held are whole, and lets them go. */
export function letGo(world: World): void {
  for (const { by, snapshot } of world.held.splice(0)) {
    for (const path of missingFiles(world, snapshot))
      tell(world, `${by} holds version ${snapshot.version}, and ${path} is not there`);
  }
}

export function missingFiles({ on }: World, { files }: Snapshot): readonly string[] {
  return [...files.values()]
    .map(({ path, size }) => ({ path: dataPath(path), size }))
    .filter(({ path, size }) => {
      const found = find(on.disk, `${warehouse}/${path}`);
      return found?.kind !== 'file' || found.bytes.length !== size;
    })
    .map(({ path }) => path);
}

export type { Engine, Process };
