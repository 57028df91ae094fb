import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ended } from './processes.ts';

export type Role = 'writer' | 'compactor' | 'reader';

/** A process of the crowd. */
interface Member {
  readonly role: Role;
  readonly name: string;
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  isKilled: boolean;
}

/** Writers, compactors and readers of one warehouse that are killed, stopped and starved. */
export interface Crowd {
  /** What went wrong, in words. */
  readonly broken: string[];
  /** How many events of each job are safe. */
  safeByJob(): ReadonlyMap<string, number>;
  counts(): Readonly<Record<string, number>>;
  /** Lets everybody end in peace. */
  close(): Promise<void>;
}

const script = (role: Role): string => fileURLToPath(new URL(`chaos-${role}-process.mjs`, import.meta.url));
const descriptorsMax = 256;

/** The same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function start(role: Role, name: string, args: readonly string[]): Member {
  const command = `ulimit -n ${descriptorsMax} && exec "$0" "$@"`;
  const child = spawn('/bin/bash', ['-c', command, process.execPath, script(role), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { output: '', errors: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.errors = `${texts.errors}${chunk.toString()}`.slice(-4000);
  });
  // A killed process does not read on.
  child.stdin?.on('error', () => undefined);
  return { role, name, child, output: () => texts.output, errors: () => texts.errors, isKilled: false };
}

/** Starts so many of each role, and a new one for each that ends. */
export function startCrowd(
  warehouse: string,
  numbers: Readonly<Record<Role, number>>,
  settings: (random: () => number) => object,
  random: () => number,
): Crowd & { harass(until: number): Promise<void> } {
  const members: Member[] = [];
  const broken: string[] = [];
  const told: Record<string, number> = { killed: 0, stopped: 0, filled: 0 };
  const alive: Member[] = [];
  let isOver = false;
  const add = (role: Role): void => {
    const name = `${role}-${members.length}`;
    const argument = role === 'compactor' ? [JSON.stringify(settings(random))] : role === 'writer' ? [name] : [];
    const member = start(role, name, [warehouse, ...argument]);
    members.push(member);
    alive.push(member);
    void ended(member.child).then((code) => {
      alive.splice(alive.indexOf(member), 1);
      if (!member.isKilled && (code !== 0 || !isOver)) broken.push(`${name} ended with ${code}: ${member.errors()}`);
      if (!isOver) add(role);
    });
  };
  for (const [role, count] of Object.entries(numbers)) for (let i = 0; i < count; i += 1) add(role as Role);
  const disturb = async (): Promise<void> => {
    const victim = alive[Math.floor(random() * alive.length)];
    if (victim === undefined) return;
    const what = random();
    if (what < 0.4) {
      victim.isKilled = true;
      told.killed = (told.killed ?? 0) + 1;
      victim.child.kill('SIGKILL');
    } else if (what < 0.9) {
      told.stopped = (told.stopped ?? 0) + 1;
      victim.child.kill('SIGSTOP');
      setTimeout(() => victim.child.kill('SIGCONT'), random() * 3000);
    } else {
      told.filled = (told.filled ?? 0) + Number(await fillDisk(warehouse, random));
    }
  };
  return {
    broken,
    safeByJob: () =>
      new Map(
        members
          .filter(({ role }) => role === 'writer')
          // A number is only told once its line end is: kill -9 may cut it.
          .map(({ name, output }) => [name, Number(output().split('\n').slice(0, -1).at(-1) ?? 0)]),
      ),
    counts: () => told,
    harass: async (until) => {
      while (Date.now() < until) {
        await disturb();
        await wait(random() * 600);
      }
    },
    close: async () => {
      isOver = true;
      for (const { child } of alive) {
        child.kill('SIGCONT');
        child.stdin?.end();
      }
      await Promise.all(members.map(({ child }) => ended(child)));
    },
  };
}

/** Fills a small disk for a while, to the last page; a large one is left alone. */
async function fillDisk(warehouse: string, random: () => number): Promise<boolean> {
  const { bavail, bsize, blocks } = statfsSync(warehouse);
  if (blocks * bsize > 1024 ** 3) return false;
  const filler = join(warehouse, 'filler');
  try {
    writeFileSync(filler, Buffer.alloc(Math.max(0, Math.floor((bavail - random() * 100) * bsize))));
  } catch {
    // Somebody else was faster: it is full as well.
  }
  await wait(random() * 2000);
  rmSync(filler, { force: true });
  return true;
}
