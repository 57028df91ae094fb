import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { bestOf, boxAround, boxRow, type FoundBox, output, select, suppressOptions } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('yolo-v8'), output: output('output0'), ...suppressOptions });

/**
 * YOLOv8, v9, v11 and v12 without suppression inside.
 *
 * Reads [1, 4 + labels, boxes], a column a box: cx, cy, width, height in px of the model's input, then each label's
 * score, 0 to 1.
 * Source: https://github.com/ultralytics/ultralytics/issues/20039 and /20944
 */
export const yoloV8 = defineDecoder(options, 'xyxy-score-class', (outputs, given, { labels }) => {
  const reader = `yolo-v8 with ${labels.length} labels`;
  const { values, sizes } = readOutput(outputs, given.output, [4 + labels.length, 'boxes'], reader);
  const [boxCount = 0] = sizes;
  const at = (row: number, column: number) => values[row * boxCount + column] ?? Number.NaN;
  const found: FoundBox[] = [];
  for (let i = 0; i < boxCount; i++) {
    const { index, value } = bestOf(values, 4 * boxCount + i, labels.length, boxCount);
    if (value < given.score_min) continue;
    found.push({ ...boxAround(at(0, i), at(1, i), at(2, i), at(3, i)), score: value, classIndex: index });
  }
  return select(found, given, boxRow);
});
