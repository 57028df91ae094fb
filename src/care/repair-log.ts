import type { Engine } from '../engine.ts';
import { messageOf } from '../errors.ts';
import {
  checkpointVersion,
  commitPath,
  commitVersion,
  logFolder,
  parseActions,
  readCheckpoint,
  type Storage,
} from '../lake/index.ts';
import type { Fix, Hopeless, RepairBench } from './repair.ts';
import { checkpointFixes } from './repair-checkpoints.ts';
import { tornEntryFix } from './repair-torn-entry.ts';

/** What the log’s folder holds. */
export interface LogState {
  /** Versions of log entries that can be read, of those that cannot, and of checkpoints likewise. */
  readonly entries: ReadonlySet<number>;
  readonly torn: ReadonlyMap<number, string>;
  readonly checkpoints: readonly number[];
  readonly broken: ReadonlyMap<number, string>;
  /** The newest version that anything speaks of. */
  readonly newest: number;
}

export interface LogPlan {
  readonly fixes: readonly Fix[];
  readonly hopeless: readonly Hopeless[];
}

/** Whether the log can be followed from the newest checkpoint that can be read to its end, and what keeps it from that. */
export async function planLog(bench: RepairBench): Promise<LogPlan> {
  const log = await lookAtLog(bench.storage, bench.engine);
  const from = Math.max(-1, ...log.checkpoints);
  const needed = Array.from({ length: log.newest - from }, (_, i) => from + 1 + i);
  const unreadable = needed.filter((version) => !log.entries.has(version));
  const [first] = unreadable;
  if (first === undefined) return { fixes: await checkpointFixes(bench, log), hopeless: [] };
  const isLast = unreadable.length === 1 && first === log.newest && log.torn.has(first);
  if (isLast) return tornEntryFix(bench, first, log.torn.get(first) ?? '');
  return { fixes: [], hopeless: unreadable.map((version) => lostEntry(version, log)) };
}

async function lookAtLog(storage: Storage, engine: Engine): Promise<LogState> {
  const entries = new Set<number>();
  const torn = new Map<number, string>();
  const checkpoints: number[] = [];
  const broken = new Map<number, string>();
  for (const { path } of await storage.list(logFolder)) {
    const [entry, checkpoint] = [commitVersion(path), checkpointVersion(path)];
    try {
      if (entry !== undefined) {
        const content = await storage.read(path);
        if (content === undefined) continue;
        parseActions(content, path);
        entries.add(entry);
      }
      if (checkpoint !== undefined) {
        await readCheckpoint(storage, engine, checkpoint);
        checkpoints.push(checkpoint);
      }
    } catch (error) {
      // Removed since it was listed, by a clean-up behind a later checkpoint: not broken.
      if ((await storage.stat(path)) === undefined) continue;
      if (entry !== undefined) torn.set(entry, messageOf(error));
      if (checkpoint !== undefined) broken.set(checkpoint, messageOf(error));
    }
  }
  const newest = Math.max(-1, ...entries, ...torn.keys(), ...checkpoints, ...broken.keys());
  return { entries, torn, checkpoints, broken, newest };
}

function lostEntry(version: number, { torn, newest }: LogState): Hopeless {
  return {
    of: commitPath(version),
    found: torn.get(version) ?? `it is missing, and the log goes on to version ${newest}`,
    advice:
      'What it says is nowhere else. Put it back from a copy (`siltstone backup` keeps every entry), or go on with the ' +
      'last backup.',
  };
}
