import { expect, test } from 'vitest';
import { lineOf, logLine } from '../make/events.ts';
import { tempWarehouse } from '../make/warehouse.ts';
import { siltstone, start } from './siltstone.ts';

const marker = 'a-secret-of-somebody';

/** What a line may hold: an event, one of a wrong type, no JSON, no event, a line that is too long. */
const lines = [
  lineOf(logLine({ message: marker, attrs: { token: marker } })),
  lineOf({ ...logLine({ seq: 1 }), event: 'plugin.run', duration_ms: marker }),
  `{"event":"log","message":"${marker}\n`,
  `[ "${marker}" ]\n`,
  lineOf({ event: marker }),
  `{"event":"log","message":"${marker.repeat(60_000)}"}\n`,
].join('');

test('no line of the inbox stands in what watch and compact say, at any level', async () => {
  const { path, append } = tempWarehouse();
  const settings = ['--set', 'log_level=trace', '--set', 'compact_pending_wait_ms=0', '--warehouse', path];
  append('job-1/a.ndjson', lines);
  const watch = start(['watch', ...settings]);
  await watch.says('compacted into');
  watch.child.kill('SIGTERM');
  await watch.ended();
  append('job-2/a.ndjson', lines);
  const compact = siltstone(['compact', ...settings]);

  expect(compact.stdout).toContain('6 lines');
  expect(`${watch.stderr()}${watch.stdout()}${compact.stderr}${compact.stdout}`).not.toContain(marker);
});
