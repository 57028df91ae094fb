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
const expiredPrefix = 'siltstone-expired:';

/** By the snapshot’s own map: a reader asks before each query, and mostly nothing has changed. */
const known = new WeakMap<Snapshot['txns'], ReadonlyMap<string, Watermark>>();

/** A snapshot’s watermark of each stream. */
export function watermarksOf({ txns }: Snapshot): ReadonlyMap<string, Watermark> {
  const found = known.get(txns) ?? watermarksIn(txns);
  known.set(txns, found);
  return found;
}

function watermarksIn(txns: Snapshot['txns']): ReadonlyMap<string, Watermark> {
  const watermarks = new Map<string, Watermark>();
  for (const txn of txns.values()) {
    if (!txn.appId.startsWith(linesPrefix)) continue;
    const stream = txn.appId.slice(linesPrefix.length);
    const bytes = txns.get(bytesPrefix + stream)?.version ?? 0;
    watermarks.set(stream, { lines: txn.version, bytes, takenAt: txn.lastUpdated ?? 0 });
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

/** How many lines of each stream the lake held and holds no more, since their kind is not kept so long. */
export function expiredOf(snapshot: Snapshot): ReadonlyMap<string, number> {
  const marks = [...snapshot.txns.values()].filter(({ appId }) => appId.startsWith(expiredPrefix));
  return new Map(marks.map(({ appId, version }) => [appId.slice(expiredPrefix.length), version]));
}

export function expiredTxn(stream: string, lines: number, at: number): { readonly txn: Txn } {
  return { txn: { appId: expiredPrefix + stream, version: lines, lastUpdated: at } };
}

const forgottenAppId = 'siltstone-forgotten';

/** When watermarks were forgotten last, ms since 1970: if ever, a stream without one may be in the lake all the same. */
export const lastForgotten = (snapshot: Snapshot): number | undefined => snapshot.txns.get(forgottenAppId)?.lastUpdated;

/** The action that says that the watermarks of so many more streams are forgotten. */
export function forgottenTxn(snapshot: Snapshot, streamCount: number, at: number): { readonly txn: Txn } {
  const before = snapshot.txns.get(forgottenAppId)?.version ?? 0;
  return { txn: { appId: forgottenAppId, version: before + streamCount, lastUpdated: at } };
}

/** A snapshot without what it knows of some streams. */
export function withoutStreams(snapshot: Snapshot, streams: Iterable<string>): Snapshot {
  const txns = new Map(snapshot.txns);
  for (const stream of streams) {
    for (const prefix of [linesPrefix, bytesPrefix, expiredPrefix]) txns.delete(prefix + stream);
  }
  return { ...snapshot, txns };
}
