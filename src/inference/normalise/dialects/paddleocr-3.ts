import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, nth, readColumns } from '../read/fields.ts';
import { four, pairs, xyxy } from '../read/geometry.ts';
import { readImages } from '../read/images.ts';
import { textLabel } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';

export const paddleocr3: Dialect = {
  name: 'paddleocr-3',
  of: 'PaddleOCR 3',
  form: '`{res{rec_texts[], rec_scores[], rec_polys[[[x, y] × 4]], rec_boxes[[x1, y1, x2, y2]], dt_polys[]}}`, or what is in `res` alone; a list of such is several images',
  source: 'https://paddlepaddle.github.io/PaddleX/3.0',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom; the outline as key points, and alone where the boxes are left out',
  unit: 'frame px',
  score: 'always',
  label: 'none',
  also: ['text', 'key points', 'frame'],
  recognise: (payload) => {
    const first: unknown = Array.isArray(payload) ? payload[0] : payload;
    return members(at(first, 'res') ?? first, ['rec_texts:list', 'rec_scores'], ['rec_polys', 'rec_boxes']);
  },
  read: (payload, { labels }) =>
    readImages(payload, (one, path) => {
      const inRes = at(one, 'res');
      const from = inRes ?? one;
      const place = inRes === undefined ? path : `${path}.res`;
      return readColumns(
        from,
        place,
        ['rec_texts', 'rec_scores'],
        ({ rec_texts: text, rec_scores: score }, spot, i) => ({
          path: spot,
          ...placeOf(nth(at(from, 'rec_boxes'), i), nth(at(from, 'rec_polys'), i)),
          score,
          ...textLabel(labels),
          text,
        }),
      );
    }),
};

function placeOf(box: unknown, outline: unknown): Pick<Candidate, 'corners' | 'keypoints'> {
  const { corners, keypoints } = outlined(pairs(outline));
  return { corners: xyxy(four(box)) ?? corners, keypoints };
}
