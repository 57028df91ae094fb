import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Outputs, OutputTensor } from './decoders/index.ts';
import type { Provider } from './device.ts';
import { halfBits, ofHalfBits } from './half-floats.ts';

export type { Provider } from './device.ts';

/** What a model takes beside the image, the same for each frame. */
export interface ConstantInput {
  readonly name: string;
  readonly type: 'float32' | 'float16' | 'int64' | 'int32' | 'uint8' | 'bool';
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Bytes, floats, or half floats as their bits. */
export type ImageValues = Uint8Array | Float32Array | Uint16Array;

export interface ModelInput {
  readonly name: string;
  readonly type: 'uint8' | 'float32' | 'float16';
  readonly shape: readonly number[];
  /** What the model takes beside the image. */
  readonly constants: readonly ConstantInput[];
}

export interface RuntimeOptions {
  readonly modelPath: string;
  readonly provider: Provider;
  readonly threads: number;
  readonly input: ModelInput;
  /** Fails when a part of the model would run on the CPU without a word. */
  readonly providerOnly?: boolean;
  /** Writes a profile when it is closed: path and beginning of the file's name. */
  readonly profilePrefix?: string;
}

export interface Runtime {
  /** One frame through the model. Blocks the event loop while it runs: it is a matter for processes of their own. */
  run(values: ImageValues): Promise<Outputs>;
  close(): Promise<void>;
}

/**
 * Opens a model on exactly one provider: given a list, the runtime drops what it does not know and runs on the CPU.
 * @throws Error with the runtime's own text, or where the model's input is not what is expected
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { input } = options;
  const session = await InferenceSession.create(options.modelPath, sessionOptions(options));
  try {
    checkInputs(session, input);
  } catch (error) {
    await session.release();
    throw error;
  }
  const constants = Object.fromEntries(input.constants.map((one) => [one.name, constantTensor(one)]));
  return {
    async run(values) {
      const results = await session.run({ ...constants, [input.name]: imageTensor(values, input.shape) });
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, outputOf(tensor)]));
    },
    async close() {
      if (options.profilePrefix !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** One input or output of a model. A size that is free has a name. */
export interface TensorShape {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface ModelShape {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
}

/** What goes into a model and comes out of it, as its file says. */
export async function describeModel(modelPath: string): Promise<ModelShape> {
  const session = await InferenceSession.create(modelPath, sessionOptions({ provider: 'cpu', threads: 1 }));
  const shape = { inputs: session.inputMetadata.map(shapeOf), outputs: session.outputMetadata.map(shapeOf) };
  await session.release();
  return shape;
}

const shapeOf = (value: InferenceSession.ValueMetadata): TensorShape =>
  value.isTensor
    ? { name: value.name, type: value.type, shape: value.shape }
    : { name: value.name, type: 'none', shape: [] };

function sessionOptions({
  provider,
  threads,
  providerOnly,
  profilePrefix,
}: Omit<RuntimeOptions, 'modelPath' | 'input'>): InferenceSession.SessionOptions {
  const strict = providerOnly && provider !== 'cpu' ? { disable_cpu_ep_fallback: '1' } : {};
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Idle threads that spin cost three times the CPU time of the inference itself.
    extra: { session: { intra_op: { allow_spinning: '0' }, ...strict } },
    ...(profilePrefix !== undefined && { enableProfiling: true, profileFilePrefix: profilePrefix }),
  };
}

/** A manifest that does not fit its model would otherwise fail at the first frame, in the runtime's words. */
function checkInputs(session: InferenceSession, input: ModelInput): void {
  const fed = [input, ...input.constants];
  for (const one of fed) checkInput(session, one);
  const missing = session.inputNames.filter((name) => !fed.some((one) => one.name === name));
  if (missing.length === 0) return;
  throw new Error(`the model takes ${missing.join(', ')} too: give each in input.constants`);
}

function checkInput(session: InferenceSession, input: Omit<ConstantInput, 'values'>): void {
  const found = session.inputMetadata.find((one) => one.name === input.name);
  if (found === undefined) {
    throw new Error(`the model has no input ${input.name}; it has ${session.inputNames.join(', ')}`);
  }
  const shape = found.isTensor ? found.shape : [];
  const fits = shape.length === input.shape.length && shape.every((size, i) => isSize(size, input.shape[i]));
  const type = found.isTensor ? found.type : 'no tensor';
  if (fits && type === input.type) return;
  const expected = `${input.type} [${input.shape.join(', ')}]`;
  throw new Error(`the input ${input.name} is ${expected} in the manifest, ${type} [${shape.join(', ')}] in the model`);
}

/** A dimension that has a name instead of a size takes any. */
const isSize = (size: number | string, expected: number | undefined): boolean =>
  typeof size === 'string' || size === expected;

function imageTensor(values: ImageValues, shape: readonly number[]): Tensor {
  if (values instanceof Uint8Array) return new Tensor('uint8', values, shape);
  return values instanceof Float32Array ? new Tensor('float32', values, shape) : new Tensor('float16', values, shape);
}

function constantTensor({ type, shape, values }: ConstantInput): Tensor {
  switch (type) {
    case 'float16':
      return new Tensor(type, halfBits(values), shape);
    case 'float32':
      return new Tensor(type, Float32Array.from(values), shape);
    case 'int64':
      return new Tensor(type, BigInt64Array.from(values, BigInt), shape);
    case 'int32':
      return new Tensor(type, Int32Array.from(values), shape);
    default:
      return new Tensor(type, Uint8Array.from(values), shape);
  }
}

function outputOf({ type, dims, data }: Tensor): OutputTensor {
  return { type, shape: dims, values: numbersOf(data, type) };
}

/** Texts are no numbers that a decoder reads. */
function numbersOf(data: Tensor['data'], type: Tensor['type']): OutputTensor['values'] {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  if (data instanceof Uint16Array && type === 'float16') return ofHalfBits(data);
  return Array.isArray(data) ? new Float64Array() : Float64Array.from(data as ArrayLike<number | bigint>, Number);
}
