import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { queried, siltstone, start } from './siltstone.ts';

const log = (message: string, others = ''): string => `{"event":"log","level":"info","message":"${message}"${others}}`;
const ts = ',"ts":"2026-11-23T14:05:00.123Z"';

function emitted(input: string | Uint8Array, others: readonly string[] = []) {
  const warehouse = tempFolder();
  const ended = siltstone(['emit', '--job', 'job-1', '--warehouse', warehouse, ...others], { input });
  return { warehouse, ...ended };
}

const messages = (warehouse: string) =>
  queried(warehouse, "select message from events where event = 'log' order by seq").map(({ message }) => message);

test('every line becomes an event of one stream, numbered behind the line that opens it', () => {
  const { warehouse, exitCode, stdout, stderr } = emitted(`${log('a', ts)}\n${log('b', ts)}\n`);

  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '2 events taken into job job-1\n' });
  expect(queried(warehouse, 'select event, job_id, seq, process from events order by seq')).toEqual([
    { event: 'stream.opened', job_id: 'job-1', seq: 0, process: 'siltstone emit' },
    { event: 'log', job_id: 'job-1', seq: 1, process: null },
    { event: 'log', job_id: 'job-1', seq: 2, process: null },
  ]);
  expect(readdirSync(join(warehouse, 'inbox/job-1'))).toHaveLength(1);
});

test('a line without ts happened now; its own job wins; what the kind does not know goes to attrs, to the digit', () => {
  const { warehouse } = emitted(log('m', ',"job_id":"job-9","seq":77,"big":12345678901234567890'));

  const [row] = queried(
    warehouse,
    "select job_id, attrs, ts > now() - interval 1 minute as is_now from events where event = 'log'",
  );
  expect(row).toMatchObject({ job_id: 'job-9', is_now: true });
  expect(siltstone(['tail', '--warehouse', warehouse]).stdout).toContain('attrs={"big":12345678901234567890,"seq":77}');
});

test('CRLF, a byte order mark, blank lines and a last line without its end are no trouble', () => {
  const { warehouse, exitCode } = emitted(`\ufeff${log('first')}\r\n\r\n  \n${log('ö')}\n${log('torn but whole')}`);

  expect(exitCode).toBe(0);
  expect(messages(warehouse)).toEqual(['first', 'ö', 'torn but whole']);
});

test('a line that is no event is told by its number, and the others are taken', () => {
  const long = log('x'.repeat(1024 * 1024));
  const lines = [
    log('good'),
    'not JSON',
    '',
    long,
    '{"event":"log","level":"loud","message":"m"}',
    '[1]',
    '{"event":"lo',
  ];

  const { warehouse, exitCode, stderr } = emitted(lines.join('\n'));

  expect(exitCode).toBe(1);
  expect(messages(warehouse)).toEqual(['good']);
  expect(stderr).toMatch(/^line 2: not JSON/m);
  expect(stderr).toMatch(/^line 4: it has \d+ bytes; at most 1048576 are read/m);
  expect(stderr).toMatch(/^line 5: log: .*level: expected one of/m);
  expect(stderr).toMatch(/^line 6: not a JSON object/m);
  expect(stderr).toMatch(/^line 7: not JSON/m);
  expect(stderr).toContain('1 event taken into job job-1\n5 lines refused\n');
});

test('bytes that are no UTF-8 are refused', () => {
  const { exitCode, stderr } = emitted(Buffer.from('{"event":"log","level":"info","message":"\xff"}', 'latin1'));

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^line 1: not UTF-8/m);
});

test('the kind of refused lines is the compactor’s own', () => {
  const { stderr } = emitted(`{"event":"line.rejected","stream":"s","line":1,"reason":"r","raw":"w"${ts}}`);

  expect(stderr).toMatch(/^line 1: line.rejected is the compactor’s own kind/m);
});

test('--strict stops at the first line that is no event', () => {
  const { warehouse, exitCode } = emitted(`${log('a')}\nnot JSON\n${log('b')}\n`, ['--strict']);

  expect(exitCode).toBe(1);
  expect(messages(warehouse)).toEqual(['a']);
});

test('an input without an event leaves no stream', () => {
  const { warehouse, exitCode } = emitted('not JSON\n');

  expect(exitCode).toBe(1);
  expect(existsSync(join(warehouse, 'inbox'))).toBe(false);
});

test('only so many refused lines are told', () => {
  const { stderr } = emitted('x\n'.repeat(1000));

  expect(stderr.split('\n').length).toBeLessThan(110);
  expect(stderr).toContain('1,000 lines refused');
});

test('a file is read like stdin', () => {
  const warehouse = tempFolder();
  const file = join(warehouse, 'events.ndjson');
  writeFileSync(file, `${log('from a file')}\n`);

  const { exitCode } = siltstone(['emit', '--job', 'job-1', file, '--warehouse', warehouse]);

  expect(exitCode).toBe(0);
  expect(messages(warehouse)).toEqual(['from a file']);
});

test('an event can be queried while the input is still open', async () => {
  const warehouse = tempFolder();
  const emit = start(['emit', '--job', 'job-1', '--warehouse', warehouse]);
  emit.child.stdin.write(`${log('early')}\n`);
  const tail = start(['tail', '--follow', '--warehouse', warehouse]);

  await tail.says('message=early');

  emit.child.stdin.end();
  expect(await emit.ended()).toBe(0);
});
