import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import { jobIdSchema, jobSchema, jobStates } from '../job.ts';
import { json, route } from '../route.ts';

const pageSchema = z.strictObject({
  jobs: z.array(jobSchema),
  next_cursor: z.string().nullable().describe('gives the next page; null at the end'),
});

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);

export const jobRoutes = [
  route({
    method: 'GET',
    path: '/v1/jobs',
    scope: 'read',
    summary: 'Jobs, the newest first',
    query: z.strictObject({
      status: z.enum(jobStates).optional(),
      plugin: z.string().min(1).max(64).optional(),
      device: z.enum(['cpu', 'gpu']).optional().describe('what it runs on, or was asked for'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: z.string().max(1000).optional().describe('next_cursor of the page before'),
    }),
    answers: { 200: json(pageSchema, 'a page of them') },
    handle: async ({ query: { limit, cursor, ...filter } }, { jobs }) => {
      const [created_at, job_id] = cursor === undefined ? [] : placeOf(cursor, placeSchema);
      const before = created_at === undefined || job_id === undefined ? undefined : { created_at, job_id };
      const found = await jobs.page(filter, limit + 1, before);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const isEnd = found.length <= limit || last === undefined;
      return { jobs: page, next_cursor: isEnd ? null : cursorOf([last.created_at, last.job_id]) };
    },
  }),
  route({
    method: 'GET',
    path: '/v1/jobs/:id',
    scope: 'read',
    summary: 'One job',
    params: z.strictObject({ id: jobIdSchema }),
    answers: { 200: json(jobSchema, 'the job') },
    errors: ['not_found'],
    handle: async ({ params: { id } }, { jobs }) => {
      const job = await jobs.get(id);
      if (job === undefined) throw new SiltstoneError('not_found', `there is no job ${id}`);
      return job;
    },
  }),
];
