import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Ends a process that leads a group, with everything that it started. What has gone already is no failure. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

/**
 * Memory that a process and all below it hold, bytes: pages that two share count twice. Undefined where this platform
 * does not say, or the process has gone.
 */
export async function treeBytes(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  return process.platform === 'linux' ? bytesByProc(pid) : bytesByPs(pid);
}

async function bytesByProc(pid: number): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const tasks = await readdir(`/proc/${pid}/task`);
    const children = await Promise.all(tasks.map((task) => childrenOf(`/proc/${pid}/task/${task}/children`)));
    const below = await Promise.all(children.flat().map(bytesByProc));
    const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    return below.reduce((sum: number, bytes) => sum + (bytes ?? 0), own);
  } catch {
    // It has gone.
    return undefined;
  }
}

/** A thread that ends meanwhile has none; neither has a kernel that was built without this file. */
async function childrenOf(path: string): Promise<readonly number[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

async function bytesByPs(pid: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,rss=']).catch(() => ({ stdout: '' }));
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const inGroup = rows.filter(([group]) => group === pid);
  return inGroup.length === 0 ? undefined : inGroup.reduce((sum, [, kibibytes = 0]) => sum + kibibytes * 1024, 0);
}
