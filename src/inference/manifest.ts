import { z } from 'zod';
import { messageOf, SiltstoneError } from '../errors.ts';
import { decoderOptions, dialectOf } from './decoders/index.ts';
import { dialectNames, undeclared } from './normalise/index.ts';
import { layerNames } from './overlay/layers.ts';
import { trackerOptions } from './track/options.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and dashes');
const fileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'the name of a file in the plugin’s folder');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');
const sizePx = z.int().min(1).max(8192);
const numbers = z.array(z.number()).min(1).max(4);
const device = z.enum(['cpu', 'gpu']);

const tool = z.strictObject({
  name,
  description: z.string(),
  tracks: z.boolean().describe('gives the boxes that follow one another from frame to frame a common id'),
  tracker: trackerOptions.optional().describe('how boxes are followed where the tool tracks'),
  single: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'labels of which a frame has one at most, such as the ball: the best, and where the tool tracks the one that follows its own path',
    ),
});

const constantInput = z
  .strictObject({
    name: z.string().min(1).describe('name of the model’s input'),
    type: z.enum(['float32', 'float16', 'int64', 'int32', 'uint8', 'bool']),
    shape: z.array(z.int().min(0)).max(8).optional().describe('a list of the values unless it is said'),
    values: z.array(z.number()).max(65_536),
  })
  .refine(({ type, values }) => type.startsWith('float') || values.every(Number.isSafeInteger), {
    error: 'whole numbers, as its type says',
    path: ['values'],
  })
  .refine(({ shape, values }) => (shape ?? [values.length]).reduce((a, b) => a * b, 1) === values.length, {
    error: 'as many as its shape says',
    path: ['values'],
  });

const inputOptions = z.strictObject({
  name: z.string().min(1).describe('name of the model’s input'),
  width: sizePx.describe('px'),
  height: sizePx.describe('px'),
  layout: z.enum(['nhwc', 'nchw']).describe('whether the channels of a pixel stand together'),
  type: z.enum(['uint8', 'float32', 'float16']),
  channels: z.enum(['rgba', 'rgb', 'bgr', 'grey']).default('rgba'),
  scale: z
    .number()
    .positive()
    .default(1 / 255)
    .describe('of floats: a value is (byte × scale − mean) ÷ std, and byte ÷ 255 unless anything is said'),
  mean: numbers.default([0]).describe('of floats: one for all channels, or one for each in their order'),
  std: z.array(z.number().positive()).min(1).max(4).default([1]).describe('of floats, like mean'),
  fit: z
    .enum(['letterbox', 'stretch'])
    .default('letterbox')
    .describe('letterbox keeps the frame’s shape, with grey around it'),
  constants: z
    .array(constantInput)
    .max(16)
    .default([])
    .describe(
      'what the model takes beside the image, such as the size that its boxes are scaled to: give the width and height above',
    ),
});

export type InputOptions = z.infer<typeof inputOptions>;

const labels = z
  .union([z.array(z.string().min(1)).min(1), z.strictObject({ file: fileName })], {
    error: 'a list of names, or { "file": … } of a text with one name a line',
  })
  .describe('names of the classes by their number: a list, or a text file with one a line');

/** What the manifest of every plugin says. */
const everyForm = {
  $schema: z.string().optional().describe('address of this schema, for editors'),
  id: name.describe('what `siltstone run` calls it'),
  version: z.string().regex(/^\d+\.\d+\.\d+/, 'a version like 1.0.0'),
  description: z.string(),
  tools: z.array(tool).min(1).describe('the first is what runs unless another is asked for'),
  labels,
  dialect: z
    .enum([...dialectNames, undeclared])
    .describe('the form of its payloads; undeclared where what each holds has to tell it'),
  overlay: z
    .strictObject({
      layers: z
        .array(z.enum(layerNames))
        .describe('what is drawn unless somebody says otherwise; without a word of it players and ball'),
    })
    .optional()
    .describe('how its results are shown'),
};

const pitchM = (byDefault: number) => z.number().min(20).max(200).default(byDefault);

const pitchOptions = z.strictObject({
  lines: z
    .string()
    .min(1)
    .describe(
      'name of the output [1, rows, columns] that says how much of each cell of the input a line of the pitch covers',
    ),
  length_m: pitchM(105).describe('length of the pitch, m'),
  width_m: pitchM(68).describe('width of the pitch, m'),
});

