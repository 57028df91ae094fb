import type { Txn } from './actions.ts';
import type { Snapshot } from './snapshot.ts';

/** How far the lake has taken a stream. */
export interface Watermark {
  /** Lines taken; blank lines are not counted. */
  readonly lines: number;
  /** Bytes those lines took in the stream’s file, so that nobody need count lines to find where to go on. */
  readonly bytes: number;
  /** ms since 1970. */
  readonly takenAt: number;
}

export const untaken: Watermark = { lines: 0, bytes: 0, takenAt: 0 };

const linesPrefix = 'siltstone:';
const bytesPrefix = 'siltstone-bytes:';

/** A snapshot’s watermark of each stream. */
export function watermarksOf(snapshot: Snapshot): ReadonlyMap<string, Watermark> {
  const watermarks = new Map<string, Watermark>();
  for (const txn of snapshot.txns.values()) {
    if (!txn.appId.startsWith(linesPrefix)) continue;
    const stream = txn.appId.slice(linesPrefix.length);
    const bytes = snapshot.txns.get(bytesPrefix + stream)?.version ?? 0;
    watermarks.set(stream, { lines: txn.version, bytes, takenAt: txn.lastUpdated });
  }
  return watermarks;
}

/** The actions that record a watermark. Both stand in one commit, so they are never apart. */
export function watermarkTxns(stream: string, { lines, bytes, takenAt }: Watermark): readonly { readonly txn: Txn }[] {
  return [
    { txn: { appId: linesPrefix + stream, version: lines, lastUpdated: takenAt } },
    { txn: { appId: bytesPrefix + stream, version: bytes, lastUpdated: takenAt } },
  ];
}
