import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openForm } from '../../src/inference/forms/index.ts';
import type { Size } from '../../src/inference/letterbox.ts';
import { readPlugin } from '../../src/inference/registry.ts';
import { makeToolRun, type ToolResult } from '../../src/inference/tool-run.ts';
import { tempDir } from './temp-dir.ts';

type TensorType = 'float32' | 'int32' | 'int64' | 'string' | 'float16';

export interface MadeTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly type?: TensorType;
}

export type MadeOutputs = Readonly<Record<string, MadeTensor>>;

interface Graph {
  input(id: string, type: 'uint8' | 'float32' | 'float16' | 'int64' | 'int32', shape: readonly number[]): string;
  op(operator: string, operands: readonly string[], attributes?: Readonly<Record<string, unknown>>): string;
  floats(values: readonly number[], shape: readonly number[]): string;
  output(id: string, value: string, shape: readonly number[], type?: string): void;
  write(): Uint8Array;
}

/** The writer of models that the built-in plugins are made with. */
export const { makeGraph } = (await import(new URL('../../plugins/onnx.mjs', import.meta.url).href)) as {
  makeGraph(name: string): Graph;
};

/** A model that takes an image and gives these tensors, whatever the image shows. */
export function constantModel(outputs: MadeOutputs, inputShape: readonly number[] = [1, 64, 64, 4]): Uint8Array {
  const graph = makeGraph('constant');
  graph.input('image', inputShape[1] === 3 ? 'float32' : 'uint8', inputShape);
  for (const [name, { values, shape, type }] of Object.entries(outputs)) {
    graph.output(name, graph.floats(values, shape), shape, type);
  }
  return graph.write();
}

export const madeManifest = {
  id: 'made',
  version: '1.0.0',
  description: 'made by a test',
  tools: [{ name: 'detect', description: 'boxes of each frame', tracks: false }],
  input: { name: 'image', width: 64, height: 64, layout: 'nhwc', type: 'uint8' },
  labels: ['person', 'ball'],
  dialect: 'xyxy-score-class',
  devices: ['cpu'],
} as const;

export type ManifestChange = Readonly<Record<string, unknown>>;

/** Writes a plugin's folder around a model. */
export async function writePlugin(model: Uint8Array, change: ManifestChange, dir = tempDir()): Promise<string> {
  const sha256 = createHash('sha256').update(model).digest('hex');
  const manifest = { ...madeManifest, model: { file: 'model.onnx', sha256 }, ...change };
  const folder = join(dir, manifest.id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), model);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** Half the size of the frame, with 16 px of grey above and below. */
export const wideFrame: Size = { width: 128, height: 64 };

/** One black frame through a plugin, from its folder to the detections. */
export async function runFolder(folder: string, frame: Size = wideFrame): Promise<ToolResult> {
  const listed = await readPlugin(folder);
  if (listed.state !== 'ready') throw listed.error;
  const { plugin } = listed;
  const tool = { name: 'detect', description: '', tracks: false, single: [] };
  const form = await openForm(plugin, { tool: tool.name, provider: 'cpu', threads: 1 });
  try {
    return await makeToolRun({ plugin, tool, form })({
      ...frame,
      rgba: new Uint8Array(frame.width * frame.height * 4),
    });
  } finally {
    await form.close();
  }
}

/** One black frame through a model that gives these tensors. */
export async function runOutputs(outputs: MadeOutputs, change: ManifestChange, frame?: Size): Promise<ToolResult> {
  return runFolder(await writePlugin(constantModel(outputs), change), frame);
}
