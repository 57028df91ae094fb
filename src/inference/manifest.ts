import { z } from 'zod';
import { messageOf, SiltstoneError } from '../errors.ts';
import { decoderOptions } from './decoders/index.ts';
import { dialectNames } from './normalise/index.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and dashes');
const fileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'the name of a file in the plugin’s folder');
const sizePx = z.int().min(1).max(8192);

const tool = z.strictObject({
  name,
  description: z.string(),
  tracks: z.boolean(),
});

/** What `manifest.json` says of a plugin. */
const manifestSchema = z
  .strictObject({
    id: name,
    version: z.string().regex(/^\d+\.\d+\.\d+/, 'a version like 1.0.0'),
    description: z.string(),
    tools: z.array(tool).min(1),
    model: z.strictObject({ file: fileName, sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits') }),
    input: z.strictObject({
      name: z.string().min(1),
      width: sizePx,
      height: sizePx,
      layout: z.literal('nhwc'),
      type: z.literal('uint8'),
    }),
    decoder: decoderOptions,
    labels: z.array(z.string().min(1)).min(1),
    dialect: z.enum(dialectNames),
    devices: z.array(z.enum(['cpu', 'gpu'])).min(1),
  })
  .check(({ value, issues }) => {
    for (const label of Object.keys(value.decoder.labels)) {
      if (value.labels.includes(label)) continue;
      const message = 'not one of labels';
      issues.push({ code: 'custom', input: label, path: ['decoder', 'labels', label], message });
    }
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type Tool = z.infer<typeof tool>;

/**
 * @param text what stands in the file
 * @throws SiltstoneError `plugin_broken` names the field, what was found and what is wrong with it
 */
export function parseManifest(text: string): Manifest {
  const result = manifestSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new SiltstoneError('plugin_broken', `manifest.json: ${problems.join('; ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SiltstoneError('plugin_broken', `manifest.json is not JSON: ${messageOf(error)}`);
  }
}
