import { openJobEmitter } from '../../src/emitters/index.ts';
import type { Warehouse } from '../make/warehouse.ts';

interface Seen {
  readonly track_id?: number;
  readonly label: string;
  readonly frames: readonly number[];
  readonly score?: number;
}

/** One job with the boxes of these things, frame by frame. */
export function writeTracks(
  { path: warehouse }: Pick<Warehouse, 'path'>,
  jobId: string,
  things: readonly Seen[],
): void {
  const job = openJobEmitter({ warehouse, jobId, plugin: 'player-tracker', strict: true });
  const boxes = things.flatMap(({ frames, ...thing }) => frames.map((frame_index) => ({ ...thing, frame_index })));
  const inOrder = boxes.toSorted((a, b) => a.frame_index - b.frame_index);
  for (const box of inOrder) job.detection({ tool: 'track', ...box, x1: 1, y1: 2, x2: 3, y2: 4 });
  job.close();
}

/** Track 1 is lost for two frames, and is blue once; track 2 is what became of it. */
export const things: readonly Seen[] = [
  { track_id: 1, label: 'red', frames: [0, 1, 5, 6], score: 0.5 },
  { track_id: 1, label: 'blue', frames: [2], score: 1 },
  { track_id: 2, label: 'red', frames: [8, 9] },
  { track_id: 3, label: 'red', frames: [5, 6, 7], score: 0.25 },
  { label: 'red', frames: [0, 1, 2] },
];
