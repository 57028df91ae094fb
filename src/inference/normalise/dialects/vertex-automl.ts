import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, readColumns } from '../read/fields.ts';
import { four, xxyy } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { byName } from '../read/labels.ts';

export const vertexAutoml: Dialect = {
  name: 'vertex-automl',
  of: 'Google Vertex AI, AutoML object detection, online and batch',
  form: '`{predictions[{ids[], displayNames[], confidences[], bboxes[[xMin, xMax, yMin, yMax]]}]}`; a batch has `{instance, prediction{…}}` an image',
  source: 'https://docs.cloud.google.com/vertex-ai/docs/image-data/object-detection/interpret-results',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, right, top, bottom',
  unit: 1,
  score: 'always',
  label: 'name',
  also: ['frame'],
  note: 'Both x stand before both y.',
  recognise: (payload) => {
    const list = imagesOf(payload);
    const first: unknown = Array.isArray(list) ? list[0] : list;
    return members(at(first, 'prediction') ?? first, ['displayNames:list', 'bboxes:list'], ['confidences', 'ids']);
  },
  read: (payload) =>
    readImages(imagesOf(payload), (one, path) =>
      readColumns(
        at(one, 'prediction') ?? one,
        path,
        ['bboxes', 'displayNames', 'confidences'],
        ({ bboxes, displayNames, confidences }, place) => ({
          path: place,
          corners: xxyy(four(bboxes)),
          score: confidences,
          ...byName(displayNames),
        }),
      ),
    ),
};

const imagesOf = (payload: unknown): unknown => at(payload, 'predictions') ?? payload;
