import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Bench, type Compaction, compact } from '../../src/compactor/index.ts';
import { type Engine, openEngine } from '../../src/engine.ts';
import { openLocalStorage, type Storage } from '../../src/lake/index.ts';
import { openReader, type Reader } from '../../src/query/index.ts';
import { readSettings, type SettingName, type Settings } from '../../src/settings.ts';

export type GivenSettings = { readonly [N in SettingName]?: unknown };

/** A folder that is gone after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A warehouse on a real disk, and what may be done with it. */
export interface Warehouse {
  readonly path: string;
  readonly storage: Storage;
  readonly settings: Settings;
  /** Appends to a file of the inbox, such as `job-1/a.ndjson`. */
  append(stream: string, content: string | Uint8Array): void;
  /** Sets the time of the last write back, so that the file is read where it lies. */
  makeQuiet(stream: string): void;
}

export function tempWarehouse(given: GivenSettings = {}, path = tempFolder()): Warehouse {
  const file = (stream: string): string => join(path, 'inbox', stream);
  return {
    path,
    storage: openLocalStorage(path),
    settings: readSettings({ engine_threads: 1, ...given, warehouse: path }, {}),
    append: (stream, content) => {
      mkdirSync(dirname(file(stream)), { recursive: true });
      appendFileSync(file(stream), content);
    },
    makeQuiet: (stream) => {
      const aMinuteAgo = new Date(Date.now() - 60_000);
      utimesSync(file(stream), aMinuteAgo, aMinuteAgo);
    },
  };
}

/** An engine that is closed after the test. */
export async function tempEngine(): Promise<Engine> {
  const engine = await openEngine({ memoryBytes: 600 * 1024 * 1024, threads: 1 });
  onTestFinished(() => engine.close());
  return engine;
}

/** Compacts all that is pending, with an engine of its own. */
export async function compacted({ storage, settings }: Warehouse, bench: Partial<Bench> = {}): Promise<Compaction> {
  const engine = bench.engine ?? (await openEngine({ memoryBytes: 600 * 1024 * 1024, threads: 1 }));
  try {
    return await compact({ storage, settings, ...bench, engine });
  } finally {
    if (bench.engine === undefined) engine.close();
  }
}

/** A reader that is closed after the test. */
export async function tempReader({ settings }: Warehouse): Promise<Reader> {
  const reader = await openReader(settings);
  onTestFinished(() => reader.close());
  return reader;
}
