import { once } from 'node:events';
import { type FSWatcher, watch as watchFiles } from 'chokidar';
import { type ScheduledTask, schedule } from 'node-cron';
import { SiltstoneError } from '../errors.ts';
import { endsAJob, inboxFolder, inboxId, listStreams, type Pending, pendingOf } from '../inbox/index.ts';
import { loadSnapshot, watermarksOf } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { compact } from './compact.ts';
import type { Bench, Compaction } from './compact-batch.ts';
import { dueIn, type Waiting } from './due.ts';
import { type Merging, merge } from './merge.ts';
import { type Sweep, sweep } from './sweep.ts';
import { type Upkeep, upkeep } from './upkeep.ts';

/** What a watcher tells of its work. */
export interface WatchEvents {
  ready?(): void;
  compacted?(compaction: Compaction, durationMs: number): void;
  swept?(sweep: Sweep): void;
  merged?(merging: Merging): void;
  upkept?(upkeep: Upkeep): void;
  /** A round failed; the next one tries again. */
  failed?(error: unknown): void;
  /** Rounds wait for room on the disk, told once until they go on. */
  paused?(error: unknown): void;
  resumed?(): void;
}

export interface WatchBench extends Bench {
  readonly settings: Settings;
}

/** Files change many times a second: what that means is looked at so often at most. */
const lookEveryMs = 250;
const retryMs = 5000;

/**
 * Compacts whenever it is due, until `signal` aborts; then takes what is pending once more and returns. Nothing that it
 * keeps in memory matters: what is pending is found anew in the inbox and the log each time.
 */
export async function watch(bench: WatchBench, events: WatchEvents, signal: AbortSignal): Promise<void> {
  const { storage, settings } = bench;
  const rounds = roundsOf(bench, events);
  // A folder must be there to be watched.
  await inboxId(storage);
  const files = watchFiles(storage.locate(inboxFolder), { ignoreInitial: true, depth: 1, followSymlinks: false });
  const crons = [
    ...at(settings.compact_schedule, () => rounds.now(() => runRound(bench, events))),
    ...at(settings.merge_schedule, () => rounds.now(() => runMerge(bench, events, signal))),
    ...at(settings.upkeep_schedule, () => rounds.now(async () => events.upkept?.(await upkeep(bench)))),
  ];
  files.on('all', () => rounds.look());
  files.on('error', (error) => events.failed?.(error));
  try {
    await readied(files, signal);
    events.ready?.();
    rounds.look();
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    for (const cron of crons) await cron.destroy();
    await files.close();
    await rounds.close();
  }
}

const at = (expression: string, run: () => void): readonly ScheduledTask[] =>
  expression === 'off' ? [] : [schedule(expression, run)];

async function runMerge(bench: WatchBench, events: WatchEvents, signal: AbortSignal): Promise<void> {
  const merging = await merge(bench, undefined, signal);
  if (merging.commits > 0) events.merged?.(merging);
}

async function readied(files: FSWatcher, signal: AbortSignal): Promise<void> {
  try {
    await once(files, 'ready', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

interface Rounds {
  /** Looks soon whether a round is due. */
  look(): void;
  /** Does some work after what runs. */
  now(work: () => Promise<void>): void;
  /** A last round; resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** One round at a time, however many reasons there are for one; the timer is set to the nearest of them. */
function roundsOf(bench: WatchBench, events: WatchEvents): Rounds {
  let waiting: Look | undefined;
  let timer: { readonly handle: NodeJS.Timeout; readonly at: number } | undefined;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;
  let isPaused = false;
  const inTurn = (action: () => Promise<void>): void => {
    running = running.then(action).catch((error: unknown) => {
      if (!isDiskFull(error)) events.failed?.(error);
      else if (!isPaused) events.paused?.(error);
      isPaused = isDiskFull(error);
      lookIn(retryMs);
    });
  };
  const lookIn = (delayMs: number): void => {
    const at = performance.now() + delayMs;
    if (isClosed || (timer !== undefined && timer.at <= at)) return;
    clearTimeout(timer?.handle);
    const handle = setTimeout(() => {
      timer = undefined;
      inTurn(look);
    }, delayMs);
    timer = { handle, at };
  };
  const look = async (): Promise<void> => {
    waiting = await lookAt(bench, waiting);
    const delayMs = dueIn(waiting, performance.now(), bench.settings);
    if (delayMs === 0) await round();
    else if (Number.isFinite(delayMs)) lookIn(delayMs);
  };
  const round = async (): Promise<void> => {
    await runRound(bench, events);
    // After a failure what waited still does, and is due at the next try.
    waiting = undefined;
    if (isPaused) events.resumed?.();
    isPaused = false;
  };
  return {
    look: () => lookIn(lookEveryMs),
    now: inTurn,
    close: async () => {
      isClosed = true;
      clearTimeout(timer?.handle);
      inTurn(round);
      await running;
    },
  };
}

const isDiskFull = (error: unknown): boolean => error instanceof SiltstoneError && error.code === 'disk_full';

/** The sweep comes in any case: where the disk is full, what it removes is what makes room. */
async function runRound(bench: WatchBench, events: WatchEvents): Promise<void> {
  try {
    const began = performance.now();
    const compaction = await compact(bench);
    if (compaction.commits > 0) events.compacted?.(compaction, performance.now() - began);
  } finally {
    const swept = await sweep(bench.storage, bench.engine, bench.settings);
    if (swept.setAside + swept.removed > 0) events.swept?.(swept);
  }
}

interface Look extends Waiting {
  /** How long each stream's file was. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Times are of this process's own clock, which never jumps, and whether a file has grown is told by its size. */
async function lookAt({ storage, engine }: Bench, before: Look | undefined): Promise<Look> {
  const now = performance.now();
  const snapshot = await loadSnapshot(storage, engine);
  const pending = pendingOf(await listStreams(storage, await inboxId(storage)), watermarksOf(snapshot));
  const bytes = pending.reduce((total, stream) => total + stream.bytes - stream.from.bytes, 0);
  const grown = pending.filter((stream) => before?.sizes.get(stream.file) !== stream.bytes);
  const jobEndedAt = before?.jobEndedAt ?? ((await endsAnyJob(grown)) ? now : undefined);
  const since = before !== undefined && before.bytes > 0 ? before.since : now;
  const sizes = new Map(pending.map((stream) => [stream.file, stream.bytes]));
  return { bytes, since, sizes, ...(jobEndedAt !== undefined && { jobEndedAt }) };
}

async function endsAnyJob(streams: readonly Pending[]): Promise<boolean> {
  for (const stream of streams) if (await endsAJob(stream)) return true;
  return false;
}
