/**
 * The table that the server and `/openapi.json` are made of: each route is one value, in a file of `routes/` for it or for a
 * small group, and is named in `routes/index.ts`. A handler gets what was asked, checked and typed by the schemas, and the
 * server's context; what it returns is the JSON of the answer's first status. It throws SiltstoneError, whose code
 * decides the status (`failures.ts`). To send anything but JSON it uses `reply` and returns it.
 *
 *     export const jobRoute = route({
 *       method: 'GET',
 *       path: '/v1/jobs/:id',
 *       scope: 'read',
 *       summary: 'one job',
 *       params: z.strictObject({ id: jobIdSchema }),
 *       answers: { 200: json(jobSchema, 'the job') },
 *       errors: ['not_found'],
 *       handle: ({ params }, { jobs }) => jobs.get(params.id),
 *     });
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Settings } from '../settings.ts';
import type { ServerContext } from './context.ts';

/** What a token must allow for a route; `public` needs none. */
export type Scope = 'public' | 'read' | 'submit' | 'ingest';

/** An answer: JSON by a schema, other bytes by their content types, or nothing. */
export interface Answer {
  readonly help: string;
  readonly schema?: z.ZodType;
  readonly types?: readonly string[];
}

/** What a request may carry, by content type. Anything else is refused with 415. */
export interface RouteBody<B extends z.ZodType> {
  /** Of `application/json`: parsed and checked. */
  readonly json?: B;
  /** Content types whose bytes the handler gets whole, as a Buffer in `bytes`. */
  readonly bytes?: readonly string[];
  /** The handler reads the parts itself. */
  readonly streamed?: readonly ['multipart/form-data'];
  /** Beyond this it is refused with 413; what is streamed is bounded by its handler. By a setting, or 64 KiB. */
  readonly bytesMax?: (settings: Settings) => number;
  readonly help?: string;
}

/** What was asked, as the schemas say. */
export interface Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  /** Undefined where the body was no JSON. */
  readonly body: z.infer<B> | undefined;
  readonly bytes: Buffer | undefined;
  readonly requestId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface RouteOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** fastify's way to write it: `/v1/jobs/:id`. */
  readonly path: string;
  readonly scope: Scope;
  readonly summary: string;
  readonly params?: P;
  /** Without it no query parameter is taken. */
  readonly query?: Q;
  readonly body?: RouteBody<B>;
  /** By status. The first is that of what the handler returns. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes beside those that any route may give. */
  readonly errors?: readonly ErrorCode[];
  /** A method and no property, so that a route of narrower types is one of the table's. */
  handle(asked: Asked<P, Q, B>, context: ServerContext): unknown;
}

export type Route = RouteOf<z.ZodType, z.ZodType, z.ZodType>;

/** Types a route by its schemas. */
export function route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
>(spec: RouteOf<P, Q, B>): Route {
  return spec;
}

/** An answer of JSON. */
export const json = (schema: z.ZodType, help: string): Answer => ({ schema, help });
