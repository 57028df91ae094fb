import { SiltstoneError } from '../../errors.ts';

/** One output of a model, flat. Whole numbers are given as float64, half floats as float32; of a type that holds no numbers there are no values. */
export interface OutputTensor {
  readonly type: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/** What a model gave: each output by its name. */
export type Outputs = Readonly<Record<string, OutputTensor>>;

/** A shape that a decoder reads: a size, or the name of one that is free. */
export type ShapePattern = readonly (number | string)[];

/** float32 holds a little over seven digits; more of them would be noise in the log. */
const digits = 7;
const numberTypes = [
  'float16',
  'float32',
  'float64',
  'int64',
  'int32',
  'int16',
  'int8',
  'uint8',
  'uint16',
  'uint32',
  'bool',
];

/**
 * An output whose shape was checked. A batch of one may stand before it, or may be left out.
 * @param reader who asks, for the message
 * @returns the values, and the free sizes by their order in the pattern
 * @throws SiltstoneError `plugin_broken` says what the model gives and what is read
 */
export function readOutput(
  outputs: Outputs,
  name: string,
  pattern: ShapePattern,
  reader: string,
): { readonly values: OutputTensor['values']; readonly sizes: readonly number[] } {
  const tensor = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (tensor === undefined) {
    const names = Object.keys(outputs).join(', ');
    throw new SiltstoneError('plugin_broken', `the model has no output ${name}; it has ${names}`);
  }
  const sizes = matchShape(tensor.shape, pattern);
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  if (sizes !== undefined && numberTypes.includes(tensor.type) && tensor.values.length === count) {
    return { values: tensor.values, sizes };
  }
  const found = `${tensor.type} [${tensor.shape.join(', ')}]`;
  const read = `numbers [${[1, ...pattern].join(', ')}]`;
  throw new SiltstoneError('plugin_broken', `the output ${name} is ${found}; ${reader} reads ${read}`);
}

function matchShape(shape: readonly number[], pattern: ShapePattern): readonly number[] | undefined {
  const extra = shape.length - pattern.length;
  if (extra < 0 || shape.slice(0, extra).some((size) => size !== 1)) return undefined;
  const own = shape.slice(extra);
  if (pattern.some((size, i) => typeof size === 'number' && size !== own[i])) return undefined;
  return own.filter((_, i) => typeof pattern[i] === 'string');
}

/** For a payload: a number that JSON cannot hold is written as its name (`NaN`), so that it is seen. */
export const jsonNumber = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : String(value);
