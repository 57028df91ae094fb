import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReader, type Reader } from '../../src/query/index.ts';
import { lineOf, linesOf, logLine } from '../make/events.ts';
import { compacted, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const good = lineOf(logLine());
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const events = (reader: Reader) =>
  reader.rows(`select seq, event, attrs, reason, raw from events order by stream, seq`);

/** Hot, then compacted: both must be the same. */
async function seen(warehouse: Warehouse): Promise<readonly object[]> {
  const reader = await tempReader(warehouse);
  const hot = await events(reader);
  await compacted(warehouse);
  expect(await events(reader)).toEqual(hot);
  return hot;
}

test.each([
  ['a malformed line', bytes('{"event":\n'), 'not JSON', '{"event":'],
  ['a line that is no object', bytes('[1, 2]\n'), 'not a JSON object', '[1, 2]'],
  ['a wrong type', bytes(lineOf(logLine({ level: 7 }))), 'log: level', lineOf(logLine({ level: 7 })).trim()],
  ['a missing field', bytes(lineOf({ event: 'log', ts: '2026-11-23T14:05:00Z' })), 'level: is missing', undefined],
  ['a name that is no kind', bytes(lineOf(logLine({ event: 'Not A Kind' }))), 'event', undefined],
  ['a job id with ../', bytes(lineOf(logLine({ job_id: '../../etc' }))), 'job_id', undefined],
  ['a time that is none', bytes(lineOf(logLine({ ts: 'yesterday' }))), 'ts', undefined],
  ['a time far in the future', bytes(lineOf(logLine({ ts: '2150-01-01T00:00:00Z' }))), 'ts: the year', undefined],
  ['a NUL byte', bytes('{"event":"log', [0], '"}\n'), 'not JSON', '{"event":"log\u0000"}'],
  ['a block of NULs', bytes([0, 0, 0, 0], '\n'), 'not JSON', '\u0000\u0000\u0000\u0000'],
  [
    'invalid UTF-8',
    bytes('{"event":"', [0xff, 0xfe], '"}\n'),
    'not UTF-8',
    bytes('{"event":"', [0xff, 0xfe], '"}').toString('base64'),
  ],
])('%s is a rejected line with its reason and itself, and its neighbours are events', async (_, line, reason, raw) => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', Buffer.concat([Buffer.from(good), line, Buffer.from(good)]));
  expect(await seen(warehouse)).toEqual([
    expect.objectContaining({ seq: 0, event: 'log' }),
    expect.objectContaining({
      seq: 1,
      event: 'line.rejected',
      reason: expect.stringContaining(reason),
      raw: raw ?? line.toString('utf8').trimEnd(),
    }),
    // Its written seq was 0: the counted number decides.
    expect.objectContaining({ seq: 2, event: 'log', attrs: '{"seq":0}' }),
  ]);
});

test.each([
  ['a byte order mark', bytes([0xef, 0xbb, 0xbf], good)],
  ['CRLF', bytes(good.replace('\n', '\r\n'))],
  ['blank lines around it', bytes('\n \t\n', good, '\r\n\n')],
])('an event with %s is an event', async (_, content) => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', content);
  expect(await seen(warehouse)).toEqual([expect.objectContaining({ seq: 0, event: 'log', attrs: null })]);
});

test('an unknown kind and an unknown field are kept whole in attrs', async () => {
  const warehouse = tempWarehouse();
  const big = '12345678901234567890123';
  warehouse.append(
    'job-1/a.ndjson',
    lineOf({ event: 'my.kind', ts: '2026-11-23T14:05:00Z', score: 'high', frame_index: 3 }),
  );
  warehouse.append('job-1/a.ndjson', good.replace('"level"', `"camera":{"id":${big},"x":1.0},"level"`));
  expect(await seen(warehouse)).toEqual([
    expect.objectContaining({ event: 'my.kind', attrs: '{"score":"high","frame_index":3}' }),
    expect.objectContaining({ event: 'log', attrs: expect.stringContaining(`{"id":${big},"x":1.0}`) }),
  ]);
});

test('a line over 1 MiB is rejected with its beginning, and kept whole beside the lake', async () => {
  const warehouse = tempWarehouse();
  const long = lineOf(logLine({ message: 'x'.repeat(1_200_000) }));
  warehouse.append('job-1/a.ndjson', long + lineOf(logLine({ seq: 1 })));
  const [rejected, event] = await seen(warehouse);
  expect(rejected).toMatchObject({ event: 'line.rejected', raw: long.slice(0, 64 * 1024) });
  expect(rejected).toMatchObject({ reason: expect.stringContaining(`${long.length - 1} bytes`) });
  expect(event).toMatchObject({ seq: 1, event: 'log' });
  const [kept = ''] = readdirSync(join(warehouse.path, 'rejected'));
  expect(readFileSync(join(warehouse.path, 'rejected', kept), 'utf8')).toBe(long.trimEnd());
});

