import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SiltstoneError } from '../../errors.ts';
import type { ServerContext } from '../context.ts';
import type { Scope } from '../route.ts';
import { safeHeaders } from './headers.ts';
import { hostCheck } from './hosts.ts';
import { isForeign } from './origins.ts';
import { rateLimit } from './rate.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route of the table. */
    readonly scope?: Scope;
    /** Whether its handler bounds the time of its body itself. */
    readonly isStreamed?: boolean;
  }
}

/** What is judged of each request before anybody looks at what it asks. */
export function addGuard(app: FastifyInstance, context: ServerContext): void {
  const { settings, access, ending } = context;
  const isOurHost = hostCheck(settings);
  const waitOf = rateLimit(settings.serve_rate_max);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safeHeaders).header('x-request-id', request.id);
    const waitMs = waitOf(request.ip);
    if (waitMs > 0) {
      reply.header('retry-after', Math.max(1, Math.ceil(waitMs / 1000)));
      throw new SiltstoneError(
        'rate_limited',
        `more than ${settings.serve_rate_max} requests a second (serve_rate_max)`,
      );
    }
    if (!isOurHost(request.headers.host)) {
      throw new SiltstoneError(
        'host_refused',
        `${request.headers.host ?? 'a host without a name'} is none of this server’s names`,
      );
    }
    if (ending.aborted) throw new SiltstoneError('shutting_down', 'the server is ending');
    if (mayChange(request) && isForeign(request.headers)) {
      throw new SiltstoneError('forbidden', 'it was asked by a page of another origin');
    }
    access.require(request.routeOptions.config.scope ?? 'public', request);
  });
  app.addHook('preParsing', async (request, reply, payload) => {
    if (request.routeOptions.config.isStreamed !== true) endSlowBody(request, reply, settings.serve_body_timeout_ms);
    return payload;
  });
}

const mayChange = ({ method }: FastifyRequest): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/** Node bounds all requests alike, and an upload may take long. */
function endSlowBody({ raw }: FastifyRequest, reply: FastifyReply, timeoutMs: number): void {
  if (raw.complete) return;
  const timer = setTimeout(() => {
    reply.header('connection', 'close');
    const message = `the body did not come whole within ${timeoutMs} ms (serve_body_timeout_ms)`;
    // fastify, which collects it, answers with this error; the rest is never read.
    raw.emit('error', new SiltstoneError('request_timeout', message));
  }, timeoutMs);
  raw.once('end', () => clearTimeout(timer));
  raw.once('close', () => clearTimeout(timer));
}
