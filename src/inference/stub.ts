import { basename } from 'node:path';
import type { DecoderOptions } from './decoders/index.ts';
import { dialectOf } from './decoders/index.ts';
import type { Size } from './letterbox.ts';
import type { ModelShape, TensorShape } from './runtime.ts';

export interface StubModel {
  /** Name of its file. */
  readonly file: string;
  readonly sha256: string;
  readonly shape: ModelShape;
  /** Where they are known. */
  readonly labels: readonly string[] | undefined;
}

/** A manifest to begin with, and what in it was guessed. */
export interface Stub {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

interface Head {
  readonly decoder: DecoderOptions['name'];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly labelCount?: number;
}

const sizeByDefault = 640;

/** A manifest made of a model's own inputs and outputs. What they do not say is guessed, and told. */
export function stubOf({ file, sha256, shape, labels }: StubModel): Stub {
  const notes: string[] = [];
  const head = headOf(shape.outputs);
  const isYolo = head?.decoder.startsWith('yolo-') ?? false;
  const decoder = head?.decoder ?? 'yolo-v8';
  if (head === undefined) {
    notes.push(`no decoder is known for its outputs ${shapesText(shape.outputs)}: choose one of docs/plugins.md`);
  }
  const names = labels ?? Array.from({ length: Math.max(head?.labelCount ?? 1, 1) }, (_, i) => `class ${i}`);
  if (labels === undefined) notes.push('labels: their names are not in the model, fill them in');
  const id = idOf(file);
  const manifest = {
    ...(isYolo ? { extends: 'yolo' } : {}),
    id,
    version: '1.0.0',
    description: `${file}`,
    ...(isYolo ? {} : { tools: [{ name: 'detect', description: 'each frame by itself', tracks: false }] }),
    model: { file, sha256 },
    input: inputOf(shape.inputs, notes),
    decoder: { name: decoder, ...head?.options, ...outputOf(decoder, shape.outputs) },
    labels: names,
    dialect: dialectOf(decoder),
    devices: ['cpu', 'gpu'],
  };
  return { manifest, notes };
}

function inputOf(inputs: readonly TensorShape[], notes: string[]): Readonly<Record<string, unknown>> {
  const input = inputs.find(({ shape }) => shape.length === 4) ?? inputs[0];
  const shape = input?.shape ?? [];
  const isPlanar = [1, 3, 4].includes(Number(shape[1]));
  const [height, width] = isPlanar ? [shape[2], shape[3]] : [shape[1], shape[2]];
  const channelCount = Number(isPlanar ? shape[1] : shape[3]);
  if (typeof width !== 'number' || typeof height !== 'number') {
    notes.push(`input: the model takes any size; ${sizeByDefault} is a guess`);
  }
  const size = {
    width: typeof width === 'number' ? width : sizeByDefault,
    height: typeof height === 'number' ? height : sizeByDefault,
  };
  const constants = inputs.filter((one) => one !== input).map((one) => constantOf(one, size, notes));
  return {
    name: input?.name ?? 'images',
    ...size,
    layout: isPlanar ? 'nchw' : 'nhwc',
    type: input?.type === 'uint8' || input?.type === 'float16' ? input.type : 'float32',
    channels: channelCount === 1 ? 'grey' : channelCount === 4 ? 'rgba' : 'rgb',
    ...(constants.length > 0 && { constants }),
  };
}

/** What exports of well-known models take beside the image. With the size of their input they give boxes in px of it. */
const knownConstants: Readonly<Record<string, (size: Size) => readonly number[]>> = {
  // RT-DETR, D-FINE
  orig_target_sizes: ({ width, height }) => [width, height],
  // YOLOv3 of the ONNX model zoo
  image_shape: ({ width, height }) => [height, width],
  // PaddleDetection
  im_shape: ({ width, height }) => [height, width],
  scale_factor: () => [1, 1],
};

function constantOf({ name, type, shape }: TensorShape, size: Size, notes: string[]) {
  const sizes = shape.map((one) => (typeof one === 'number' ? one : 1));
  const count = sizes.reduce((a, b) => a * b, 1);
  const known = Object.hasOwn(knownConstants, name) ? knownConstants[name]?.(size) : undefined;
  if (known?.length === count) return { name, type, shape: sizes, values: known };
  notes.push(`input.constants: what ${name} is, is not known: zeros stand there, fill it in`);
  return { name, type, shape: sizes, values: Array<number>(count).fill(0) };
}

function headOf(outputs: readonly TensorShape[]): Head | undefined {
  const has = (...names: string[]) => names.every((name) => outputs.some((one) => one.name === name));
  const lastSize = (name: string) => Number(outputs.find((one) => one.name === name)?.shape.at(-1));
  if (has('num_dets', 'det_boxes', 'det_scores', 'det_classes')) return { decoder: 'efficient-nms' };
  if (has('boxes', 'scores', 'labels')) return { decoder: 'boxes-scores-labels' };
  if (has('dets', 'labels')) return headOfDets(lastSize('dets'), lastSize('labels'));
  if (has('logits', 'pred_boxes')) return { decoder: 'detr', labelCount: lastSize('logits') };
  if (has('pred_logits', 'pred_boxes')) {
    const options = { logits_output: 'pred_logits', activation: 'softmax' };
    return { decoder: 'detr', options, labelCount: lastSize('pred_logits') - 1 };
  }
  const head = outputs.length === 1 ? headOfShape(outputs[0]?.shape ?? []) : undefined;
  return (head?.labelCount ?? 0) > labelsMax ? undefined : head;
}

/** The characters of a reader of texts are more than any detector has labels. */
const labelsMax = 3000;

/** RF-DETR gives its raw boxes and logits by the names that MMDeploy has for boxes with scores, and classes. */
function headOfDets(boxWidth: number, labelCount: number): Head {
  if (boxWidth !== 4) return { decoder: 'mmdeploy' };
  const options = { logits_output: 'labels', boxes_output: 'dets' };
  return { decoder: 'detr', options, labelCount };
}

/** An end-to-end head gives some hundred rows; a raw one with a single label has as many columns, and thousands of rows. */
const endToEndRowsMax = 1000;

/** A size that is free is taken for a large one: it is the count of the boxes. */
function headOfShape(shape: TensorShape['shape']): Head | undefined {
  const sizes = shape.map((size) => (typeof size === 'number' ? size : Number.POSITIVE_INFINITY));
  const [, rows = 0, columns = 0] = sizes;
  if (sizes.length === 4 && sizes[3] === 7) return { decoder: 'ssd' };
  if (sizes.length === 2 && rows === 7) return { decoder: 'yolo-v7-end2end' };
  if (sizes.length === 2) return { decoder: 'classify', labelCount: rows };
  if (sizes.length !== 3) return undefined;
  if (columns === 6 && (rows <= endToEndRowsMax || rows === Number.POSITIVE_INFINITY))
    return { decoder: 'yolo-end2end' };
  if (rows > 4 && rows < columns) return { decoder: 'yolo-v8', labelCount: rows - 4 };
  if (columns > 5 && columns < rows) return { decoder: 'yolo-v5', labelCount: columns - 5 };
  return undefined;
}

/** A decoder of one output is told its name; those of several know theirs. */
function outputOf(decoder: string, outputs: readonly TensorShape[]): Readonly<Record<string, string>> {
  const [only] = outputs;
  const ofSeveral = ['efficient-nms', 'mmdeploy', 'detr', 'boxes-scores-labels'];
  return only === undefined || ofSeveral.includes(decoder) ? {} : { output: only.name };
}

function idOf(file: string): string {
  const name = basename(file)
    .replace(/\.onnx$/i, '')
    .toLowerCase();
  return (
    name
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 64) || 'model'
  );
}

export const shapesText = (tensors: readonly TensorShape[]): string =>
  tensors.map(({ name, type, shape }) => `${name} ${type} [${shape.join(', ')}]`).join(', ');
