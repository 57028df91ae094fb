import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { questionSchema } from '../../query/index.ts';
import { json, route } from '../route.ts';

const bodyBytesMax = 1024 * 1024;

const contentTypes = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const;

const answerSchema = z.union([
  z.strictObject({
    columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(z.unknown())).describe('BIGINT, times and UUIDs are texts'),
    row_count: z.int(),
    truncated: z.boolean().describe('whether there are more rows than serve_query_rows_max'),
    version: z.int().describe('of the lake; -1 before its first commit'),
    elapsed_ms: z.number(),
  }),
  z.strictObject({ plan: z.string(), version: z.int(), elapsed_ms: z.number() }),
]);

export const queryRoutes = [
  route({
    method: 'POST',
    path: '/v1/query',
    scope: 'read',
    summary: 'One SELECT over the views',
    body: {
      json: questionSchema,
      bytesMax: () => bodyBytesMax,
      help: 'It sees every event that was flushed before. Anything but a SELECT over the views is refused.',
    },
    answers: {
      200: {
        ...json(
          answerSchema,
          'the rows; in other forms than JSON the headers x-siltstone-* say what JSON says beside them',
        ),
        types: ['text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet'],
      },
    },
    errors: ['query_refused', 'engine_failed', 'query_timeout', 'query_too_large', 'queue_full', 'version_gone'],
    handle: async ({ body, reply }, { sandbox }) => {
      const question = questionSchema.parse(body);
      const { content, rowCount, isTruncated, version } = await sandbox
        .ask(question, leftBy(reply.raw))
        .catch((error: unknown) => {
          if (error instanceof SiltstoneError && error.code === 'queue_full') reply.header('retry-after', '1');
          throw error;
        });
      return reply
        .headers({
          'x-siltstone-rows': rowCount,
          'x-siltstone-truncated': String(isTruncated),
          'x-siltstone-version': version,
        })
        .type(contentTypes[question.explain ? 'json' : question.format])
        .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/limits',
    scope: 'read',
    summary: 'What may be asked for at once',
    answers: {
      200: json(
        z.strictObject({
          query_rows_max: z.int(),
          query_timeout_ms: z.int(),
          query_bytes_max: z.int(),
          ingest_bytes_max: z.int(),
        }),
        'each as the setting serve_… of that name',
      ),
    },
    handle: (_, { settings }) => ({
      query_rows_max: settings.serve_query_rows_max,
      query_timeout_ms: settings.serve_query_timeout_ms,
      query_bytes_max: settings.serve_query_bytes_max,
      ingest_bytes_max: settings.serve_ingest_bytes_max,
    }),
  }),
];

/** Aborted when nobody is there any more who would take the answer. */
function leftBy(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  return leaving.signal;
}
