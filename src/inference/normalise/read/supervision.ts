import type { Candidate } from '../candidate.ts';
import type { Fields } from './fields.ts';
import { members, xyxy } from './geometry.ts';
import { byNameElseNumber } from './labels.ts';
import { numeric } from './numbers.ts';

/** A row of supervision’s sinks: of CSV all values are texts. */
export function sinkRow(row: Fields, path: string, labels: readonly string[]): Candidate {
  const [x1, y1, x2, y2] = members(row, ['x_min', 'y_min', 'x_max', 'y_max']) ?? [];
  return {
    path,
    corners: xyxy([numeric(x1), numeric(y1), numeric(x2), numeric(y2)]),
    score: numeric(row.confidence),
    ...byNameElseNumber(row.class_name, numeric(row.class_id), labels),
    track: numeric(row.tracker_id),
    frame: numeric(row.frame_index),
  };
}
