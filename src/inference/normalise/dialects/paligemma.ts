import type { Dialect } from '../dialect.ts';
import { unreadable } from '../read/fields.ts';
import { four, yxyx } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { readMatches } from '../read/tokens.ts';

export const paligemma: Dialect = {
  name: 'paligemma',
  of: 'Google PaliGemma',
  form: '`<locYYYY><locXXXX><locYYYY><locXXXX> label ; …`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/vlm.py',
  checked: 'verified',
  payload: 'text',
  geometry: 'top, left, bottom, right',
  unit: 1024,
  score: 'never',
  label: 'name',
  also: [],
  note: 'y comes first. Masks (`<seg…>`) are not kept. Places that are not four are an issue.',
  recognise: (payload) =>
    typeof payload === 'string' && /(<loc\d{4}>){4}/.test(payload) ? ['four <loc….> in a row'] : [],
  read: (payload) => {
    if (typeof payload !== 'string') return unreadable('$', 'a text has to be here');
    return readMatches(
      payload,
      /((?:<loc\d{4}>)+)\s*(?:<seg\d{3}>\s*)*([^;<]*)/g,
      ([, places = '', label = ''], path) => {
        const numbers = Array.from(places.matchAll(/\d{4}/g), ([digits]) => Number(digits));
        return { path, corners: yxyx(four(numbers)), ...byName(label.trim()) };
      },
    );
  },
};
