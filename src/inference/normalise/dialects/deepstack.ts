import type { Dialect } from '../dialect.ts';
import { shown } from '../issues.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems, unreadable } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const deepstack: Dialect = {
  name: 'deepstack',
  of: 'CodeProject.AI Server, DeepStack',
  form: '`{success, predictions[{label, confidence, x_min, y_min, x_max, y_max}], inferenceMs?, processMs?}`; a face that was recognised has `userid`',
  source: 'https://codeproject.github.io/codeproject.ai/api/api_reference.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name',
  also: [],
  note: 'Where `success` is false there are no predictions: that is an issue.',
  recognise: (payload) =>
    ofSome(at(payload, 'predictions'), (item) =>
      membersOf(item, ['x_min', 'y_max', 'confidence'], ['label', 'userid']),
    ),
  read: (payload) => {
    if (at(payload, 'success') === false) {
      return unreadable('$.success', `the service says that it failed: ${shown(at(payload, 'error'))}`);
    }
    return readItems(at(payload, 'predictions'), '$.predictions', (item, path) => ({
      path,
      corners: xyxy(members(item, ['x_min', 'y_min', 'x_max', 'y_max'])),
      score: item.confidence,
      ...byName(item.label ?? item.userid),
    }));
  },
};
