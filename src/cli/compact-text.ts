import type { Compaction, Merging, Upkeep } from '../compactor/index.ts';
import { bytesText, durationText } from '../units.ts';
import { countText } from './text.ts';

/** What a compaction did, in one line. */
export function compactionText(
  { commits, lines, bytesRead, files, bytesWritten }: Compaction,
  durationMs: number,
): string {
  if (commits === 0) return 'nothing was pending';
  return (
    `${countText(lines, 'line')} (${bytesText(bytesRead)}) compacted into ${countText(files, 'file')} ` +
    `(${bytesText(bytesWritten)}) by ${countText(commits, 'commit')} in ${durationText(durationMs)}`
  );
}

/** What merges did, in one line. */
export function mergingText({ commits, filesBefore, filesAfter, bytesBefore, bytesAfter }: Merging): string {
  if (commits === 0) return 'nothing was to be merged';
  return (
    `${countText(filesBefore, 'file')} (${bytesText(bytesBefore)}) merged into ${filesAfter} ` +
    `(${bytesText(bytesAfter)}) by ${countText(commits, 'commit')}`
  );
}

/** What the daily round did, in one line. */
export function upkeepText({ expired, streamsForgotten, logFilesRemoved, vacuumed }: Upkeep): string {
  const parts = [
    [expired.files, `${countText(expired.lines, 'line')} in ${countText(expired.files, 'file')} expired`],
    [streamsForgotten, `${countText(streamsForgotten, 'watermark')} forgotten`],
    [logFilesRemoved, `${countText(logFilesRemoved, 'file')} of the log removed`],
    [vacuumed.files, `${countText(vacuumed.files, 'file')} (${bytesText(vacuumed.bytes)}) vacuumed`],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([, text]) => text);
  return told.length === 0 ? 'nothing was old enough to go' : told.join(', ');
}
