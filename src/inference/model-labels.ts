import { readFile } from 'node:fs/promises';

/** Field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const metadataField = 14;
const keyField = 1;
const valueField = 2;

/**
 * The names of the classes, where a model's file has them: Ultralytics writes them as the property `names`,
 * `{0: 'person', 1: 'bicycle'}`. onnxruntime does not hand properties over.
 */
export async function readModelLabels(modelPath: string): Promise<readonly string[] | undefined> {
  const entries = fieldsOf(await readFile(modelPath)).filter(({ field }) => field === metadataField);
  const names = entries.map(({ bytes }) => fieldsOf(bytes)).find((fields) => textOf(fields, keyField) === 'names');
  return names && namesOf(textOf(names, valueField));
}

function namesOf(text: string): readonly string[] | undefined {
  const pairs = [...text.matchAll(/(\d+): (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)];
  const names = pairs.map(([, , single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
  const inOrder = pairs.every(([, number], i) => Number(number) === i);
  return names.length > 0 && inOrder ? names : undefined;
}

interface Field {
  readonly field: number;
  readonly bytes: Buffer;
}

/** The fields of one message that hold bytes; a file that is no message gives some or none. */
function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = varintAt(message, at);
    const size = sizeOf(message, tag.end, tag.value % 8);
    if (size === undefined) break;
    const { start, end } = size;
    if (tag.value % 8 === 2) fields.push({ field: Math.floor(tag.value / 8), bytes: message.subarray(start, end) });
    at = end;
  }
  return fields;
}

/** Where a value of a wire type begins and ends: https://protobuf.dev/programming-guides/encoding */
function sizeOf(message: Buffer, at: number, wireType: number): { start: number; end: number } | undefined {
  if (wireType === 0) return { start: at, end: varintAt(message, at).end };
  if (wireType === 1) return { start: at, end: at + 8 };
  if (wireType === 5) return { start: at, end: at + 4 };
  if (wireType !== 2) return undefined;
  const { value, end } = varintAt(message, at);
  return { start: end, end: end + value };
}

function varintAt(message: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let end = at;
  let byte = 128;
  for (let factor = 1; byte >= 128 && end < message.length; factor *= 128) {
    byte = message[end++] ?? 0;
    value += (byte % 128) * factor;
  }
  return { value, end };
}

const textOf = (fields: readonly Field[], field: number): string =>
  fields.find((one) => one.field === field)?.bytes.toString('utf8') ?? '';
