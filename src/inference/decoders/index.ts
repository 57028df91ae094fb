import { z } from 'zod';
import { SiltstoneError } from '../../errors.ts';
import { boxes } from './boxes.ts';
import { boxesScoresLabels } from './boxes-scores-labels.ts';
import { characters } from './characters.ts';
import { classify } from './classify.ts';
import { ctc } from './ctc.ts';
import type { DecodeContext, Decoded, Decoder } from './define.ts';
import { detr } from './detr.ts';
import { efficientNms } from './efficient-nms.ts';
import { mmdeploy } from './mmdeploy.ts';
import { rtDetr } from './rt-detr.ts';
import { ssd } from './ssd.ts';
import type { Outputs } from './tensors.ts';
import { yoloEnd2end } from './yolo-end2end.ts';
import { yoloObb } from './yolo-obb.ts';
import { yoloV5 } from './yolo-v5.ts';
import { yoloV7End2end } from './yolo-v7-end2end.ts';
import { yoloV8 } from './yolo-v8.ts';

export type { Decoded } from './define.ts';
export { readLines } from './lines.ts';
export type { Outputs, OutputTensor } from './tensors.ts';

/** What a manifest may say to its decoder; `name` says which it is. */
export const decoderOptions = z.discriminatedUnion('name', [
  boxes.options,
  yoloV5.options,
  yoloV8.options,
  yoloObb.options,
  yoloEnd2end.options,
  yoloV7End2end.options,
  efficientNms.options,
  mmdeploy.options,
  boxesScoresLabels.options,
  detr.options,
  rtDetr.options,
  ssd.options,
  classify.options,
  ctc.options,
  characters.options,
]);

export type DecoderOptions = z.infer<typeof decoderOptions>;

/** Decoders by the name in the manifest. */
const decoders: Readonly<Record<DecoderOptions['name'], Decoder>> = {
  boxes,
  'yolo-v5': yoloV5,
  'yolo-v8': yoloV8,
  'yolo-obb': yoloObb,
  'yolo-end2end': yoloEnd2end,
  'yolo-v7-end2end': yoloV7End2end,
  'efficient-nms': efficientNms,
  mmdeploy,
  'boxes-scores-labels': boxesScoresLabels,
  detr,
  'rt-detr': rtDetr,
  ssd,
  classify,
  ctc,
  characters,
};

/** The dialect of a decoder's payloads. */
export const dialectOf = (name: DecoderOptions['name']): string => decoders[name].dialect;

/**
 * The payload of one frame, in px of the model's input. Nothing is thrown for what a model gave: tensors that are not
 * the decoder's are an issue `malformed` of an empty payload.
 */
export function decode(outputs: Outputs, options: DecoderOptions, context: DecodeContext): Decoded {
  try {
    return decoders[options.name].decode(outputs, options, context);
  } catch (error) {
    if (!(error instanceof SiltstoneError)) throw error;
    return { payload: [], issues: [{ code: 'malformed', path: '$', message: error.message }] };
  }
}

/** @throws SiltstoneError `plugin_broken` where the tensors are not the decoder's, whatever stands in them */
export function checkOutputs(outputs: Outputs, options: DecoderOptions, context: DecodeContext): void {
  decoders[options.name].decode(outputs, options, context);
}
