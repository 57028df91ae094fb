import type { Moment } from '../lake/index.ts';
import { openReader, type Reader } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { endSignal, onEnding } from './ending.ts';

/** Opens a reader for as long as it is used; Ctrl-C stops the query that runs. */
export async function withReader<T>(
  settings: Settings,
  use: (reader: Reader) => Promise<T>,
  moment?: Moment,
): Promise<T> {
  const reader = await openReader(settings, moment);
  const undo = onEnding(reader.interrupt);
  try {
    endSignal.throwIfAborted();
    return await use(reader);
  } finally {
    undo();
    await reader.close();
  }
}
