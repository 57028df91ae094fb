import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import type { Plugin } from '../../inference/index.ts';
import type { ServerContext } from '../context.ts';
import { jobIdSchema } from '../job.ts';
import { checkMedia, receiveUpload } from '../receive-upload.ts';
import { json, route } from '../route.ts';
import type { UploadFolder } from '../uploads.ts';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

const submitQuery = z.strictObject({
  plugin: z.string().min(1).max(64).describe('a plugin of /v1/plugins'),
  tool: z.string().min(1).max(64).optional().describe('one of its tools; its first where it is left out'),
  device: z.enum(['cpu', 'gpu']).default('cpu'),
  strict_device: flag.describe('fails the job instead of running it on another device'),
  annotate: flag.describe('makes a video of its frames with their overlay'),
  frames: z.coerce.number().int().min(1).max(1e9).optional().describe('so many frames at most'),
});

const pathBody = z.strictObject({
  path: z.string().min(1).max(4096).describe('a file or folder on the server, below one of serve_roots or the samples'),
});

const submittedSchema = z.strictObject({
  job_id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'error', 'cancelled']),
  location: z.string().describe('where the job is'),
});

export const submitRoute = route({
  method: 'POST',
  path: '/v1/jobs',
  scope: 'submit',
  summary: 'Runs a plugin over a video or pictures: those sent, or those of a path on the server',
  query: submitQuery,
  body: {
    json: pathBody,
    streamed: ['multipart/form-data'],
    help: 'parts `file`: one video, or one or more pictures, which come in the order of the parts',
  },
  answers: { 202: json(submittedSchema, 'the job is on disk, and runs when its turn comes') },
  errors: [
    ...(['queue_full', 'input_refused', 'media_unreadable', 'media_unsupported', 'too_large', 'disk_full'] as const),
    ...(['plugin_broken', 'unsupported_type', 'view_timeout'] as const),
  ],
  handle: async ({ query, body, request, reply, requestId }, context) => {
    const { jobs, uploads, settings, pluginDirs } = context;
    const jobId = uuidv7();
    const place = reserve(context, reply);
    let folder: UploadFolder | undefined;
    try {
      await checkPlugin(context, query);
      const annotates = query.annotate || body === undefined;
      folder = annotates ? await uploads.open(jobId) : undefined;
      const input = await inputOf(body?.path, { request, folder, context });
      context.ending.throwIfAborted();
      place.submit({
        warehouse: settings.warehouse,
        settings,
        pluginDirs,
        jobId,
        requestId,
        plugin: query.plugin,
        input,
        device: query.device,
        strictDevice: query.strict_device,
        ...(query.tool !== undefined && { tool: query.tool }),
        ...(query.frames !== undefined && { framesMax: query.frames }),
        ...(query.annotate && folder && { video: folder.pathOf('annotated.mp4') }),
      });
    } catch (error) {
      place.release();
      // What is left of the request is not read: the connection cannot be used again.
      if (!request.raw.complete) reply.header('connection', 'close');
      await folder?.remove();
      throw error;
    }
    await jobs.refresh();
    const location = `/v1/jobs/${jobId}`;
    reply.header('location', location);
    return { job_id: jobId, status: 'queued', location };
  },
});

export const cancelRoute = route({
  method: 'DELETE',
  path: '/v1/jobs/:id',
  scope: 'submit',
  summary: 'Cancels a job that this server runs',
  params: z.strictObject({ id: jobIdSchema }),
  answers: {
    202: json(
      submittedSchema.pick({ job_id: true, status: true }),
      'it is being cancelled: `status` is still what it was',
    ),
  },
  handle: async ({ params: { id } }, { queue, jobs }) => {
    const job = await jobs.get(id);
    if (!queue.cancel(id)) throw new SiltstoneError('not_found', `this server runs no job ${id}`);
    return { job_id: id, status: job?.status ?? 'queued' };
  },
});

const retrySeconds = 5;

function reserve({ queue }: ServerContext, reply: { header(name: string, value: number): unknown }) {
  try {
    return queue.reserve();
  } catch (error) {
    reply.header('retry-after', retrySeconds);
    throw error;
  }
}

/** @throws SiltstoneError `bad_request`, `plugin_broken` */
async function checkPlugin({ machine }: ServerContext, { plugin, tool }: z.infer<typeof submitQuery>): Promise<void> {
  const listed = (await machine.plugins()).filter(({ id }) => id === plugin);
  const ready = listed.find(({ state }) => state === 'ready');
  if (ready?.state === 'ready') return checkTool(ready.plugin, tool);
  if (listed[0] === undefined) throw new SiltstoneError('bad_request', `?plugin: there is no plugin ${plugin}`);
  throw new SiltstoneError('plugin_broken', `the plugin ${plugin} cannot run: GET /v1/plugins says why`);
}

function checkTool({ manifest }: Plugin, tool: string | undefined): void {
  const names = manifest.tools.map(({ name }) => name);
  if (tool === undefined || names.includes(tool)) return;
  throw new SiltstoneError('bad_request', `?tool: ${manifest.id} has no tool ${tool}; it has ${names.join(', ')}`);
}

interface InputOptions {
  readonly request: FastifyRequest;
  readonly folder: UploadFolder | undefined;
  readonly context: ServerContext;
}

async function inputOf(path: string | undefined, options: InputOptions): Promise<string> {
  const { request, folder, context } = options;
  if (path === undefined && folder !== undefined) return receiveUpload(request, folder, context);
  const input = await context.roots.locate(path ?? '');
  await checkMedia([input], context);
  return input;
}
