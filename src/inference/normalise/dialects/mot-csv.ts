import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import type { Issue } from '../issues.ts';
import { readLines } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { numeric, pageNumber } from '../read/numbers.ts';

export const motCsv: Dialect = {
  name: 'mot-csv',
  of: 'MOTChallenge results and detections',
  form: 'a line a box: `frame,id,bb_left,bb_top,bb_width,bb_height,conf,x,y,z`',
  source: 'https://motchallenge.net/instructions/',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'none',
  also: ['track id', 'frame'],
  note: 'Frames and px count from 1: 1 is subtracted of frame, left and top. A confidence or an id of −1 stands for none; x, y, z in the world are not kept.',
  recognise: (payload) =>
    typeof payload === 'string' && lineIn.test(payload) ? ['lines of ten numbers between commas'] : [],
  read: (payload) => readLines(payload, readLine),
};

const lineIn = /^\s*[1-9]\d*\s*(,\s*[-+.\de]+\s*){9}$/m;

function readLine(line: string, path: string): Candidate | Issue {
  const cells = line.split(',').map(numeric);
  if (cells.length !== 10) return { code: 'malformed', path, message: `${cells.length} numbers where 10 have to be` };
  const [frame, id, left, top, width, height, score] = cells;
  return {
    path,
    corners: xywh(four([pageNumber(left), pageNumber(top), width, height])),
    score,
    label: undefined,
    labelRaw: undefined,
    track: id,
    frame: pageNumber(frame),
  };
}
