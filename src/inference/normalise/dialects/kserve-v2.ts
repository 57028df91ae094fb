import type { Dialect, DialectReading } from '../dialect.ts';
import { shown } from '../issues.ts';
import { members } from '../read/evidence.ts';
import { at, isFields, readColumns } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byNumber } from '../read/labels.ts';
import { nestedTensor } from '../read/tensor.ts';
import { tfDetection } from './tf-detection.ts';

export const kserveV2: Dialect = {
  name: 'kserve-v2',
  of: 'KServe, Triton and other servers of the Open Inference Protocol',
  form: '`{model_name, model_version?, id?, outputs[{name, shape, datatype, data[]}]}`',
  source: 'https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md',
  checked: 'verified',
  payload: 'json',
  geometry: 'that of the tensors’ names',
  unit: 'input px',
  score: 'always',
  label: 'number',
  also: [],
  note: 'Tensors are read where their names say what they hold: those of `tf-detection`, and `num_dets, det_boxes, det_scores, det_classes` of TensorRT’s EfficientNMS. Of others only a decoder of the manifest knows: they are an issue.',
  recognise: (payload) => {
    const outputs = at(payload, 'outputs');
    const isTensor = (one: unknown) => members(one, ['name', 'shape:list', 'datatype']).length > 0;
    return Array.isArray(outputs) && outputs.some(isTensor) ? ['outputs of name, shape, datatype'] : [];
  },
  read: (payload, context) => {
    const outputs = at(payload, 'outputs');
    const named = Object.fromEntries(
      (Array.isArray(outputs) ? outputs : []).map((one: unknown) => [String(at(one, 'name')), nestedTensor(one)]),
    );
    if (tfDetection.recognise(named).length > 0) return inUnit(tfDetection, named, context.labels);
    if (named.det_boxes !== undefined) return readEfficientNms(named, context.labels);
    const tensors = Array.isArray(outputs) ? outputs.filter(isFields).map(({ name, shape }) => ({ name, shape })) : [];
    const message = `only a decoder of the manifest knows what these tensors hold: ${shown(tensors)}`;
    return { candidates: [], issues: [{ code: 'needs_decoder', path: '$.outputs', message }] };
  },
};

function inUnit({ read, unit }: Dialect, payload: unknown, labels: readonly string[]): DialectReading {
  const reading = read(payload, { labels });
  return { ...reading, candidates: reading.candidates.map((candidate) => ({ unit, ...candidate })) };
}

/** A batch of one; rows from `num_dets` on fill the output up. */
function readEfficientNms(named: Readonly<Record<string, unknown>>, labels: readonly string[]): DialectReading {
  const names = ['det_boxes', 'det_scores', 'det_classes'] as const;
  const table = Object.fromEntries(names.map((name) => [name, first(named[name])]));
  const count = first(first(named.num_dets)) ?? Number.POSITIVE_INFINITY;
  let paddingCount = 0;
  const reading = readColumns(
    table,
    '$',
    names,
    ({ det_boxes: box, det_scores: score, det_classes: number }, path, i) => {
      if (i < Number(count)) return { path, corners: xyxy(four(box)), score, ...byNumber(number, labels) };
      paddingCount++;
      return undefined;
    },
  );
  return { ...reading, paddingCount };
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);
