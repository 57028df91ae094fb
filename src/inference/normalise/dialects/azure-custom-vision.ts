import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, isFields, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const azureCustomVision: Dialect = {
  name: 'azure-custom-vision',
  of: 'Azure Custom Vision',
  form: '`{predictions[{probability, tagId, tagName, tagType?, boundingBox{left, top, width, height}?}]}`',
  source:
    'https://github.com/MicrosoftLearning/AI-102-AIEngineer/blob/master/18-object-detection/Python/test-detector/test-detector.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 1,
  score: 'always',
  label: 'name',
  also: [],
  note: 'No threshold is applied: many low scores are usual. Where no prediction has a box they are classes of the whole frame.',
  recognise: (payload) =>
    ofSome(at(payload, 'predictions'), (item) => membersOf(item, ['probability', 'tagName'], ['tagId', 'boundingBox'])),
  read: (payload) => {
    const list = at(payload, 'predictions');
    const hasBoxes = Array.isArray(list) && list.some((item: unknown) => isFields(at(item, 'boundingBox')));
    return readItems(list, '$.predictions', (item, path) => ({
      path,
      corners: hasBoxes ? boxOf(item) : 'whole',
      score: item.probability,
      ...byName(item.tagName),
    }));
  },
};

const boxOf = ({ boundingBox }: Fields) => xywh(members(boundingBox, ['left', 'top', 'width', 'height']));
