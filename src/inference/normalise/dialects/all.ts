/** The registry: one line a dialect, by name. */
export { classScore } from './class-score.ts';
export { cocoResults } from './coco-results.ts';
export { hfPipeline } from './hf-pipeline.ts';
export { textScore } from './text-score.ts';
export { ultralytics } from './ultralytics.ts';
export { xywhrScoreClass } from './xywhr-score-class.ts';
export { xyxyScoreClass } from './xyxy-score-class.ts';
export { xyxyScoreClassText } from './xyxy-score-class-text.ts';
export { yoloTxt } from './yolo-txt.ts';
