import type { Dialect } from '../dialect.ts';
import { readTable } from '../read/csv.ts';
import { sinkRow } from '../read/supervision.ts';

export const supervisionCsv: Dialect = {
  name: 'supervision-csv',
  of: 'supervision `CSVSink`',
  form: 'CSV with the head `x_min,y_min,x_max,y_max,class_id,confidence,tracker_id,…`',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/detection/tools/csv_sink.py',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['track id', 'frame'],
  note: 'An empty cell stands for none. A column `frame_index` that was added counts as the frame.',
  recognise: (payload) =>
    typeof payload === 'string' && /^\s*x_min,y_min,x_max,y_max,/.test(payload)
      ? ['head of x_min, y_min, x_max, y_max']
      : [],
  read: (payload, { labels }) => readTable(payload, (row, path) => sinkRow(row, path, labels)),
};
