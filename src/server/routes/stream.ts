import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { jobIdSchema } from '../job.ts';
import { lookerOn } from '../live/looker-on.ts';
import { placeIn } from '../live/message.ts';
import { route } from '../route.ts';

/** Connections that look on at once. */
const lookersMax = 500;

const kindsSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}(,[a-z][a-z0-9_.]{0,63}){0,31}$/, 'up to 32 kinds of event, with commas');

export const streamRoute = route({
  method: 'GET',
  path: '/v1/stream',
  scope: 'read',
  summary: 'Jobs and events as they come, as server-sent events',
  query: z.strictObject({
    kinds: kindsSchema.optional().describe('of the events; all where it is left out'),
    job_id: jobIdSchema.optional(),
  }),
  answers: {
    200: {
      help:
        '`job`: a job as GET /v1/jobs/:id gives it, at first all that have not ended. `event`: an event that came. `gap`: ' +
        'so many were left out, because they came too fast or were not taken in time. The header Last-Event-ID ' +
        'gives what was missed since; after a restart of the server some events come twice, with the same id.',
      types: ['text/event-stream'],
    },
  },
  errors: ['queue_full'],
  handle: async ({ query: { kinds, job_id }, request, reply }, { feed, ending }) => {
    if (feed.count() >= lookersMax) {
      reply.header('retry-after', '10');
      throw new SiltstoneError('queue_full', `${lookersMax} connections look on already`);
    }
    const since = placeIn(request.headers['last-event-id']?.toString());
    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? '');
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 2000\n\n');
    const one = lookerOn(raw, { kinds: kinds?.split(',') ?? [], jobIds: job_id === undefined ? [] : [job_id] });
    const leave = (): void => feed.leave(one);
    raw.once('close', leave);
    ending.addEventListener('abort', one.end, { once: true });
    raw.once('close', () => ending.removeEventListener('abort', one.end));
    await feed.join(one, since);
    if (raw.destroyed) leave();
    return reply;
  },
});
