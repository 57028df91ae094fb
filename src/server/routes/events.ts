import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { jobIdSchema } from '../job.ts';
import { json, route } from '../route.ts';

const keySchema = z.string().regex(/^[\x21-\x7e]{1,128}$/);

const answerSchema = z.strictObject({
  accepted: z.int().describe('lines that are events; they are on the disk'),
  rejected: z
    .array(z.strictObject({ line: z.int().describe('from 1, blank lines counted'), reason: z.string() }))
    .describe('the first thousand of them'),
  rejected_count: z.int(),
});

export const eventsRoute = route({
  method: 'POST',
  path: '/v1/events',
  scope: 'ingest',
  summary: 'Events of another host or of a browser, one JSON object a line',
  query: z.strictObject({ job_id: jobIdSchema.optional().describe('of lines that name none') }),
  body: {
    bytes: ['application/x-ndjson'],
    bytesMax: ({ serve_ingest_bytes_max }) => serve_ingest_bytes_max,
    help:
      '`ts` is now where a line has none. A request that may have been taken is sent again with the same header ' +
      'idempotency-key: the server that took it gives the same answer and takes nothing twice.',
  },
  answers: { 202: json(answerSchema, 'what was accepted, and why other lines were not') },
  errors: ['disk_full', 'queue_full', 'too_large', 'unsupported_type', 'warehouse_not_writable'],
  handle: async ({ query, bytes = Buffer.alloc(0), request, reply }, { ingest }) => {
    const key = keySchema.optional().safeParse(request.headers['idempotency-key']);
    if (!key.success) throw new SiltstoneError('bad_request', 'the header idempotency-key is no key');
    try {
      return await ingest.take(bytes, { jobId: query.job_id, key: key.data });
    } catch (error) {
      if (error instanceof SiltstoneError && error.code === 'queue_full') reply.header('retry-after', '1');
      throw error;
    }
  },
});
