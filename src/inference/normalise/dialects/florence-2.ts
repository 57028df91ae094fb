import type { Candidate, CandidateKeypoint } from '../candidate.ts';
import type { Dialect, DialectReading } from '../dialect.ts';
import { at, isFields, joined, nth, readColumns, unreadable } from '../read/fields.ts';
import { flatPairs, four, xyxy } from '../read/geometry.ts';
import { byName, textLabel } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';
import { readMatches } from '../read/tokens.ts';

export const florence2: Dialect = {
  name: 'florence-2',
  of: 'Microsoft Florence-2, its processor’s `post_process_generation`',
  form: '`{"<OD>": {bboxes[[x1, y1, x2, y2]], labels[]}}` by task; `quad_boxes` of texts, `bboxes_labels` of an open vocabulary, `polygons` of segments; a region’s description is a text `label<loc_n> × 4`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/vlm.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom; or an outline, around which the box is',
  unit: 'frame px',
  score: 'never',
  label: 'name',
  also: ['text', 'key points'],
  note: 'Places in a text are thousandths. A region proposal has no names: its label is the manifest’s first. Captions have no place, and are left out.',
  recognise: (payload) => (isFields(payload) ? Object.keys(payload).filter((task) => /^<[A-Z_]+>$/.test(task)) : []),
  read: (payload, { labels }) => {
    const tasks = isFields(payload) ? Object.keys(payload).filter((task) => task.startsWith('<')) : [];
    if (tasks.length === 0) return unreadable('$', 'there is no task in it, such as "<OD>"');
    return joined(tasks.map((task) => readTask(at(payload, task), task, labels)));
  },
};

type Place = Pick<Candidate, 'corners' | 'keypoints'>;
type Named = Pick<Candidate, 'label' | 'labelRaw' | 'text'>;

function readTask(answer: unknown, task: string, labels: readonly string[]): DialectReading {
  const path = `$["${task}"]`;
  if (typeof answer === 'string') return readRegion(answer, path);
  const named = (label: unknown): Named => (label === '' ? textLabel([labels[0] ?? 'object']) : byName(label));
  const column = at(answer, 'bboxes_labels') === undefined ? 'labels' : 'bboxes_labels';
  const readings = [
    columns(answer, path, 'bboxes', column, (box) => ({ corners: xyxy(four(box)) }), named),
    columns(
      answer,
      path,
      'quad_boxes',
      'labels',
      (quad) => outlined(flatPairs(quad)),
      (label) => textOf(label, labels),
    ),
    columns(answer, path, 'polygons', 'labels', (list) => outlined(outlineOf(list)), named),
  ].filter((reading) => reading !== undefined);
  return readings.length > 0 ? joined(readings) : unreadable(path, 'there are no boxes in it');
}

function columns(
  answer: unknown,
  path: string,
  boxes: string,
  names: string,
  placeOf: (box: unknown) => Place,
  namedOf: (label: unknown) => Named,
): DialectReading | undefined {
  if (at(answer, boxes) === undefined) return undefined;
  return readColumns(answer, path, [boxes, names], (row, place) => ({
    path: place,
    ...placeOf(row[boxes]),
    ...namedOf(row[names]),
  }));
}

const textOf = (label: unknown, labels: readonly string[]): Named => ({
  ...textLabel(labels),
  text: typeof label === 'string' ? label.replaceAll('</s>', '') : label,
});

/** One thing may be of several polygons: the outline is all of them. */
function outlineOf(list: unknown): CandidateKeypoint[] | undefined {
  const polygons: readonly unknown[] = Array.isArray(list) && Array.isArray(nth(list, 0)) ? list : [list];
  const outlines = polygons.map(flatPairs);
  return outlines.includes(undefined) ? undefined : outlines.flatMap((outline) => outline ?? []);
}

/** `car<loc_52><loc_332><loc_932><loc_774>`: captions are texts as well, without a place. */
function readRegion(text: string, path: string): DialectReading {
  if (!text.includes('<loc_')) return { candidates: [], issues: [] };
  return readMatches(text, /([^<>]*)((?:<loc_\d+>)+)/g, ([, label = '', places = '']) => {
    const numbers = Array.from(places.matchAll(/\d+/g), ([digits]) => Number(digits));
    return { path, corners: xyxy(four(numbers)), unit: 1000, ...byName(label.trim()) };
  });
}
