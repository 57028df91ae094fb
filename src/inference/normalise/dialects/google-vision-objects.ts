import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { evidenceOfResponses, readResponses } from '../read/google.ts';
import { byName } from '../read/labels.ts';
import { boundingPoly } from '../read/outline.ts';

export const googleVisionObjects: Dialect = {
  name: 'google-vision-objects',
  of: 'Google Cloud Vision, object localization',
  form: '`{responses[{localizedObjectAnnotations[{mid, name, score, boundingPoly{normalizedVertices[{x?, y?}]}}]}]}`, or one response alone',
  source: 'https://github.com/googleapis/googleapis/blob/master/google/cloud/vision/v1/image_annotator.proto',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline, around which the box is',
  unit: 1,
  score: 'always',
  label: 'name',
  also: ['key points', 'frame'],
  note: 'A coordinate that is 0 is left out of the JSON. Several responses are several images.',
  recognise: (payload) =>
    evidenceOfResponses(payload, (one) =>
      ofSome(at(one, 'localizedObjectAnnotations'), (item) =>
        members(item, ['name', 'boundingPoly'], ['mid', 'score']).map((name) => `localizedObjectAnnotations.${name}`),
      ),
    ),
  read: (payload) =>
    readResponses(payload, (one, path) =>
      readItems(at(one, 'localizedObjectAnnotations') ?? [], `${path}.localizedObjectAnnotations`, (item, place) => ({
        path: place,
        ...boundingPoly(item.boundingPoly),
        score: item.score,
        ...byName(item.name),
      })),
    ),
};
