import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import type { Issue } from '../issues.ts';
import { type Read, readLines } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { numeric, words } from '../read/numbers.ts';

export const kitti: Dialect = {
  name: 'kitti',
  of: 'KITTI object and tracking benchmark',
  form: 'a line a box: `[frame id] type truncated occluded alpha left top right bottom height width length x y z rotation_y [score]`',
  source: 'https://github.com/bostondiditeam/kitti/blob/master/resources/devkit_object/readme.txt',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'optional',
  label: 'name',
  also: ['track id', 'frame'],
  note: 'Frames and px count from 0. `DontCare` is a region that nobody looked at, and is left out. What is said in metres is not kept.',
  recognise: (payload) =>
    typeof payload === 'string' && lineIn.test(payload) ? ['lines of a type and 14 numbers'] : [],
  read: (payload) => readLines(payload, readLine),
};

const lineIn = /^\s*(\d+[ \t]+-?\d+[ \t]+)?[A-Z]\w*([ \t]+[-+.\de]+){14,15}[ \t]*$/im;

/** The columns of an object; two more stand before them in tracking, and a score after them in results. */
const columns = 15;

function readLine(line: string, path: string): Read | Issue {
  const cells = words(line);
  const isTracked = /^-?\d+$/.test(cells[0] ?? '');
  const [frame, id] = isTracked ? cells.map(numeric) : [];
  const own = isTracked ? cells.slice(2) : cells;
  if (own.length !== columns && own.length !== columns + 1) {
    return { code: 'malformed', path, message: `${cells.length} columns where 15 to 18 have to be` };
  }
  const [type, ...numbers] = own;
  if (type === 'DontCare') return undefined;
  const [, , , left, top, right, bottom] = numbers.map(numeric);
  const said = { score: numeric(own[columns]), track: id, frame };
  return { path, corners: xyxy(four([left, top, right, bottom])), ...byName(type), ...said } satisfies Candidate;
}
