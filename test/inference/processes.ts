import { spawnSync } from 'node:child_process';
import { type Line, ofKind } from './inbox.ts';

/** The process that ran the job, as it says itself. */
export const pidOf = (events: readonly Line[]) => Number(ofKind(events, 'stream.opened')[0]?.pid);

/** The commands of the process group that a job led; a process that only waits to be counted by its parent is none. */
export function leftOf(pid: number): readonly string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([group, state]) => Number(group) === pid && !state?.startsWith('Z'))
    .map((row) => row.slice(2).join(' '));
}
