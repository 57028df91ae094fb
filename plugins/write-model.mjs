import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Writes a plugin's model and puts its sha256 into the manifest beside it.
 * @param {URL} folder
 * @param {Uint8Array} model
 */
export async function writeModel(folder, model) {
  await writeFile(new URL('model.onnx', folder), model);
  const sha256 = createHash('sha256').update(model).digest('hex');
  const manifest = new URL('manifest.json', folder);
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(/"sha256": "[0-9a-f]*"/, `"sha256": "${sha256}"`));
}
