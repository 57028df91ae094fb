import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of this process and all its threads, ms. */
export function ownCpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * CPU time of a process so far, ms: of its first thread, in which the model runs, and of all its threads that live. Linux
 * only. @param {number} pid
 */
export function cpuMsOf(pid) {
  const folder = `/proc/${pid}/task`;
  const byThread = new Map(readdirSync(folder).map((id) => [Number(id), scheduledMs(`${folder}/${id}/schedstat`)]));
  return { first: byThread.get(pid) ?? 0, all: [...byThread.values()].reduce((sum, ms) => sum + ms, 0) };
}

/** A thread that ended since it was listed is left out. */
function scheduledMs(path) {
  try {
    return Number(readFileSync(path, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}
