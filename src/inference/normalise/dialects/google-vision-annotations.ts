import { type Candidate, orNone } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, type Fields, joined, readItems } from '../read/fields.ts';
import { evidenceOfResponses, readResponses } from '../read/google.ts';
import { byName, textLabel } from '../read/labels.ts';
import { boundingPoly } from '../read/outline.ts';

const kinds = ['textAnnotations', 'faceAnnotations', 'logoAnnotations'] as const;

export const googleVisionAnnotations: Dialect = {
  name: 'google-vision-annotations',
  of: 'Google Cloud Vision, texts, faces and logos',
  form: '`{responses[{textAnnotations[{description, score, boundingPoly{vertices[{x?, y?}]}}], faceAnnotations[{boundingPoly, fdBoundingPoly, detectionConfidence, landmarks[]}], logoAnnotations[{description, score, boundingPoly}]}]}`, or one response alone',
  source: 'https://github.com/googleapis/googleapis/blob/master/google/cloud/vision/v1/image_annotator.proto',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline, around which the box is',
  unit: 'frame px',
  score: 'optional',
  label: 'name',
  also: ['text', 'key points', 'frame'],
  note: 'The first text is the whole page, and is left out where others follow. The Node client writes 0 for a score that there is not. A coordinate that is 0 is left out of the JSON.',
  recognise: (payload) => evidenceOfResponses(payload, evidenceOf),
  read: (payload, { labels }) =>
    readResponses(payload, (one, path) =>
      joined(
        kinds.map((kind) => {
          const list = at(one, kind) ?? [];
          const isMany = Array.isArray(list) && list.length > 1;
          return readItems(list, `${path}.${kind}`, (item, place) => {
            if (kind === 'faceAnnotations') return faceOf(item, place);
            if (kind === 'logoAnnotations') return { ...annotated(item, place), ...byName(item.description) };
            if (isMany && place.endsWith('[0]')) return undefined;
            return { ...annotated(item, place), ...textLabel(labels), text: item.description };
          });
        }),
      ),
    ),
};

/** The ways in which two of these differ from each other do not matter: each is told by its own name. */
const evidenceOf = (response: unknown): readonly string[] =>
  kinds.flatMap((kind) =>
    ofSome(at(response, kind), (item) => members(item, ['boundingPoly'])).length > 0 ? [kind] : [],
  );

const annotated = (item: Fields, path: string): Omit<Candidate, 'label' | 'labelRaw'> => ({
  path,
  ...boundingPoly(item.boundingPoly),
  score: orNone(item.score, 0),
});

function faceOf(item: Fields, path: string): Candidate {
  const { landmarks } = item;
  const keypoints = Array.isArray(landmarks)
    ? landmarks.map((one: unknown) => ({
        x: at(one, 'position', 'x'),
        y: at(one, 'position', 'y'),
        label: at(one, 'type'),
      }))
    : undefined;
  const { corners, unit = 'frame px' } = boundingPoly(item.boundingPoly);
  const named = { label: 'face', labelRaw: 'face' };
  return {
    path,
    corners,
    unit,
    score: orNone(item.detectionConfidence, 0),
    ...named,
    keypoints,
    keypointUnit: 'frame px',
  };
}
