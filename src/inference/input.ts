import { halfBits } from './half-floats.ts';
import type { InputOptions } from './manifest.ts';
import type { ImageValues, ModelInput } from './runtime.ts';

/** Where a channel stands in RGBA. */
const channelsOf = { rgba: [0, 1, 2, 3], rgb: [0, 1, 2], bgr: [2, 1, 0] } as const;
/** How bright a pixel looks: ITU-R BT.601. */
const greyOf = { red: 0.299, green: 0.587, blue: 0.114 };

/** The model's input as the manifest describes it. */
export function modelInputOf({ name, type, layout, width, height, channels, constants }: InputOptions): ModelInput {
  const count = channels === 'grey' ? 1 : channelsOf[channels].length;
  const shape = layout === 'nhwc' ? [1, height, width, count] : [1, count, height, width];
  const others = constants.map((one) => ({ ...one, shape: one.shape ?? [one.values.length] }));
  return { name, type, shape, constants: others };
}

/** Values of zero, as many as the input takes. */
export function blackInput({ type, shape }: ModelInput): ImageValues {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (type === 'uint8') return new Uint8Array(size);
  return type === 'float32' ? new Float32Array(size) : new Uint16Array(size);
}

/**
 * RGBA of the input's size as the model takes it. The result is overwritten by the next call; bytes that fit as they
 * are are given as they are.
 */
export function makePacker(input: InputOptions): (rgba: Uint8Array) => ImageValues {
  if (input.type === 'uint8' && input.channels === 'rgba' && input.layout === 'nhwc') return (rgba) => rgba;
  const target = blackInput(modelInputOf(input));
  const pixelCount = input.width * input.height;
  const count = target.length / pixelCount;
  const [pixelStep, channelStep] = input.layout === 'nhwc' ? [count, 1] : [1, pixelCount];
  const tables = Array.from({ length: count }, (_, channel) => tableOf(input, channel));
  const sourceOf = input.channels === 'grey' ? undefined : channelsOf[input.channels];
  return (rgba) => {
    const bytes = sourceOf === undefined ? greyBytes(rgba, pixelCount) : rgba;
    tables.forEach((table, channel) => {
      const step = sourceOf === undefined ? 1 : 4;
      let from = sourceOf?.[channel] ?? 0;
      let to = channel * channelStep;
      for (let i = 0; i < pixelCount; i++, from += step, to += pixelStep) target[to] = table[bytes[from] ?? 0] ?? 0;
    });
    return target;
  };
}

/** What each byte of a channel becomes: (byte × scale − mean) ÷ std, of half floats the bits. */
function tableOf({ type, scale, mean, std }: InputOptions, channel: number): ArrayLike<number> {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  if (type === 'uint8') return bytes;
  const values = bytes.map((byte) => (byte * scale - (mean[channel] ?? mean[0] ?? 0)) / (std[channel] ?? std[0] ?? 1));
  return type === 'float16' ? halfBits(values) : values;
}

function greyBytes(rgba: Uint8Array, pixelCount: number): Uint8Array {
  const bytes = new Uint8Array(pixelCount);
  for (let i = 0, at = 0; i < pixelCount; i++, at += 4) {
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    bytes[i] = Math.round(red * greyOf.red + green * greyOf.green + blue * greyOf.blue);
  }
  return bytes;
}
