import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file of one frame's pixels, overwritten by the next. */
export interface Scratch {
  readonly path: string;
  write(rgba: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const prefix = 'siltstone-frames-';
const fileName = 'frame.rgba';
/** No plugin takes so long over a frame: whose file it was has gone. */
const leftMs = 24 * 3_600_000;

/** Opens a folder for a job's frames, and removes what jobs that were killed left of theirs. */
export async function openScratch(parent = tmpdir(), now = Date.now()): Promise<Scratch> {
  await removeLeft(parent, now);
  const folder = await mkdtemp(join(parent, prefix));
  const path = join(folder, fileName);
  return {
    path,
    write: (rgba) => writeFile(path, rgba),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function removeLeft(parent: string, now: number): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const folder = join(parent, name);
    try {
      const { mtimeMs } = await stat(join(folder, fileName));
      if (now - mtimeMs > leftMs) await rm(folder, { recursive: true, force: true });
    } catch {
      // Another's, or one that begins or ends just now: it stays, and costs nobody more than a frame's room.
    }
  }
}
