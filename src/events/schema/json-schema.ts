import { z } from 'zod';
import { type Field, fieldsOf, presentOf } from '../columns.ts';
import { envelope } from '../envelope.ts';
import { type Kind, kinds } from '../kinds.ts';
import { examples } from './examples.ts';

export type JsonObject = { readonly [key: string]: unknown };

/**
 * JSON Schema (draft 2020-12) of one line: the envelope for all, and for a kind of the contract that kind's fields.
 * Other kinds and other fields are legal, as they are in the inbox.
 */
export function eventJsonSchema(): JsonObject {
  const names = Object.keys(kinds) as Kind[];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'siltstone event',
    description: 'One line of a stream.',
    ...objectSchema(envelope),
    allOf: names.map((event) => ({
      if: { properties: { event: { const: event } }, required: ['event'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { $ref: `#/$defs/${event}` },
    })),
    $defs: Object.fromEntries(names.map((event) => [event, kindSchema(event)])),
  };
}

function kindSchema(event: Kind): JsonObject {
  const { when, line } = examples[event];
  return { description: when, ...objectSchema(kinds[event]), examples: [line] };
}

function objectSchema(schema: z.ZodObject): JsonObject {
  const fields = fieldsOf(schema);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, schema)])),
    required: fields.filter((field) => field.required).map((field) => field.name),
  };
}

function fieldSchema({ name, type, help }: Field, schema: z.ZodObject): JsonObject {
  const field = schema.shape[name] as z.ZodType;
  if (type === 'JSON') return { description: help, ...jsonSchemaOfJson(field) };
  const { $schema: _, ...converted } = z.toJSONSchema(field, { io: 'input' });
  return { description: help, ...converted };
}

/** Whatever stands in a line is JSON already: zod's recursive definition of JSON would only slow a validator down. */
function jsonSchemaOfJson(field: z.ZodType): JsonObject {
  return presentOf(field) instanceof z.ZodRecord ? { type: ['object', 'null'] } : {};
}