const modelFields = z.strictObject({
  form: z.literal('model').default('model'),
  ...everyForm,
  model: z.strictObject({ file: fileName, sha256 }).describe('an ONNX model'),
  input: inputOptions,
  decoder: decoderOptions.describe('how the model’s outputs are read'),
  pitch: pitchOptions
    .optional()
    .describe('the football pitch is looked for in each frame, by the lines that the model sees'),
  devices: z.array(device).min(1),
});

const modelManifest = modelFields.check(({ value, issues }) => {
  const { decoder, dialect } = value;
  const gives = dialectOf(decoder.name);
  if (gives !== dialect) {
    const message = `the decoder ${decoder.name} gives ${gives}`;
    issues.push({ code: 'custom', input: dialect, path: ['dialect'], message });
  }
  if (decoder.name !== 'boxes' || !Array.isArray(value.labels)) return;
  for (const label of Object.keys(decoder.labels)) {
    if (value.labels.includes(label)) continue;
    const message = 'not one of labels';
    issues.push({ code: 'custom', input: label, path: ['decoder', 'labels', label], message });
  }
});

/** What it runs on is its own affair, and nothing here could tell whether a GPU was used: it counts as the CPU. */
const cpuOnly = z.array(z.literal('cpu')).length(1).default(['cpu']);

const moduleManifest = z.strictObject({
  form: z.literal('module'),
  ...everyForm,
  module: z.strictObject({ file: fileName }).describe('a JavaScript module that exports the function `run`'),
  devices: cpuOnly,
});

const commandManifest = z.strictObject({
  form: z.literal('command'),
  ...everyForm,
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe('program and arguments, started in the plugin’s folder: a line of JSON for each frame in, one out'),
  devices: cpuOnly,
});

/** What `manifest.json` says of a plugin. */
const manifestSchema = z.discriminatedUnion('form', [modelManifest, moduleManifest, commandManifest], {
  error: ({ code }) => (code === 'invalid_union' ? 'one of model, module, command' : undefined),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ModelManifest = z.infer<typeof modelManifest>;
export type ModuleManifest = z.infer<typeof moduleManifest>;
export type CommandManifest = z.infer<typeof commandManifest>;
export type Tool = z.infer<typeof tool>;

/** Built-in plugins without a model, from which one takes what its manifest does not say. */
const extended = z.strictObject({
  ...modelFields.partial().shape,
  extends: z.literal('yolo').describe('a built-in plugin without a model: what is not said here is as it says'),
  input: inputOptions.partial().optional(),
  id: everyForm.id,
  model: modelFields.shape.model,
});

/** JSON Schema (draft 2020-12) of `manifest.json`. That decoder and dialect belong together it cannot say. */
export function manifestJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.union([extended, manifestSchema]);
  return { title: 'siltstone plugin', ...z.toJSONSchema(schema, { io: 'input' }) };
}

/**
 * The built-in plugin that a manifest extends, by its name.
 * @throws SiltstoneError `plugin_broken` where there is no such
 */
export function baseNameOf(manifest: unknown): string | undefined {
  if (!isObject(manifest) || !('extends' in manifest)) return undefined;
  const result = extended.shape.extends.safeParse(manifest.extends);
  if (result.success) return result.data;
  throw new SiltstoneError('plugin_broken', 'manifest.json: extends: there is only yolo');
}

/** A manifest with what its base says and it does not. A decoder is taken whole: options of another would mean nothing. */
export function extendManifest(manifest: unknown, base: unknown): unknown {
  if (!isObject(manifest) || !isObject(base)) return manifest;
  const { extends: _, ...own } = manifest;
  const input = isObject(own.input) && isObject(base.input) ? { ...base.input, ...own.input } : undefined;
  return { ...base, form: 'model', ...own, ...(input && { input }) };
}

/**
 * @param text what stands in the file
 * @throws SiltstoneError `plugin_broken` names the field, what was found and what is wrong with it
 */
export function parseManifest(text: string): Manifest {
  return checkManifest(parseJson(text));
}

/** @throws SiltstoneError `plugin_broken` names the field, what was found and what is wrong with it */
export function checkManifest(manifest: unknown): Manifest {
  const result = manifestSchema.safeParse(manifest);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new SiltstoneError('plugin_broken', `manifest.json: ${problems.join('; ')}`);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws SiltstoneError `plugin_broken` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SiltstoneError('plugin_broken', `manifest.json is not JSON: ${messageOf(error)}`);
  }
}
