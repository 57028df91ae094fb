import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openUploads } from '../../src/server/uploads.ts';
import { lineOf } from '../make/events.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { type Serving, serving, spoken } from './serving.ts';
import { clip, picture, send, sendPath } from './submitted.ts';

const query = 'plugin=player-tracker';
const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { readonly error: { readonly code: string } };
  return [answer.status, error.code];
};
const leftovers = ({ warehouse }: Serving) => {
  const folder = join(warehouse.path, 'uploads');
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('what is no picture and no video is refused, whatever its name says, and nothing is left of it', async () => {
  const server = await serving();
  const text = new File(['<svg onload="alert(1)">'], 'a.png', { type: 'image/png' });
  const torn = new File([new Uint8Array(await clip().slice(0, 2000).arrayBuffer())], 'torn.mp4');

  expect(await codeOf(await send(server, query, [text]))).toEqual([415, 'media_unsupported']);
  expect(await codeOf(await send(server, query, [torn]))).toEqual([415, 'media_unreadable']);
  expect(await codeOf(await send(server, query, [clip(), await picture()]))).toEqual([400, 'bad_request']);
  expect(await codeOf(await send(server, query, []))).toEqual([400, 'bad_request']);
  expect(await codeOf(await send(server, 'plugin=none', [clip()]))).toEqual([400, 'bad_request']);
  expect(await codeOf(await send(server, `${query}&tool=none`, [clip()]))).toEqual([400, 'bad_request']);
  expect(leftovers(server)).toEqual([]);
});

test('what is too much is refused: bytes, files, pixels', async () => {
  const limits = { serve_upload_bytes_max: 20_000, serve_upload_files_max: 2, serve_frame_pixels_max: 10_000 };
  const server = await serving(limits);
  const small = await picture();

  expect(await codeOf(await send(server, query, [clip()]))).toEqual([413, 'too_large']);
  expect(await codeOf(await send(server, query, [small, small, small]))).toEqual([413, 'too_large']);
  expect(await codeOf(await send(server, query, [await picture(101, 100)]))).toEqual([413, 'too_large']);
  expect(leftovers(server)).toEqual([]);
});

test('an upload that does not say how long it is is cut off where it is too long', async () => {
  const server = await serving({ serve_upload_bytes_max: 1000 });
  const head = [
    `POST /v1/jobs?${query} HTTP/1.1`,
    'host: localhost',
    'content-type: multipart/form-data; boundary=b',
    'transfer-encoding: chunked',
  ].join('\r\n');
  const part = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n${'x'.repeat(2000)}`;
  const answer = await spoken(server.url, `${head}\r\n\r\n${part.length.toString(16)}\r\n${part}\r\n`);

  expect(answer).toMatch(/^HTTP\/1.1 413 .*serve_upload_bytes_max/s);
  expect(leftovers(server)).toEqual([]);
});

test('an upload that does not come is given up, and nothing is left of it', async () => {
  const server = await serving({ serve_upload_timeout_ms: 300 });
  const head = [
    `POST /v1/jobs?${query} HTTP/1.1`,
    'host: localhost',
    'content-type: multipart/form-data; boundary=b',
    'content-length: 10000',
  ].join('\r\n');
  const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG';

  expect(await spoken(server.url, `${head}\r\n\r\n${part}`)).toMatch(/^HTTP\/1.1 408 .*"request_timeout"/s);
  expect(await spoken(server.url, `${head}\r\n\r\n`)).toMatch(/^HTTP\/1.1 408 /);
  expect(leftovers(server)).toEqual([]);
});

test('a file’s name leads nowhere', async () => {
  const server = await serving({ jobs_at_once: 1 });
  const answer = await send(server, `${query}&frames=1`, [await picture(64, 48, '../../../evil name.png')]);
  const { job_id } = (await answer.json()) as { readonly job_id: string };

  expect(readdirSync(join(server.warehouse.path, 'uploads', job_id))).toEqual(['0001-evil_name.png']);
});

test.each(['/etc/passwd', '../../../../../etc/passwd', 'samples/../package.json', 'a\0b', '', '~/x'])(
  'a path outside the roots is refused: %j',
  async (path) => {
    const server = await serving();
    const [status, code] = await codeOf(await sendPath(server, query, path));

    expect([403, 400]).toContain(status);
    expect(['input_refused', 'bad_request']).toContain(code);
  },
);

test('a link in a root leads no further than the roots', async () => {
  const [root, outside] = [tempFolder(), tempFolder()];
  writeFileSync(join(outside, 'secret.png'), 'secret');
  symlinkSync(join(outside, 'secret.png'), join(root, 'a.png'));
  const server = await serving({ serve_roots: root });

  expect(await codeOf(await sendPath(server, query, 'a.png'))).toEqual([403, 'input_refused']);
});

test('a job that claims to have read a file elsewhere does not give it away', async () => {
  const server = await serving();
  const job = { event: 'job.status', seq: 0, ts: '2026-11-23T14:05:00Z', plugin: 'p', device: 'cpu', status: 'done' };
  const line = { ...job, input: '/etc/passwd', attrs: { video: '/etc/passwd' } };
  server.warehouse.append('forged/a.ndjson', lineOf(line));
  await expect.poll(() => server.json('/v1/jobs/forged')).toMatchObject({ has_input: false, has_video: false });

  expect(await codeOf(await server.ask('/v1/jobs/forged/input'))).toEqual([403, 'input_refused']);
  expect(await codeOf(await server.ask('/v1/jobs/forged/video'))).toEqual([403, 'input_refused']);
  expect(await codeOf(await server.ask('/v1/jobs/forged/frames/0.png'))).toEqual([403, 'input_refused']);
});

test('uploads go when their job ended long ago or is not known, and stay while it runs', async () => {
  const { settings, path } = tempWarehouse({ serve_upload_keep_ms: 1000 });
  const uploads = openUploads(settings);
  for (const id of ['old', 'new', 'running']) mkdirSync(join(path, 'uploads', id), { recursive: true });
  const endedAt = { old: Date.now() - 2000, new: Date.now(), running: 'unfinished' } as const;
  await uploads.sweep(async (id) => endedAt[id as keyof typeof endedAt]);

  expect(readdirSync(uploads.dir).sort()).toEqual(['new', 'running']);
});
