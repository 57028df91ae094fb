import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { sizeIn } from '../read/size.ts';

export const azureComputerVision: Dialect = {
  name: 'azure-computer-vision',
  of: 'Azure Computer Vision 3.2',
  form: '`{objects[{rectangle{x, y, w, h}, object, confidence, parent?}], metadata{width, height, format}}`',
  source: 'https://github.com/Azure/azure-rest-api-specs',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  recognise: (payload) =>
    ofSome(at(payload, 'objects'), (item) => membersOf(item, ['rectangle.w', 'object'], ['confidence', 'parent'])),
  read: (payload) => ({
    ...readItems(at(payload, 'objects'), '$.objects', (item, path) => ({
      path,
      corners: xywh(members(item.rectangle, ['x', 'y', 'w', 'h'])),
      score: item.confidence,
      ...byName(item.object),
    })),
    size: sizeIn(at(payload, 'metadata')),
  }),
};
