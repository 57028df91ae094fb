import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import type { Issue } from '../issues.ts';
import { readLines } from '../read/fields.ts';
import { around, centred, flatPairs } from '../read/geometry.ts';
import { byNumber } from '../read/labels.ts';
import { numeric, words } from '../read/numbers.ts';

export const yoloTxt: Dialect = {
  name: 'yolo-txt',
  of: 'YOLO label files, Ultralytics `save_txt`',
  form: 'a line a box: `class cx cy w h [score] [track_id]`; `class` with 6 or more points `x y` is an outline',
  source: 'https://github.com/ultralytics/ultralytics/blob/main/ultralytics/engine/results.py',
  checked: 'verified',
  payload: 'text',
  geometry: 'centre, width, height; or an outline, around which the box is',
  unit: 1,
  score: 'optional',
  label: 'number',
  also: ['track id'],
  note: 'A sixth number is a score where it is no whole number above 1, else a track id: with `save_conf` off the id stands there. Four corners without a score (9 numbers) are an outline.',
  recognise: (payload) => (typeof payload === 'string' && lineIn.test(payload) ? ['lines of a class and ratios'] : []),
  read: (payload, { labels }) => readLines(payload, (line, path) => readLine(line, path, labels)),
};

/** A class and at least four numbers within 0 to 1 (or a little outside), on a first line of numbers only: no head of names. */
const lineIn = /^\s*\d+([ \t]+-?(0|1|[01]?\.\d+|1\.0+|\d(\.\d+)?e-\d+)){4}([ \t]+[-+.\de]+)*[ \t]*(\r?\n|$)/;

function readLine(line: string, path: string, labels: readonly string[]): Candidate | Issue {
  const columns = words(line).map(numeric);
  const [number, cx, cy, width, height, fifth, sixth] = columns;
  const { label, labelRaw } = byNumber(number, labels);
  if (columns.length >= 5 && columns.length <= 7) {
    const [score, track] = scoreAndTrack(fifth, sixth);
    return { path, corners: centred([cx, cy, width, height]), score, label, labelRaw, track };
  }
  const rest = columns.slice(1);
  if (rest.length >= 8) {
    const outline = flatPairs(rest.slice(0, rest.length - (rest.length % 2)));
    const last = rest.length % 2 === 1 ? rest.at(-1) : undefined;
    return {
      path,
      label,
      labelRaw,
      corners: around(outline),
      score: last,
      keypoints: rest.length === 8 || rest.length === 9 ? outline : undefined,
    };
  }
  return { code: 'malformed', path, message: `${rest.length + 1} columns are neither a box nor an outline` };
}

function scoreAndTrack(first: unknown, second: unknown): readonly [score: unknown, track: unknown] {
  if (second !== undefined) return [first, second];
  return Number.isInteger(first) && (first as number) > 1 ? [undefined, first] : [first, undefined];
}
