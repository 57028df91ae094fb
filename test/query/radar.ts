import { openJobEmitter } from '../../src/emitters/index.ts';
import { fitPitch } from '../../src/inference/pitch/index.ts';
import { pitchFields } from '../../src/inference/pitch-event.ts';
import { frame, keyPointsOf, lawPitch, viewFrom } from '../inference/cameras.ts';
import type { Warehouse } from '../make/warehouse.ts';

/** Where things stand, metres. */
export const places = [
  { label: 'red', x: 40, y: 20 },
  { label: 'blue', x: 52.5, y: 34 },
  { label: 'ball', x: 61.25, y: 50.5 },
  { label: 'black', x: 55, y: 69 },
];

const view = viewFrom([50, -32, 20], [55, 30, 0], 1600);
const known = pitchFields(fitPitch(keyPointsOf(view), frame, lawPitch));
const unknown = pitchFields(fitPitch([], frame, lawPitch));

/** One job: in frame 0 the pitch is known, in frame 1 it is not, in frame 2 a foreign hand wrote what is no homography. */
export function writeRadar({ path: warehouse }: Pick<Warehouse, 'path'>, jobId: string): void {
  const job = openJobEmitter({ warehouse, jobId, plugin: 'player-tracker', strict: true });
  const pitches = [known, unknown, { ...known, homography: { a: 1 } }];
  for (const [frame_index, pitch] of pitches.entries()) {
    const source = { tool: 'track', frame_index };
    for (const { label, ...place } of places) job.detection({ ...source, label, ...boxOn(view(place)) });
    job.detection({ ...source, label: 'in the sky', ...boxOn({ x: 640, y: -400 }) });
    job.framePitch({ ...source, ...pitch });
  }
  // What was said last of a frame is meant.
  job.framePitch({ tool: 'track', frame_index: 1, ...unknown });
  job.framePitch({ tool: 'track', frame_index: 0, ...known });
  job.close();
}

const boxOn = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x1: x - 8, y1: y - 40, x2: x + 8, y2: y });
