import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { failureSchema, statusOf } from './failures.ts';
import type { Answer, Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** What any route may answer. */
const anywhere: readonly ErrorCode[] = [
  ...(['bad_request', 'forbidden', 'host_refused', 'internal', 'not_found', 'rate_limited'] as const),
  ...(['request_timeout', 'shutting_down', 'unauthorized'] as const),
];

/** What any request with a body may be told. */
const ofBodies: readonly ErrorCode[] = ['too_large', 'unsupported_type'];

/** The table of routes as OpenAPI 3.1. */
export function openApiOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of routes) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operationOf(one) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'siltstone', version, description: 'Jobs, events and queries of one warehouse. Times are UTC.' },
    paths,
    components: {
      schemas: { Error: jsonSchema(failureSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'only where serve was given a token' },
      },
    },
  };
}

function operationOf(one: Route): Json {
  const parameters = [...parametersOf(one.params, 'path'), ...parametersOf(one.query, 'query')];
  return {
    summary: one.summary,
    operationId: `${one.method.toLowerCase()}${one.path.replace(/[^a-z0-9]+(\w?)/gi, (_, letter: string) => letter.toUpperCase())}`,
    security: one.scope === 'public' ? [] : [{ token: [] }],
    'x-scope': one.scope,
    ...(parameters.length > 0 && { parameters }),
    ...(one.body && { requestBody: bodyOf(one.body) }),
    responses: { ...answersOf(one), ...failuresOf(one) },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function bodyOf({ json, bytes = [], streamed, help }: NonNullable<Route['body']>): Json {
  const raw = [...bytes, ...(streamed ?? [])].map((type) => [type, {}]);
  return {
    required: true,
    ...(help !== undefined && { description: help }),
    content: {
      ...(json && { 'application/json': { schema: jsonSchema(json, 'input') } }),
      ...Object.fromEntries(raw),
    },
  };
}

function answersOf({ answers }: Route): Json {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)]));
}

function answerOf({ help, schema, types = [] }: Answer): Json {
  const raw = types.map((type) => [type, {}]);
  const content = {
    ...(schema && { 'application/json': { schema: jsonSchema(schema, 'output') } }),
    ...Object.fromEntries(raw),
  };
  return { description: help, ...(Object.keys(content).length > 0 && { content }) };
}

/** One answer a status, with the codes that it may have. */
function failuresOf({ method, errors = [], answers }: Route): Json {
  const codes = [...new Set([...anywhere, ...(method === 'GET' ? [] : ofBodies), ...errors])].sort();
  const statuses = [...new Set(codes.map(statusOf))].filter((status) => !(status in answers));
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes.filter((code) => statusOf(code) === status).join(', '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
