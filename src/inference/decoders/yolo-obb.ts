import { z } from 'zod';
import { boxAroundPoints, cornersOf, gaussianOverlap, type OrientedBox } from '../oriented-box.ts';
import { defineDecoder } from './define.ts';
import { bestOf, type FoundBox, output, select, suppressOptions } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('yolo-obb'), output: output('output0'), ...suppressOptions });

type FoundOriented = FoundBox & OrientedBox;

/**
 * Turned boxes of YOLOv8-OBB and YOLO11-OBB without suppression inside.
 *
 * Reads [1, 4 + labels + 1, boxes], a column a box: cx, cy, width, height in px of the model's input, each label's score
 * 0 to 1, and the angle in radians.
 * Source: https://github.com/ultralytics/ultralytics/blob/main/ultralytics/nn/modules/head.py, OBB
 */
export const yoloObb = defineDecoder(options, 'xywhr-score-class', (outputs, given, { labels }) => {
  const reader = `yolo-obb with ${labels.length} labels`;
  const { values, sizes } = readOutput(outputs, given.output, [4 + labels.length + 1, 'boxes'], reader);
  const [boxCount = 0] = sizes;
  const at = (row: number, column: number) => values[row * boxCount + column] ?? Number.NaN;
  const found: FoundOriented[] = [];
  for (let i = 0; i < boxCount; i++) {
    const { index, value } = bestOf(values, 4 * boxCount + i, labels.length, boxCount);
    if (value < given.score_min) continue;
    const box = { cx: at(0, i), cy: at(1, i), width: at(2, i), height: at(3, i), angle: at(4 + labels.length, i) };
    found.push({ ...box, ...boxAroundPoints(cornersOf(box)), score: value, classIndex: index });
  }
  return select(found, given, orientedRow, gaussianOverlap);
});

/** `[cx, cy, width, height, angle, score, class]`: a row of the dialect `xywhr-score-class`. */
const orientedRow = ({ cx, cy, width, height, angle, score, classIndex }: FoundOriented): readonly number[] => [
  ...[cx, cy, width, height, angle],
  score,
  classIndex,
];
