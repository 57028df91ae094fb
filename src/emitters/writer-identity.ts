import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** What tells one process from every other: a pid alone comes back, on this machine and on others. */
export const writerIdentity = z.object({
  /** A hash: the machine's own id is not to be shown around. */
  machine: z.string(),
  /** Random, anew at each start of the machine. */
  boot: z.string(),
  /** Where the pid counts: a container has its own. */
  pid_namespace: z.string(),
  /** In ticks since the start of the machine. */
  pid_started: z.string(),
});

export type WriterIdentity = z.infer<typeof writerIdentity>;

let own: { readonly identity: WriterIdentity | undefined } | undefined;

/** Of this process; undefined where the platform does not say: Linux does. */
export function ownIdentity(): WriterIdentity | undefined {
  own ??= { identity: readIdentity() };
  return own.identity;
}

function readIdentity(): WriterIdentity | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const started = startOf(process.pid);
    if (started === undefined) return undefined;
    return { machine: machineHash(), boot, pid_namespace: readlinkSync('/proc/self/ns/pid'), pid_started: started };
  } catch {
    // Another platform, or a sandbox without /proc: then nobody can tell whether this process still runs.
    return undefined;
  }
}

/** Two machines of one image may have one id: the host's name stands beside it. */
function machineHash(): string {
  return createHash('sha256').update(`${hostname()}\n${machineId()}`).digest('hex').slice(0, 12);
}

function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    // Containers often have none.
    return '';
  }
}

/** When a process started; undefined for one that is gone, or only waits to be counted by its parent. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** A machine that was started anew may be another one that was copied from it: such a writer would still write. */
const otherBootQuietMs = 10 * 60_000;

/**
 * Whether a writer certainly writes no more. False where it cannot be known: it may be on another machine, or in a
 * container whose processes are not seen from here.
 * @param quietMs how long nothing was written
 */
export function isWriterGone(pid: number, writer: WriterIdentity, quietMs: number): boolean {
  const here = ownIdentity();
  if (here === undefined) return false;
  if (writer.boot !== here.boot) return writer.machine === here.machine && quietMs > otherBootQuietMs;
  return writer.pid_namespace === here.pid_namespace && startOf(pid) !== writer.pid_started;
}
