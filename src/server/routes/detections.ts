import { z } from 'zod';
import type { Row } from '../../engine.ts';
import { SiltstoneError } from '../../errors.ts';
import type { DrawnBox } from '../../inference/index.ts';
import { readSql } from '../../query/index.ts';
import type { ServerContext } from '../context.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import { jobIdSchema } from '../job.ts';
import { json, route } from '../route.ts';

const detectionSchema = z.strictObject({
  frame_index: z.int(),
  plugin: z.string(),
  tool: z.string(),
  label: z.string(),
  score: z.number().nullable(),
  track_id: z.int().nullable(),
  x1: z.number().describe('px of the frame, like y1, x2 and y2'),
  y1: z.number(),
  x2: z.number(),
  y2: z.number(),
  text: z.string().nullable(),
  keypoints: z.unknown().describe('list of {x, y, score?, label?}, px of the frame, or null'),
});

type Detection = z.infer<typeof detectionSchema>;

const frame = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const detectionsRoute = route({
  method: 'GET',
  path: '/v1/jobs/:id/detections',
  scope: 'read',
  summary: 'What a job found, by frame',
  params: z.strictObject({ id: jobIdSchema }),
  query: z.strictObject({
    frame: frame.optional().describe('of this frame alone'),
    from_frame: frame.optional(),
    to_frame: frame.optional().describe('with this frame'),
    limit: z.coerce.number().int().min(1).max(10_000).default(1000),
    cursor: z.string().max(2000).optional().describe('next_cursor of the page before'),
  }),
  answers: {
    200: json(
      z.strictObject({ detections: z.array(detectionSchema), next_cursor: z.string().nullable() }),
      'a page of them',
    ),
  },
  handle: async ({ params: { id }, query }, context) => {
    if ((await context.jobs.record(id)) === undefined) throw new SiltstoneError('not_found', `there is no job ${id}`);
    const { frame: only, from_frame: from = only ?? 0, to_frame: to = only ?? Number.MAX_SAFE_INTEGER } = query;
    const place = query.cursor === undefined ? begin : placeOf(query.cursor, placeSchema);
    const rows = await context.reader.rows(readSql('serve/detections.sql'), [id, from, to, ...place, query.limit + 1], {
      jobId: id,
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const isEnd = rows.length <= query.limit || last === undefined;
    return {
      detections: page.map(detectionOf),
      next_cursor: isEnd ? null : cursorOf([Number(last.frame_index), String(last.stream), Number(last.seq)]),
    };
  },
});

const placeSchema = z.tuple([z.int(), z.string(), z.int()]);
const begin: z.infer<typeof placeSchema> = [-1, '', 0];

const boxesMax = 20_000;

/** The boxes of some frames of a job, as the overlay takes them. */
export async function boxesOf({ reader }: ServerContext, jobId: string, from: number, to: number) {
  const values = [jobId, from, to, ...begin, boxesMax];
  const rows = await reader.rows(readSql('serve/detections.sql'), values, { jobId });
  const frames = new Map<number, DrawnBox[]>();
  for (const detection of rows.map(detectionOf)) {
    const found = frames.get(detection.frame_index);
    if (found === undefined) frames.set(detection.frame_index, [boxOf(detection)]);
    else found.push(boxOf(detection));
  }
  return frames;
}

const pointsSchema = z.array(z.object({ x: z.number(), y: z.number() })).max(1000);

/** Anybody may have written the event: what are no points is not drawn. */
function boxOf({ label, x1, y1, x2, y2, track_id, text, keypoints }: Detection): DrawnBox {
  const points = pointsSchema.safeParse(keypoints).data;
  return {
    ...{ label, x1, y1, x2, y2 },
    ...(track_id !== null && { track_id }),
    ...(text !== null && { text }),
    ...(points && { keypoints: points }),
  };
}

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function detectionOf(row: Row): Detection {
  return {
    frame_index: Number(row.frame_index),
    plugin: String(row.plugin),
    tool: String(row.tool),
    label: String(row.label),
    score: numberOf(row.score),
    track_id: numberOf(row.track_id),
    x1: Number(row.x1),
    y1: Number(row.y1),
    x2: Number(row.x2),
    y2: Number(row.y2),
    text: textOf(row.text),
    keypoints: typeof row.keypoints === 'string' ? (JSON.parse(row.keypoints) as unknown) : null,
  };
}
