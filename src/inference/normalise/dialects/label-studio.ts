import { cornersOf } from '../../oriented-box.ts';
import type { Candidate, CandidateKeypoint } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, isFields, joined, nth, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { outlined } from '../read/outline.ts';

export const labelStudio: Dialect = {
  name: 'label-studio',
  of: 'Label Studio: tasks, predictions of a backend, or the items of a result',
  form: '`[{predictions[{result[{original_width, original_height, value{x, y, width, height, rotation, rectanglelabels[]}, score?}]}], annotations[…]}]`',
  source: 'https://labelstud.io/tags/rectanglelabels',
  checked: 'unverified: that a score of an item is from 0 to 1',
  payload: 'json',
  geometry: 'left, top, width, height, turned about the left top corner',
  unit: 100,
  score: 'optional',
  label: 'name',
  also: ['key points', 'frame'],
  note: 'Of a task with predictions its annotations are left out. A turned rectangle is the box around it, its corners the key points. Other regions than rectangles are left out. Several tasks are several images.',
  recognise: (payload) => {
    const found = ofSome(
      resultsOf(payload).map(({ list }) => list),
      (list) =>
        ofSome(list, (item) => membersOf(item, ['value.rectanglelabels', 'value.x'], ['original_width', 'score'])),
    );
    return found;
  },
  read: (payload) =>
    joined(
      resultsOf(payload).map(({ list, path, task }) =>
        readItems(list, path, (item, place) => {
          const { value } = item;
          if (at(value, 'rectanglelabels') === undefined) return undefined;
          const named = byName(nth(at(value, 'rectanglelabels'), 0));
          return { path: place, ...placeOf(item), score: item.score, ...named, frame: task };
        }),
      ),
    ),
};

interface ResultList {
  readonly list: unknown;
  readonly path: string;
  readonly task?: number;
}

/** The lists of regions in tasks, in one task, or the payload itself. */
function resultsOf(payload: unknown): readonly ResultList[] {
  if (!Array.isArray(payload)) return isFields(payload) ? resultsOfTask(payload, '$') : [{ list: payload, path: '$' }];
  if (payload.some((item: unknown) => isFields(at(item, 'value')))) return [{ list: payload, path: '$' }];
  return payload.flatMap((task: unknown, i) =>
    resultsOfTask(task, `$[${i}]`).map((one) => (payload.length > 1 ? { ...one, task: i } : one)),
  );
}

function resultsOfTask(task: unknown, path: string): readonly ResultList[] {
  if (at(task, 'result') !== undefined) return [{ list: at(task, 'result'), path: `${path}.result` }];
  const predictions = at(task, 'predictions');
  const name = Array.isArray(predictions) && predictions.length > 0 ? 'predictions' : 'annotations';
  const list = at(task, name);
  if (!Array.isArray(list)) return [{ list: undefined, path: `${path}.${name}` }];
  return list.map((one: unknown, i) => ({ list: at(one, 'result') ?? [], path: `${path}.${name}[${i}].result` }));
}

function placeOf({ value, original_width: w, original_height: h }: Fields): Pick<Candidate, 'corners' | 'keypoints'> {
  const box = members(value, ['x', 'y', 'width', 'height']);
  const rotation = at(value, 'rotation');
  const numbers = [...(box ?? []), rotation, w, h].filter((one): one is number => Number.isFinite(one));
  const [x, y, width, height, degrees, across, down] = numbers;
  if (typeof rotation !== 'number' || rotation === 0 || down === undefined) return { corners: xywh(box) };
  return outlined(turned([x, y, width, height, degrees, across, down].map(Number)));
}

/** Percent count each side by itself: a right angle is one in px only. */
function turned([
  x = 0,
  y = 0,
  width = 0,
  height = 0,
  degrees = 0,
  across = 1,
  down = 1,
]: readonly number[]): CandidateKeypoint[] {
  const [w, h] = [(width / 100) * across, (height / 100) * down];
  const angle = (degrees * Math.PI) / 180;
  const cx = (x / 100) * across + (Math.cos(angle) * w - Math.sin(angle) * h) / 2;
  const cy = (y / 100) * down + (Math.sin(angle) * w + Math.cos(angle) * h) / 2;
  return cornersOf({ cx, cy, width: w, height: h, angle }).map((corner) => ({
    x: (corner.x / across) * 100,
    y: (corner.y / down) * 100,
  }));
}
