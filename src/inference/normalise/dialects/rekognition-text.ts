import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { textLabel } from '../read/labels.ts';
import { amazonGeometry } from '../read/outline.ts';

export const rekognitionText: Dialect = {
  name: 'rekognition-text',
  of: 'Amazon Rekognition `DetectText`',
  form: '`{TextDetections[{DetectedText, Type, Id, ParentId?, Confidence, Geometry{BoundingBox{Left, Top, Width, Height}, Polygon[{X, Y}]}}]}`',
  source: 'https://docs.aws.amazon.com/rekognition/latest/APIReference/API_TextDetection.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height; the outline as key points',
  unit: 1,
  score: 'always',
  scoreFull: 100,
  label: 'none',
  also: ['text', 'key points'],
  note: 'Each word stands there twice, alone and in its line: words are kept, and of lines those without a word.',
  recognise: (payload) =>
    ofSome(at(payload, 'TextDetections'), (item) => members(item, ['DetectedText', 'Type', 'Geometry'], ['ParentId'])),
  read: (payload, { labels }) => {
    const list = at(payload, 'TextDetections');
    const parents = new Set(Array.isArray(list) ? list.map((one: unknown) => at(one, 'ParentId')) : []);
    return readItems(list, '$.TextDetections', (item, path) => {
      if (item.Type === 'LINE' && parents.has(item.Id)) return undefined;
      const place = amazonGeometry(item.Geometry);
      return { path, ...place, score: item.Confidence, ...textLabel(labels), text: item.DetectedText };
    });
  },
};
