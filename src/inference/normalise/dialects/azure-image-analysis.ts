import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, joined, nth, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { sizeIn } from '../read/size.ts';

const sides = ['x', 'y', 'w', 'h'] as const;

export const azureImageAnalysis: Dialect = {
  name: 'azure-image-analysis',
  of: 'Azure AI Vision, Image Analysis 4.0',
  form: '`{metadata{width, height}, modelVersion, objectsResult{values[{boundingBox{x, y, w, h}, tags[{name, confidence}]}]}, peopleResult{values[{boundingBox, confidence}]}}`',
  source: 'https://learn.microsoft.com/azure/ai-services/computer-vision/concept-people-detection',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  note: 'A person has the label `person`, and people are given down to low scores. Of several tags the first counts.',
  recognise: (payload) =>
    ['objectsResult', 'peopleResult'].flatMap((result) =>
      ofSome(at(payload, result, 'values'), (item) => membersOf(item, ['boundingBox.w'])).length > 0 ? [result] : [],
    ),
  read: (payload) => {
    const objects = readItems(at(payload, 'objectsResult', 'values') ?? [], '$.objectsResult.values', (item, path) => ({
      path,
      corners: xywh(members(item.boundingBox, sides)),
      score: at(nth(item.tags, 0), 'confidence'),
      ...byName(at(nth(item.tags, 0), 'name')),
    }));
    const people = readItems(at(payload, 'peopleResult', 'values') ?? [], '$.peopleResult.values', (item, path) => ({
      path,
      corners: xywh(members(item.boundingBox, sides)),
      score: item.confidence,
      ...byName('person'),
    }));
    return { ...joined([objects, people]), size: sizeIn(at(payload, 'metadata')) };
  },
};
