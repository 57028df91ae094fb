import { stat } from 'node:fs/promises';
import { type Engine, openEngine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { endSignal, onEnding } from './ending.ts';

/** Opens an engine for as long as it is used. The signal of the end is the user’s to answer. */
export async function withEngine<T>(settings: Settings, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({ memoryBytes: settings.engine_memory_bytes, threads: settings.engine_threads });
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}

/** The same, where Ctrl-C stops the statement that runs. */
export function withInterruptedEngine<T>(settings: Settings, use: (engine: Engine) => Promise<T>): Promise<T> {
  return withEngine(settings, async (engine) => {
    endSignal.throwIfAborted();
    const undo = onEnding(engine.interrupt);
    return use(engine).finally(undo);
  });
}

/** @throws SiltstoneError `warehouse_missing` */
export async function requireWarehouse(warehouse: string): Promise<void> {
  const found = await stat(warehouse).catch(() => undefined);
  if (!found?.isDirectory()) throw new SiltstoneError('warehouse_missing', `there is no warehouse at ${warehouse}`);
}
