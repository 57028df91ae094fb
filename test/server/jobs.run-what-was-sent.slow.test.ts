import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { clipPath } from '../inference/football.ts';
import { readEvents, statusesOf } from '../inference/inbox.ts';
import { serving } from './serving.ts';
import { clip, ended, idOf, picture, send, sendPath } from './submitted.ts';

test('a video that was sent is run, and its input, boxes, frames and annotated video come back', async () => {
  const server = await serving();
  const query = 'plugin=player-tracker&frames=3&annotate=true';
  const answer = await send(server, query, [clip()], { 'x-request-id': 'from-the-test' });
  const id = await idOf(answer.clone());

  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ job_id: id, status: 'queued', location: `/v1/jobs/${id}` });
  expect(await ended(server, id)).toMatchObject({
    status: 'done',
    plugin: 'player-tracker',
    device: 'cpu',
    has_input: true,
    has_video: true,
    request_id: 'from-the-test',
  });
  const events = readEvents(server.warehouse.path, id);
  expect(statusesOf(events)).toEqual(['queued', 'running', 'done']);
  expect(new Set(events.map(({ request_id }) => request_id))).toEqual(new Set(['from-the-test']));

  const input = Buffer.from(await (await server.ask(`/v1/jobs/${id}/input`)).arrayBuffer());
  expect(input.equals(readFileSync(clipPath))).toBe(true);
  const part = await server.ask(`/v1/jobs/${id}/video`, { headers: { range: 'bytes=4-11' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-type')).toBe('video/mp4');
  expect((await part.text()).slice(0, 4)).toBe('ftyp');

  const first = (await server.json(`/v1/jobs/${id}/detections?limit=2&from_frame=1`)) as Page;
  const rest = (await server.json(`/v1/jobs/${id}/detections?from_frame=1&cursor=${first.next_cursor}`)) as Page;
  expect(first.detections).toHaveLength(2);
  expect(rest.next_cursor).toBeNull();
  expect(rest.detections.at(-1)).toMatchObject({ frame_index: 2, plugin: 'player-tracker' });

  const none = '?players=false&ball=false&pitch=false&radar=false';
  const toggles = [
    '',
    none,
    none.replace('pitch=false', 'pitch=true'),
    none.replace('radar=false', 'radar=true'),
    none.replace('players=false', 'players=true'),
  ];
  const frames = await Promise.all(toggles.map((toggle) => server.ask(`/v1/jobs/${id}/frames/1.png${toggle}`)));
  const pixels = await Promise.all(
    frames.map(async (one) =>
      (
        await sharp(await one.arrayBuffer())
          .raw()
          .toBuffer()
      ).toString('hex'),
    ),
  );
  expect(frames[0]?.headers.get('content-type')).toBe('image/png');
  expect(new Set(pixels).size).toBe(toggles.length);
  const beyond = await server.ask(`/v1/jobs/${id}/frames/100000.jpg`);
  expect(beyond.status).toBe(404);
  expect(await beyond.json()).toMatchObject({
    error: { code: 'not_found', message: expect.stringContaining('frame') },
  });
});

interface Page {
  readonly detections: readonly object[];
  readonly next_cursor: string | null;
}

test('pictures that were sent come in their order', async () => {
  const server = await serving();
  const files = [await picture(64, 48, 'z.png'), await picture(32, 48, 'a.png')];
  const id = await idOf(await send(server, 'plugin=player-tracker', files));

  expect(await ended(server, id)).toMatchObject({ status: 'done' });
  const frame = await (await server.ask(`/v1/jobs/${id}/frames/1.jpg`)).arrayBuffer();
  expect(await sharp(frame).metadata()).toMatchObject({ format: 'jpeg', width: 32 });
});

test('a path below the samples is run, and a job that is cancelled ends as cancelled', async () => {
  const server = await serving();
  const id = await idOf(await sendPath(server, 'plugin=player-tracker', 'samples/football.mp4'));
  const answer = await server.ask(`/v1/jobs/${id}`, { method: 'DELETE' });

  expect(answer.status).toBe(202);
  expect(await ended(server, id)).toMatchObject({ status: 'cancelled' });
  expect((await server.ask(`/v1/jobs/${id}`, { method: 'DELETE' })).status).toBe(404);
});

test('jobs beyond the queue are told when to come again, and those in it are run in their turn', async () => {
  const server = await serving({ jobs_at_once: 1, serve_queue_max: 1 });
  const query = 'plugin=player-tracker&frames=1';
  const ids = [await sendPath(server, query, clipPath), await sendPath(server, query, clipPath)].map(idOf);
  const refused = await sendPath(server, query, clipPath);

  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ error: { code: 'queue_full' } });
  const jobs = await Promise.all(ids.map(async (id) => ended(server, await id)));
  expect(jobs.map(({ status }) => status)).toEqual(['done', 'done']);
});
