import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import { SiltstoneError } from '../errors.ts';
import type { ServerContext } from './context.ts';
import { answerBrokenRequest, failureOf, knownError, statusOf } from './failures.ts';
import { addGuard } from './guard/guard.ts';
import { safeHeaders } from './guard/headers.ts';
import { openApiOf } from './openapi.ts';
import { addPages } from './pages.ts';
import { requestIdOf } from './request-id.ts';
import type { Asked, Route } from './route.ts';

const bodyBytesMaxDefault = 64 * 1024;
/** A connection on which nothing moves is closed; streams of events write more often. */
const idleMs = 120_000;
const keepAliveMs = 10_000;
/** What a request may take to send its head, at most. */
const headMs = 10_000;
const checkMs = 1_000;
const pathPartLengthMax = 256;

/** The server without a port: routes, and what holds for each request. */
export function buildApp(routes: readonly Route[], context: ServerContext): FastifyInstance {
  const { settings, log, version } = context;
  const app: FastifyInstance = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    bodyLimit: bodyBytesMaxDefault,
    requestTimeout: settings.serve_upload_timeout_ms + settings.serve_body_timeout_ms,
    connectionTimeout: idleMs,
    keepAliveTimeout: keepAliveMs,
    http: { headersTimeout: Math.min(headMs, settings.serve_body_timeout_ms), connectionsCheckingInterval: checkMs },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: pathPartLengthMax },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => fail(error, request, reply),
  });
  app.server.maxConnections = settings.serve_connections_max;
  addGuard(app, context);
  app.addHook('onResponse', logAnswer);
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) => fail(notFound(request, reply, routes), request, reply));
  takeBodies(app, routes);
  for (const one of routes) addRoute(app, one, context);
  const document = openApiOf(routes, version);
  app.get('/openapi.json', async () => document);
  addPages(app);
  return app;
}

/** JSON is parsed by fastify; other types that a route takes come as bytes, uploads part by part. */
function takeBodies(app: FastifyInstance, routes: readonly Route[]): void {
  app.removeContentTypeParser('text/plain');
  for (const type of new Set(routes.flatMap(({ body }) => body?.bytes ?? []))) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_, bytes, done) => done(null, bytes));
  }
  app.register(multipart);
}

function addRoute(app: FastifyInstance, one: Route, context: ServerContext): void {
  const [status = '200'] = Object.keys(one.answers);
  app.route({
    method: one.method,
    url: one.path,
    bodyLimit: one.body?.bytesMax?.(context.settings) ?? bodyBytesMaxDefault,
    config: { scope: one.scope, isStreamed: one.body?.streamed !== undefined },
    handler: async (request, reply) => {
      const answer = await one.handle(askedOf(one, request, reply), context);
      if (answer === reply || reply.sent) return reply;
      return reply.code(Number(status)).send(answer);
    },
  });
}

const nothing = z.strictObject({});

/** @throws SiltstoneError `bad_request`, `unsupported_type` */
function askedOf(one: Route, request: FastifyRequest, reply: FastifyReply): Asked<z.ZodType, z.ZodType, z.ZodType> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const isJson = type === 'application/json' && one.body?.json !== undefined;
  const taken = [...(one.body?.bytes ?? []), ...(one.body?.streamed ?? [])];
  if (one.body !== undefined && !isJson && !taken.includes(type ?? '')) {
    const known = [...(one.body.json ? ['application/json'] : []), ...taken];
    throw new SiltstoneError('unsupported_type', `${type ?? 'no content type'} is not one of ${known.join(', ')}`);
  }
  return {
    params: checked(one.params ?? nothing, request.params, ''),
    query: checked(one.query ?? nothing, request.query, '?'),
    body: isJson ? checked(one.body?.json ?? nothing, request.body, '') : undefined,
    bytes: Buffer.isBuffer(request.body) ? request.body : undefined,
    requestId: request.id,
    request,
    reply,
  };
}

function checked(schema: z.ZodType, value: unknown, mark: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${mark}${path.join('.')}: ${message}` : message,
  );
  throw new SiltstoneError('bad_request', problems.join('; '));
}

function fail(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = knownError(thrown);
  const status = statusOf(error.code);
  if (status >= 500) request.log.error({ err: thrown }, 'a request failed');
  if (error.code === 'shutting_down') reply.header('connection', 'close');
  return reply
    .code(status)
    .headers({ ...safeHeaders, 'x-request-id': request.id })
    .type('application/json')
    .send(failureOf(error, request.id));
}

/** A path that is there, asked for by another method, says which it takes. */
function notFound(request: FastifyRequest, reply: FastifyReply, routes: readonly Route[]): SiltstoneError {
  const path = request.url.split('?', 1)[0] ?? '';
  const methods = routes.filter((one) => patternOf(one).test(path)).map(({ method }) => method);
  if (methods.length === 0) return new SiltstoneError('not_found', `there is no ${path}`);
  reply.header('allow', methods.join(', '));
  return new SiltstoneError('method_not_allowed', `${path} takes ${methods.join(', ')}, and no ${request.method}`);
}

const patternOf = ({ path }: Route): RegExp =>
  new RegExp(`^${path.replace(/[.*]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);

/** What succeeds is told only where it changed something: a page that looks on asks every second. */
async function logAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { method, routeOptions } = request;
  const duration_ms = Math.round(reply.elapsedTime);
  const facts = { method, route: routeOptions.url ?? null, status: reply.statusCode, duration_ms };
  const level = reply.statusCode < 400 && method !== 'POST' && method !== 'DELETE' ? 'debug' : 'info';
  request.log[level](facts, `${method} ${routeOptions.url ?? 'unknown'} ${reply.statusCode}`);
}
