import { mergesDue, type UpkeepBench, upkeepDue } from '../compactor/index.ts';
import { inboxIdForReading, listStreams, pendingOf } from '../inbox/index.ts';
import { loadSnapshot, watermarksOf } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { bytesText } from '../units.ts';
import type { CompactOptions } from './compact.ts';
import { upkeepText } from './compact-text.ts';
import { write, writeJson, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';

/** Tells what `compact` would do with these options. */
export async function printDryRun(
  bench: UpkeepBench & { readonly settings: Settings },
  { merge, vacuum, json }: CompactOptions,
): Promise<void> {
  const pending = await pendingNow(bench);
  const merges = merge ? await mergesDue(bench) : undefined;
  const merging = merges?.map(({ partitionValues, adds, bytes }) => ({
    ...partitionValues,
    files: adds.length,
    bytes,
  }));
  const upkeep = vacuum ? await upkeepDue(bench) : undefined;
  if (json) return writeJson({ pending, merging, upkeep });
  await writeLine(`would compact ${bytesText(pending.bytes)} of ${countText(pending.streams, 'stream')}`);
  if (merging?.length === 0) await writeLine('would merge nothing');
  if (merging && merging.length > 0) {
    await writeLine(`would merge, each line into one file:\n`);
    await write(objectTable(merging));
  }
  if (upkeep) await writeLine(`as of now: ${upkeepText(upkeep)}; nothing was changed`);
}

async function pendingNow({
  storage,
  engine,
}: UpkeepBench): Promise<{ readonly streams: number; readonly bytes: number }> {
  const watermarks = watermarksOf(await loadSnapshot(storage, engine));
  const pending = pendingOf(await listStreams(storage, await inboxIdForReading(storage)), watermarks);
  return { streams: pending.length, bytes: pending.reduce((sum, { bytes, from }) => sum + bytes - from.bytes, 0) };
}
