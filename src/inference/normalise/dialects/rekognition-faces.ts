import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { keypointItems } from '../read/keypoints.ts';
import { amazonBox } from '../read/outline.ts';

export const rekognitionFaces: Dialect = {
  name: 'rekognition-faces',
  of: 'Amazon Rekognition `DetectFaces`',
  form: '`{FaceDetails[{BoundingBox{Left, Top, Width, Height}, Confidence, Landmarks[{Type, X, Y}], …}]}`',
  source: 'https://docs.aws.amazon.com/rekognition/latest/APIReference/API_FaceDetail.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 1,
  score: 'always',
  scoreFull: 100,
  label: 'none',
  also: ['key points'],
  note: 'The label is `face`. Boxes may lie outside 0 to 1: they are kept unclipped.',
  recognise: (payload) =>
    ofSome(at(payload, 'FaceDetails'), (item) => members(item, ['BoundingBox.Left', 'Confidence'], ['Landmarks'])),
  read: (payload) =>
    readItems(at(payload, 'FaceDetails'), '$.FaceDetails', (item, path) => ({
      path,
      corners: amazonBox(item.BoundingBox),
      score: item.Confidence,
      label: 'face',
      labelRaw: 'face',
      keypoints: keypointItems(item.Landmarks, { x: 'X', y: 'Y', label: 'Type' }),
    })),
};
