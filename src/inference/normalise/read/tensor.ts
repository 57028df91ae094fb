import { at } from './fields.ts';

/** As many axes as any model has. */
const axesMax = 8;

/** The values of a tensor of the Open Inference Protocol, nested by its shape; undefined where they do not fill it. */
export function nestedTensor(tensor: unknown): unknown {
  const [shape, data] = [at(tensor, 'shape'), at(tensor, 'data')];
  if (!Array.isArray(shape) || !Array.isArray(data) || shape.length > axesMax) return undefined;
  const sizes: readonly unknown[] = shape;
  if (!sizes.every(isSize)) return undefined;
  const values: readonly unknown[] = data.flat(axesMax);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count !== values.length) return undefined;
  return count === 0 ? [] : nested(values, sizes);
}

const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;

function nested(values: readonly unknown[], [size = 0, ...sizes]: readonly number[]): unknown {
  if (sizes.length === 0) return values;
  const each = values.length / size;
  return Array.from({ length: size }, (_, i) => nested(values.slice(i * each, (i + 1) * each), sizes));
}
