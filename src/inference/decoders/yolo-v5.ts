import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { bestOf, boxAround, boxRow, type FoundBox, output, select, suppressOptions } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('yolo-v5'), output: output('output0'), ...suppressOptions });

/**
 * YOLOv5 and YOLOv7 without suppression inside.
 *
 * Reads [1, boxes, 5 + labels]: cx, cy, width, height in px of the model's input, then how sure it is that anything
 * is there, then each label's score, all 0 to 1. A box's score is their product.
 * Source: https://github.com/ultralytics/yolov5/issues/3387
 */
export const yoloV5 = defineDecoder(options, 'xyxy-score-class', (outputs, given, { labels }) => {
  const width = 5 + labels.length;
  const reader = `yolo-v5 with ${labels.length} labels`;
  const { values } = readOutput(outputs, given.output, ['boxes', width], reader);
  const found: FoundBox[] = [];
  for (let start = 0; start < values.length; start += width) {
    const objectness = values[start + 4] ?? Number.NaN;
    if (objectness < given.score_min) continue;
    const [cx = 0, cy = 0, w = 0, h = 0] = values.subarray(start, start + 4);
    const { index, value } = bestOf(values, start + 5, labels.length);
    found.push({ ...boxAround(cx, cy, w, h), score: objectness * value, classIndex: index });
  }
  return select(found, given, boxRow);
});
