/** Started by job-process.ts as a thread: ends its process some time after the one that started it has gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { killGroup } from './process-tree.ts';

export interface OrphanWatch {
  readonly parentPid: number;
  /** What the process may take to end by itself. */
  readonly waitMs: number;
}

const lookMs = 1_000;

await main(workerData as OrphanWatch);

async function main({ parentPid, waitMs }: OrphanWatch): Promise<void> {
  while (isAlive(parentPid)) await sleep(lookMs);
  await sleep(waitMs + lookMs);
  killGroup(process.pid);
}

/** An orphan gets another parent where the platform has such; elsewhere the pid has gone. */
function isAlive(pid: number): boolean {
  if (process.platform !== 'win32') return process.ppid === pid;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
