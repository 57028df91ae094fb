import { z } from 'zod';
import { messageOf } from '../../errors.ts';
import type { ServerContext } from '../context.ts';
import { json, route } from '../route.ts';

const healthSchema = z.strictObject({ status: z.literal('ok'), version: z.string() });

const checkSchema = z.strictObject({ of: z.string(), ok: z.boolean(), found: z.string() });

const readySchema = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(checkSchema),
});

export const healthRoutes = [
  route({
    method: 'GET',
    path: '/healthz',
    scope: 'public',
    summary: 'Whether the process answers',
    answers: { 200: json(healthSchema, 'it does') },
    handle: (_, { version }) => ({ status: 'ok', version }),
  }),
  route({
    method: 'GET',
    path: '/readyz',
    scope: 'public',
    summary: 'Whether the warehouse can be read and has room',
    answers: { 200: json(readySchema, 'it can'), 503: json(readySchema, 'it cannot: the check that failed says why') },
    handle: async ({ reply }, context) => {
      const checks = [await lakeCheck(context), await diskCheck(context)];
      const isReady = checks.every(({ ok }) => ok);
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready', checks });
    },
  }),
];

type Check = z.infer<typeof checkSchema>;

const waitMs = 3_000;

async function lakeCheck({ reader }: ServerContext): Promise<Check> {
  try {
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`no answer within ${waitMs} ms`)), waitMs).unref(),
    );
    await Promise.race([reader.rows('select 1', [], { jobId: '' }), late]);
    return { of: 'lake', ok: true, found: `version ${reader.version}` };
  } catch (error) {
    return { of: 'lake', ok: false, found: messageOf(error) };
  }
}

async function diskCheck({ storage, settings }: ServerContext): Promise<Check> {
  try {
    const { freeBytes } = await storage.space();
    const ok = freeBytes > settings.disk_reserve_bytes;
    return { of: 'disk', ok, found: `${Math.floor(freeBytes / 1024 ** 2)} MiB free` };
  } catch (error) {
    return { of: 'disk', ok: false, found: messageOf(error) };
  }
}