test('a torn last line is no event until its end is there', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', `${good}${good.trimEnd()}`);
  expect(await seen(warehouse)).toHaveLength(1);
  warehouse.append('job-1/a.ndjson', '\n');
  expect(await seen(warehouse)).toHaveLength(2);
});

test.each([
  ['replaced', lineOf(logLine({ message: 'another' })).repeat(5)],
  ['cut off', good],
])('a file that was %s under its name is a new stream, which streams notes', async (what, content) => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', good.repeat(3));
  await compacted(warehouse);
  writeFileSync(join(warehouse.path, 'inbox/job-1/a.ndjson'), content);
  const before = content.split('\n').length - 1;
  expect(await seen(warehouse)).toHaveLength(3 + before);
  const reader = await tempReader(warehouse);
  const notes = await reader.rows(
    `select count(*)::int as streams, count_if(note like '%replaced or shrank%')::int as noted from streams`,
  );
  expect(notes).toEqual([{ streams: 2, noted: what === 'cut off' ? 1 : 0 }]);
});

test('links, other files and odd folders in the inbox are passed over, empty streams are none', async () => {
  const warehouse = tempWarehouse();
  const secret = join(tempFolder(), 'secret.ndjson');
  writeFileSync(secret, good);
  warehouse.append('job-1/empty.ndjson', '');
  warehouse.append('job-1/notes.txt', 'hello');
  symlinkSync(secret, join(warehouse.path, 'inbox/job-1/link.ndjson'));
  symlinkSync(tempFolder(), join(warehouse.path, 'inbox/linked-folder'));
  warehouse.append('an odd name/a.ndjson', lineOf({ ...logLine(), job_id: 'named-by-the-line' }));
  const reader = await tempReader(warehouse);
  await compacted(warehouse);
  expect(await reader.rows('select job_id from events')).toEqual([{ job_id: 'named-by-the-line' }]);
});

test('an empty inbox compacts to nothing, and a missing warehouse is named', async () => {
  const warehouse = tempWarehouse();
  mkdirSync(join(warehouse.path, 'inbox'));
  expect(await compacted(warehouse)).toMatchObject({ commits: 0, lines: 0 });
  await expect(openReader({ ...warehouse.settings, warehouse: join(warehouse.path, 'none') })).rejects.toMatchObject({
    code: 'warehouse_missing',
  });
});

test('events of 200 days in one batch are all there, in files of their own for the days of a month at most', async () => {
  const warehouse = tempWarehouse();
  const day = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
  warehouse.append('job-1/a.ndjson', linesOf(Array.from({ length: 200 }, (_, i) => logLine({ seq: i, ts: day(i) }))));
  expect(await compacted(warehouse)).toMatchObject({ lines: 200, files: 32, commits: 1 });
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select count(*)::int as n, count(distinct "date")::int as days from events')).toEqual([
    { n: 200, days: 200 },
  ]);
});

test('a full disk stops a compaction with disk_full and loses nothing', async ({ skip }) => {
  const mount = tempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mount], { stdio: 'ignore' });
  } catch {
    return skip('only root can mount a small disk');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', mount]));
  const warehouse = tempWarehouse({}, mount);
  warehouse.append('job-1/a.ndjson', good.repeat(500));
  const ballast = join(mount, 'ballast');
  execFileSync('sh', ['-c', `head -c 2000000 /dev/zero > ${ballast} 2> /dev/null || true`]);
  await expect(compacted(warehouse)).rejects.toMatchObject({
    code: expect.stringMatching(/^(disk_full|engine_failed)$/),
  });
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select count(*)::int as n, sum(hot::int)::int as hot from events')).toEqual([
    { n: 500, hot: 500 },
  ]);

  execFileSync('rm', [ballast]);
  expect(await compacted(warehouse)).toMatchObject({ lines: 500 });
  expect(await reader.rows('select count(*)::int as n, sum(hot::int)::int as hot from events')).toEqual([
    { n: 500, hot: 0 },
  ]);
  expect(readdirSync(join(mount, 'events/_scratch'))).toEqual([]);
});
