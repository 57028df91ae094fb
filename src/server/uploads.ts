import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SiltstoneError } from '../errors.ts';
import type { Settings } from '../settings.ts';

/** What was uploaded, and what is made for it: a folder a job, `uploads/<job_id>/`, beside the inbox. */
export interface Uploads {
  readonly dir: string;
  /** The folder of a job, made where there is none. */
  open(jobId: string): Promise<UploadFolder>;
  /** Removes folders of jobs that nobody knows, and those whose job ended long ago. */
  sweep(endedAtOf: (jobId: string) => Promise<number | undefined | 'unfinished'>): Promise<number>;
}

export interface UploadFolder {
  readonly dir: string;
  /**
   * Writes one file as it comes, and gives its path.
   * @throws SiltstoneError `too_large` beyond the bytes of all files together or their number
   */
  add(name: string, content: Readable, signal: AbortSignal): Promise<string>;
  /** The path of one that is yet to be made. */
  pathOf(name: string): string;
  remove(): Promise<void>;
}

const folderMode = 0o770;
const fileMode = 0o660;
const nameLengthMax = 80;

type UploadSettings = Pick<
  Settings,
  'warehouse' | 'serve_upload_bytes_max' | 'serve_upload_files_max' | 'serve_upload_keep_ms'
>;

export function openUploads(settings: UploadSettings): Uploads {
  const dir = join(resolve(settings.warehouse), 'uploads');
  return {
    dir,
    open: async (jobId) => {
      const folder = join(dir, jobId);
      await mkdir(folder, { recursive: true, mode: folderMode });
      return folderOf(folder, settings);
    },
    sweep: async (endedAtOf) => {
      const names = await readdir(dir).catch(() => []);
      const old = await Promise.all(
        names.map(async (name) => isOver(await endedAtOf(name), join(dir, name), settings.serve_upload_keep_ms)),
      );
      const gone = names.filter((_, i) => old[i]);
      await Promise.all(gone.map((name) => rm(join(dir, name), { recursive: true, force: true })));
      return gone.length;
    },
  };
}

/** What comes now is no leftover yet. */
const leftoverMs = 3_600_000;

async function isOver(endedAt: number | undefined | 'unfinished', folder: string, keepMs: number): Promise<boolean> {
  if (endedAt === 'unfinished') return false;
  if (endedAt !== undefined) return keepMs > 0 && Date.now() - endedAt > keepMs;
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > leftoverMs;
}

function folderOf(dir: string, settings: UploadSettings): UploadFolder {
  let [fileCount, bytes] = [0, 0];
  const bytesMax = settings.serve_upload_bytes_max;
  const counted = async function* (content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        throw new SiltstoneError('too_large', `the files have more than ${bytesMax} bytes (serve_upload_bytes_max)`);
      }
      yield chunk;
    }
  };
  return {
    dir,
    add: async (name, content, signal) => {
      fileCount += 1;
      if (fileCount > settings.serve_upload_files_max) {
        const message = `there are more than ${settings.serve_upload_files_max} files (serve_upload_files_max)`;
        throw new SiltstoneError('too_large', message);
      }
      const path = join(dir, `${String(fileCount).padStart(4, '0')}-${safeName(name)}`);
      await pipeline(content, counted, createWriteStream(path, { flags: 'wx', mode: fileMode }), { signal });
      return path;
    },
    pathOf: (name) => join(dir, name),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Its name tells people what it is, and nothing else: the number in front keeps the order and makes it one of its own. */
const safeName = (name: string): string =>
  name
    .replace(/.*[/\\]/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .slice(-nameLengthMax) || 'file';
