import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { type LayerToggles, layerNames, type PitchFit, pitchOf } from '../../inference/index.ts';
import { readSql } from '../../query/index.ts';
import type { ServerContext } from '../context.ts';
import { type JobRecord, jobIdSchema } from '../job.ts';
import { type Answer, route } from '../route.ts';
import { sendMedia } from '../send-media.ts';
import { boxesOf } from './detections.ts';

const params = z.strictObject({ id: jobIdSchema });

const flag = z
  .enum(['true', 'false'])
  .default('true')
  .transform((value) => value === 'true');

const types = ['image/*', 'video/*'];
const media = (help: string): Readonly<Record<number, Answer>> => ({
  200: { help, types },
  206: { help: 'the range that was asked for', types },
});

const errors = ['input_refused', 'media_unsupported', 'range_refused'] as const;

/** A trail is as long as in a job. */
const trailFrames = 25;

export const mediaRoutes = [
  route({
    method: 'GET',
    path: '/v1/jobs/:id/input',
    scope: 'read',
    summary: 'What a job read, where that is one file that may be read',
    params,
    answers: media('the file'),
    errors,
    handle: async ({ params: { id }, request, reply }, context) =>
      sendMedia(request, reply, await inputOf(await recordOf(id, context), context)),
  }),
  route({
    method: 'GET',
    path: '/v1/jobs/:id/video',
    scope: 'read',
    summary: 'The annotated video of a job, else what it read',
    params,
    answers: media('the file'),
    errors,
    handle: async ({ params: { id }, request, reply }, context) => {
      const job = await recordOf(id, context);
      const path = job.video === null || job.status !== 'done' ? undefined : await context.roots.locate(job.video);
      return sendMedia(request, reply, path ?? (await inputOf(job, context)));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/jobs/:id/frames/:name',
    scope: 'read',
    summary: 'One frame with its overlay',
    params: params.extend({
      name: z
        .string()
        .regex(/^\d{1,9}\.(png|jpg)$/, 'the number of the frame, from 0, with .png or .jpg')
        .describe('the number of the frame, from 0, with .png or .jpg'),
    }),
    query: z.strictObject({ players: flag, ball: flag, pitch: flag, radar: flag }),
    answers: { 200: { help: 'the picture', types: ['image/png', 'image/jpeg'] } },
    errors: ['input_refused', 'media_unreadable', 'too_large', 'queue_full', 'view_timeout'],
    handle: async ({ params: { id, name }, query: layers, reply }, context) => {
      const job = await recordOf(id, context);
      const path = await inputOf(job, context);
      const picture = await drawn({ job, path, name, layers }, context);
      return reply.type(name.endsWith('.png') ? 'image/png' : 'image/jpeg').send(Buffer.from(picture));
    },
  }),
];

interface AskedFrame {
  readonly job: JobRecord;
  readonly path: string;
  readonly name: string;
  readonly layers: LayerToggles;
}

/** Of a job that runs more may be found: only pictures of those that have ended are kept. */
function drawn({ job, path, name, layers }: AskedFrame, context: ServerContext): Promise<Uint8Array> {
  const frame = Number.parseInt(name, 10);
  const shown = layerNames.filter((layer) => layers[layer]).join(',');
  const isOver = job.status !== 'queued' && job.status !== 'running';
  return context.pictures.draw(
    async () => ({
      path,
      frame,
      format: name.endsWith('.png') ? 'png' : 'jpg',
      layers,
      pitch: await pitchIn(context, job.job_id, frame),
      boxes: [...(await boxesOf(context, job.job_id, Math.max(0, frame - trailFrames), frame))],
    }),
    isOver ? `${job.job_id} ${job.status} ${name} ${shown}` : undefined,
  );
}

async function pitchIn({ reader }: ServerContext, jobId: string, frame: number): Promise<PitchFit | undefined> {
  const [row] = await reader.rows(readSql('serve/pitch_of_frame.sql'), [jobId, frame], { jobId });
  return row && pitchOf({ ...row, homography: parsed(row.homography) });
}

/** What is no JSON is no homography. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

async function recordOf(id: string, { jobs }: ServerContext): Promise<JobRecord> {
  const job = await jobs.record(id);
  if (job === undefined) throw new SiltstoneError('not_found', `there is no job ${id}`);
  return job;
}

/** The path is what an event says, and anybody may write events: it counts only below the roots. */
async function inputOf({ input }: JobRecord, { roots }: ServerContext): Promise<string> {
  if (input === null) throw new SiltstoneError('not_found', 'the job did not say what it reads');
  return roots.locate(input);
}
