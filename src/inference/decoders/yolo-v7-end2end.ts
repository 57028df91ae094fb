import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, type FoundBox, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('yolo-v7-end2end'), output: output('output'), ...limitOptions });

/**
 * YOLOv7 exported with suppression inside (`--end2end`).
 *
 * Reads [boxes, 7]: number of the image in the batch, x1, y1, x2, y2 in px of the model's input, class, score 0 to 1.
 * Source: https://github.com/WongKinYiu/yolov7, models/experimental.py, ONNX_ORT
 */
export const yoloV7End2end = defineDecoder(options, 'xyxy-score-class', (outputs, given) => {
  const { values } = readOutput(outputs, given.output, ['boxes', 7], 'yolo-v7-end2end');
  const found: FoundBox[] = [];
  for (let start = 0; start < values.length; start += 7) {
    const [, x1 = 0, y1 = 0, x2 = 0, y2 = 0, classIndex = 0, score = 0] = values.subarray(start, start + 7);
    found.push({ x1, y1, x2, y2, score, classIndex });
  }
  return select(found, withoutSuppression(given), boxRow);
});
