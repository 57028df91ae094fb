import type { MadeOutputs, MadeTensor } from './made-plugin.ts';

/** A box in px of a model's input of 64 × 64. */
export interface HeadBox {
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
  readonly score: number;
  readonly classIndex: number;
}

/** A head of two labels: how it writes boxes, in as many rows as it has. */
export interface Head {
  readonly decoder: Readonly<Record<string, unknown>>;
  readonly dialect: string;
  /** Rows of zeros stand where there is no box. */
  readonly pads: boolean;
  write(boxes: readonly HeadBox[], rowCount: number): MadeOutputs;
}

const inputPx = 64;
const nothing: HeadBox = { box: [0, 0, 0, 0], score: 0, classIndex: 0 };

const filled = (boxes: readonly HeadBox[], rowCount: number): readonly HeadBox[] =>
  Array.from({ length: rowCount }, (_, i) => boxes[i] ?? nothing);

const tensor = (shape: readonly number[], values: readonly number[], type?: MadeTensor['type']): MadeTensor => ({
  shape,
  values,
  ...(type && { type }),
});

const centred = ({ box: [x1, y1, x2, y2] }: HeadBox) => [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
const scoresOf = ({ score, classIndex }: HeadBox) => [0, 1].map((i) => (i === classIndex ? score : 0));
const logit = (score: number) => Math.log(Math.max(score, 1e-6) / (1 - Math.min(score, 1 - 1e-6)));
const transposed = (rows: readonly (readonly number[])[], width: number) =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? 0)).flat();

const xyxy = 'xyxy-score-class';

const yoloV5: Head = {
  decoder: { name: 'yolo-v5' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map((one) => {
      const [first, second] = scoresOf(one).map((score) => score / 0.5);
      return [...centred(one), one.score === 0 ? 0 : 0.5, first ?? 0, second ?? 0];
    });
    return { output0: tensor([1, rowCount, 7], rows.flat()) };
  },
};

const yoloV8: Head = {
  decoder: { name: 'yolo-v8' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map((one) => [...centred(one), ...scoresOf(one)]);
    return { output0: tensor([1, 6, rowCount], transposed(rows, 6)) };
  },
};

const yoloObb: Head = {
  decoder: { name: 'yolo-obb' },
  dialect: 'xywhr-score-class',
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map((one) => [...centred(one), ...scoresOf(one), 0]);
    return { output0: tensor([1, 7, rowCount], transposed(rows, 7)) };
  },
};

const yoloEnd2end: Head = {
  decoder: { name: 'yolo-end2end' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map(({ box, score, classIndex }) => [...box, score, classIndex]);
    return { output0: tensor([1, rowCount, 6], rows.flat()) };
  },
};

const yoloV7End2end: Head = {
  decoder: { name: 'yolo-v7-end2end' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map(({ box, score, classIndex }) => [0, ...box, classIndex, score]);
    return { output: tensor([rowCount, 7], rows.flat()) };
  },
};

const efficientNms: Head = {
  decoder: { name: 'efficient-nms' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount);
    return {
      num_dets: tensor([1, 1], [boxes.length], 'int32'),
      det_boxes: tensor(
        [1, rowCount, 4],
        rows.flatMap(({ box }) => box),
      ),
      det_scores: tensor(
        [1, rowCount],
        rows.map(({ score }) => score),
      ),
      det_classes: tensor(
        [1, rowCount],
        rows.map(({ classIndex }) => classIndex),
        'int32',
      ),
    };
  },
};

const mmdeploy: Head = {
  decoder: { name: 'mmdeploy' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount);
    return {
      dets: tensor(
        [1, rowCount, 5],
        rows.flatMap(({ box, score }) => [...box, score]),
      ),
      labels: tensor(
        [1, rowCount],
        rows.map(({ classIndex }) => classIndex),
        'int64',
      ),
    };
  },
};

const boxesScoresLabels: Head = {
  decoder: { name: 'boxes-scores-labels' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount);
    const [corners, scores] = [rows.flatMap(({ box }) => box), rows.map(({ score }) => score)];
    const labels = rows.map(({ classIndex }) => classIndex);
    return {
      boxes: tensor([1, rowCount, 4], corners),
      scores: tensor([1, rowCount], scores),
      labels: tensor([1, rowCount], labels, 'int64'),
    };
  },
};

const parts = (one: HeadBox) => centred(one).map((px) => px / inputPx);

const detrSigmoid: Head = {
  decoder: { name: 'detr' },
  dialect: xyxy,
  pads: false,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount);
    const logits = rows.flatMap((one) => scoresOf(one).map(logit));
    return { logits: tensor([1, rowCount, 2], logits), pred_boxes: tensor([1, rowCount, 4], rows.flatMap(parts)) };
  },
};

const detrSoftmax: Head = {
  decoder: { name: 'detr', logits_output: 'pred_logits', activation: 'softmax' },
  dialect: xyxy,
  pads: false,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount);
    // The last class takes what the others leave, so that the powers add up to one.
    const logits = rows.flatMap((one) =>
      [...scoresOf(one), 1 - one.score].map((score) => Math.log(Math.max(score, 1e-9))),
    );
    return { pred_logits: tensor([1, rowCount, 3], logits), pred_boxes: tensor([1, rowCount, 4], rows.flatMap(parts)) };
  },
};

const rtDetr: Head = {
  decoder: { name: 'rt-detr' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map((one) => [...parts(one), ...scoresOf(one)]);
    return { output0: tensor([1, rowCount, 6], rows.flat()) };
  },
};

const ssd: Head = {
  decoder: { name: 'ssd' },
  dialect: xyxy,
  pads: true,
  write: (boxes, rowCount) => {
    const rows = filled(boxes, rowCount).map(({ box, score, classIndex }) => [
      ...[0, classIndex, score],
      ...box.map((px) => px / inputPx),
    ]);
    return { detection_out: tensor([1, 1, rowCount, 7], rows.flat()) };
  },
};

const boxes: Head = {
  decoder: { name: 'boxes', output: 'output0', score_min: 0.25, overlap_max: 0.45 },
  dialect: xyxy,
  pads: false,
  write: yoloEnd2end.write,
};

/** Every head of boxes that there is a decoder for, by the name of the test. */
export const heads: readonly (readonly [name: string, head: Head])[] = [
  ['boxes', boxes],
  ['yolo-v5', yoloV5],
  ['yolo-v8', yoloV8],
  ['yolo-obb', yoloObb],
  ['yolo-end2end', yoloEnd2end],
  ['yolo-v7-end2end', yoloV7End2end],
  ['efficient-nms', efficientNms],
  ['mmdeploy', mmdeploy],
  ['boxes-scores-labels', boxesScoresLabels],
  ['detr with sigmoid', detrSigmoid],
  ['detr with softmax', detrSoftmax],
  ['rt-detr', rtDetr],
  ['ssd', ssd],
];

/** The first tensor of a head with another shape or type. */
export function withFirst(outputs: MadeOutputs, change: (first: MadeTensor) => MadeTensor): MadeOutputs {
  const [name = '', first = { shape: [0], values: [] }] = Object.entries(outputs)[0] ?? [];
  return { ...outputs, [name]: change(first) };
}
