import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CreateSyncedFile, createSyncedFile } from '../../src/emitters/synced-file.ts';
import { openSyncedStreams } from '../../src/emitters/synced-streams.ts';
import { tempFolder } from '../make/warehouse.ts';

interface Disk {
  /** Bytes that it takes yet; then it is full. */
  left: number;
  syncCount: number;
  readonly createFile: CreateSyncedFile;
}

/** A real folder on a disk that may be full, and that counts syncs. */
function smallDisk(): Disk {
  const disk: Disk = {
    left: Number.POSITIVE_INFINITY,
    syncCount: 0,
    createFile: async (folder) => {
      const file = await createSyncedFile(folder);
      return {
        ...file,
        write: async (bytes) => {
          const taken = Math.min(disk.left, bytes.length);
          disk.left -= taken;
          appendFileSync(file.path, bytes.subarray(0, taken));
          if (taken < bytes.length) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        },
        sync: async () => {
          disk.syncCount += 1;
          await file.sync();
        },
        truncate: async (bytes) => truncateSync(file.path, bytes),
      };
    },
  };
  return disk;
}

const lines = (...names: readonly string[]) => names.map((name) => (seq: number) => JSON.stringify({ seq, name }));

function opened({ createFile }: Pick<Disk, 'createFile'>) {
  const warehouse = tempFolder();
  const streams = openSyncedStreams({ warehouse, processName: 'test', streamsMax: 4, createFile });
  onTestFinished(() => streams.close());
  const folder = join(warehouse, 'inbox', 'a');
  return {
    streams,
    folder,
    /** Names by number of each file of the job. */
    content: () =>
      readdirSync(folder)
        .sort()
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .map((text) =>
          text
            .split('\n')
            .slice(1, -1)
            .map((line) => `${JSON.parse(line).seq} ${JSON.parse(line).name}`),
        ),
  };
}

test('writers that wait together are written and synced together', async () => {
  const disk = smallDisk();
  const { streams, content } = opened(disk);
  await streams.write('a', lines('first'));
  const before = disk.syncCount;
  await Promise.all(['b', 'c', 'd', 'e'].map((name) => streams.write('a', lines(name))));

  expect(content()).toEqual([['1 first', '2 b', '3 c', '4 d', '5 e']]);
  expect([1, 2]).toContain(disk.syncCount - before);
});

test('on a full disk only whole lines stay, those that stay are told, and the stream goes on in it later', async () => {
  const disk = smallDisk();
  const { streams, folder, content } = opened(disk);
  await streams.write('a', lines('one'));
  const line = Buffer.byteLength('{"seq":2,"name":"two"}\n');
  disk.left = 2 * line + 5;
  const settled = await Promise.allSettled([
    streams.write('a', lines('two')),
    streams.write('a', lines('thr', 'fou')),
    streams.write('a', lines('fiv')),
  ]);
  const messages = settled.map((one) => (one.status === 'rejected' ? one.reason : one.status));

  expect(messages).toEqual([
    'fulfilled',
    expect.objectContaining({ code: 'disk_full', message: expect.stringMatching(/its first 1 lines were$/) }),
    expect.objectContaining({ code: 'disk_full', message: expect.not.stringMatching(/lines were/) }),
  ]);
  expect(content()).toEqual([['1 one', '2 two', '3 thr']]);
  disk.left = 1000;
  await streams.write('a', lines('six'));
  expect(content()).toEqual([['1 one', '2 two', '3 thr', '4 six']]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a stream that cannot be opened is told, leaves no line, and is opened at the next try', async () => {
  const disk = smallDisk();
  const { streams, content } = opened(disk);
  disk.left = 10;

  await expect(streams.write('a', lines('one'))).rejects.toMatchObject({ code: 'disk_full' });
  disk.left = 1000;
  await streams.write('a', lines('two'));
  expect(content()).toEqual([[], ['1 two']]);
});

test('a file that was removed is followed by a new one, with what went into it', async () => {
  const { streams, folder, content } = opened({ createFile: createSyncedFile });
  await streams.write('a', lines('one'));
  rmSync(join(folder, readdirSync(folder)[0] ?? ''));
  await streams.write('a', lines('two', 'three'));

  expect(content()).toEqual([['1 two', '2 three']]);
});

test('files are for the owner and the group, and close waits for what is being written', async () => {
  const { streams, folder, content } = opened(smallDisk());
  const writing = streams.write('a', lines('one'));
  await streams.close();
  await writing;
  const mode = statSync(join(folder, readdirSync(folder)[0] ?? '')).mode & 0o007;

  expect(content()).toEqual([['1 one']]);
  expect(mode).toBe(0);
});
