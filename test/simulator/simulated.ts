/**
 * Puts the simulated machine under the source: what it calls of `node:fs`, the timers, chance and DuckDB goes there as long
 * as a simulation runs. No module of `src/` knows; whatever is added to it is simulated too. To be imported first.
 */
import { vi } from 'vitest';
import { openLightEngine } from './light-engine.ts';
import { callAsync, machine, turn } from './machine.ts';
import { planted } from './planted.ts';
import { openRealEngine } from './real-engine.ts';
import { fsModule, promisesModule } from './system.ts';

vi.doMock('node:fs', () => fsModule);
vi.doMock('node:fs/promises', () => promisesModule);

vi.doMock('node:timers/promises', async (original) => {
  const real = await original<typeof import('node:timers/promises')>();
  const setTimeout = (ms: number): Promise<void> => {
    const on = machine();
    return on === undefined ? real.setTimeout(ms) : turn(on, 'wait');
  };
  return { ...real, setTimeout, default: { ...real, setTimeout } };
});

const uuid = (version: string, hex: (digits: number) => string): string =>
  [hex(8), hex(4), `${version}${hex(3)}`, `8${hex(3)}`, hex(12)].join('-');

vi.doMock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const randomUUID = (): string => {
    const on = machine();
    return on === undefined ? real.randomUUID() : uuid('4', on.random.hex);
  };
  return { ...real, randomUUID, default: { ...real, randomUUID } };
});

vi.doMock('uuid', async (original) => {
  const real = await original<typeof import('uuid')>();
  const v7 = (): string => {
    const on = machine();
    if (on === undefined) return real.v7();
    const time = on.now.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}${uuid('7', on.random.hex).slice(13)}`;
  };
  return { ...real, v7 };
});

/** Asks a transaction once, whatever happens in between. */
vi.doMock('../../src/lake/commit.ts', async (original) => {
  const real = await original<typeof import('../../src/lake/commit.ts')>();
  const transact: typeof real.transact = (storage, engine, transaction, attemptsMax, known) => {
    if (planted() !== 'no second look at the watermarks')
      return real.transact(storage, engine, transaction, attemptsMax, known);
    let first: ReturnType<typeof transaction.actionsOn>;
    const once = {
      ...transaction,
      actionsOn: (snapshot: Parameters<typeof transaction.actionsOn>[0]) => {
        first ??= transaction.actionsOn(known ?? snapshot);
        return first;
      },
    };
    return real.transact(storage, engine, once, attemptsMax, known);
  };
  return { ...real, transact };
});

/** Readers get the watermarks of the snapshot before. */
vi.doMock('../../src/lake/watermarks.ts', async (original) => {
  const real = await original<typeof import('../../src/lake/watermarks.ts')>();
  const before = new WeakMap<object, ReturnType<typeof real.watermarksOf>>();
  const watermarksOf: typeof real.watermarksOf = (snapshot) => {
    const process = machine()?.current;
    const own = real.watermarksOf(snapshot);
    if (process === undefined || planted() !== 'the watermarks of another snapshot') return own;
    const last = before.get(process) ?? own;
    before.set(process, own);
    return process.name.startsWith('reader') ? last : own;
  };
  return { ...real, watermarksOf };
});

/** Every process opens an engine of its own, as the simulation wants it. */
vi.doMock('../../src/engine.ts', async (original) => {
  const real = await original<typeof import('../../src/engine.ts')>();
  const openEngine: typeof real.openEngine = async (options) => {
    const on = machine();
    if (on === undefined) return real.openEngine(options);
    if (on.engine === 'light') return openLightEngine(on);
    const act = async () => openRealEngine(on, await real.openEngine(options));
    return callAsync(on, { name: 'engine', path: 'open', changes: false, act });
  };
  return { ...real, openEngine };
});
