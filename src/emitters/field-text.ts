import { z } from 'zod';
import type { ColumnType } from '../events/index.ts';
import { jsonText, quoted } from './json-text.ts';
import { timestampText } from './timestamp.ts';

/** A value as JSON text; undefined where the field cannot hold it. */
export type ToText = (value: unknown) => string | undefined;

const byType: Readonly<Record<ColumnType, ToText>> = {
  VARCHAR: (value) => (typeof value === 'string' ? quoted(value) : undefined),
  BIGINT: integerText,
  DOUBLE: realText,
  BOOLEAN: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  JSON: (value) => (typeof value === 'number' ? realText(value) : jsonText(value)),
  TIMESTAMPTZ: (value) => {
    const text = timestampText(value);
    return text === undefined ? undefined : quoted(text);
  },
};

/** How the values of one field become text. */
export function toTextOf(schema: unknown, type: ColumnType): ToText {
  const bare = withoutNull(schema);
  return bare instanceof z.ZodEnum ? choiceText(bare.options) : byType[type];
}

function withoutNull(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? withoutNull(schema.unwrap()) : schema;
}

function choiceText(options: readonly (string | number)[]): ToText {
  const texts = new Map<unknown, string>(options.map((option) => [option, JSON.stringify(option)]));
  return (value) => texts.get(value);
}

function integerText(value: unknown): string | undefined {
  const integer = typeof value === 'bigint' ? Number(value) : value;
  return Number.isSafeInteger(integer) ? String(integer) : undefined;
}

function realText(value: unknown): string | undefined {
  const real = typeof value === 'bigint' ? Number(value) : value;
  return typeof real === 'number' && Number.isFinite(real) ? decimalText(real) : undefined;
}

const thousandths = Array.from({ length: 1000 }, (_, n) => (n / 1000).toString().slice(1));

/**
 * `String(value)`, faster for what most fields hold: up to three decimals. V8 searches the shortest digits of a
 * double anew each time, which is half the cost of an event. A decimal of at most 15 digits that
 * rounds to the value is those shortest digits, so the text is the same; a test compares them.
 */
export function decimalText(value: number): string {
  const scaled = Math.round(value * 1000);
  if (!(scaled >= 0 && scaled < 1e12 && scaled / 1000 === value)) return String(value);
  const whole = Math.floor(scaled / 1000);
  return whole + (thousandths[scaled - whole * 1000] ?? '');
}
