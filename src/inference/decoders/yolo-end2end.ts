import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, type FoundBox, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('yolo-end2end'), output: output('output0'), ...limitOptions });

/**
 * Detectors with suppression inside: YOLOv10, YOLO26, and Ultralytics exports with `nms=True`.
 *
 * Reads [1, 300, 6], or any other count: x1, y1, x2, y2 in px of the model's input, score 0 to 1, class. Rows of zeros
 * fill it up and are no boxes.
 * Source: https://github.com/ultralytics/ultralytics/issues/20944, https://huggingface.co/spaces/Nymbo/yolov10-web
 */
export const yoloEnd2end = defineDecoder(options, 'xyxy-score-class', (outputs, given) => {
  const { values } = readOutput(outputs, given.output, ['boxes', 6], 'yolo-end2end');
  const found: FoundBox[] = [];
  for (let start = 0; start < values.length; start += 6) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classIndex = 0] = values.subarray(start, start + 6);
    found.push({ x1, y1, x2, y2, score, classIndex });
  }
  return select(found, withoutSuppression(given), boxRow);
});
