import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

test.each([
  { args: [], says: 'Usage: siltstone' },
  { args: ['qeury'], says: 'Did you mean query?' },
  { args: ['query', 'from x', '--fromat', 'csv'], says: 'Did you mean --format?' },
  { args: ['query', 'from x', '--format', 'xml'], says: 'Allowed choices are table, csv, json, ndjson, parquet' },
  { args: ['query', 'from x', '--limit', '-1'], says: 'It must be a whole number of at least 1.' },
  { args: ['query', '  '], says: 'the query is empty' },
  { args: ['query', 'from x', '--out', 'rows.txt'], says: 'give --format' },
  { args: ['query'], says: "missing required argument 'sql'" },
  { args: ['compact', 'now'], says: 'too many arguments' },
  { args: ['emit'], says: "required option '--job <id>' not specified" },
  { args: ['emit', '--job', '../etc'], says: 'does not start with a dot' },
  { args: ['run', 'player-tracker', 'a.mp4', '--job', 'a/b'], says: 'It has 1 to 128 of' },
  { args: ['views', 'job_metric'], says: 'Did you mean job_metrics?' },
  { args: ['views', 'nothing_like_it'], says: 'there is no view nothing_like_it.' },
  { args: ['export', 'detection', '--out', 'a'], says: 'Did you mean detections?' },
  { args: ['export'], says: "required option '--out <path>' not specified" },
  { args: ['export', 'events', '--sql', 'from events', '--out', 'a'], says: 'give a view or --sql, not both' },
  { args: ['export', 'events', '--format', 'duckdb', '--out', 'a'], says: 'leave the view and --sql out' },
  { args: ['export', '--compat', '--out', 'a'], says: '--compat is for --format parquet' },
  { args: ['compact', '--set', 'compact_batch_bytes'], says: 'Write --set name=value.' },
  { args: ['compact', '--set', 'compact_batch_byte=1'], says: 'Did you mean compact_batch_bytes?' },
  { args: ['compact', '--set', 'compact_batch_bytes=some'], says: 'compact_batch_bytes = "some"' },
])('siltstone $args', ({ args, says }) => {
  const { exitCode, stdout, stderr } = siltstone(args, { cwd: tempFolder() });

  expect(stderr).toContain(says);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('a wrong setting in the environment is told like any other', () => {
  const { exitCode, stderr } = siltstone(['compact'], { cwd: tempFolder(), env: { SILTSTONE_LOG_LEVEL: 'loud' } });

  expect(stderr).toContain('log_level = "loud"');
  expect(stderr).toContain('code: bad_setting');
  expect(exitCode).toBe(2);
});
