import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runChild } from './child.ts';
import { eventsOf, tempWarehouse } from './warehouse.ts';

const messagesOf = (warehouse: string) => eventsOf(warehouse).map((event) => event.message);

test.each([
  { end: 'its own end', program: `say('one');`, code: 0 },
  { end: 'process.exit', program: `say('one'); process.exit(3);`, code: 3 },
  { end: 'an uncaught exception', program: `say('one'); setTimeout(() => { throw new Error('boom'); });`, code: 1 },
  { end: 'an unhandled rejection', program: `say('one'); Promise.reject(new Error('boom'));`, code: 1 },
  { end: 'a promise that never settles', program: `say('one'); await new Promise(() => {});`, code: 13 },
])('what was appended is in the file after $end', async ({ program, code }) => {
  const warehouse = tempWarehouse();

  expect(await runChild(warehouse, program)).toMatchObject({ code });

  expect(messagesOf(warehouse)).toEqual(['one']);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s writes what waits, and still kills', async (signal) => {
  const warehouse = tempWarehouse();

  expect(await runChild(warehouse, `say('one'); ready();`, signal)).toMatchObject({ code: null, signal });

  expect(messagesOf(warehouse)).toEqual(['one']);
});

test.each(['on', 'once'])('a program that answers a signal with %s keeps its answer', async (on) => {
  const warehouse = tempWarehouse();
  const program = `process.${on}('SIGTERM', () => { say('two'); process.exit(7); }); say('one'); ready();`;

  expect(await runChild(warehouse, program, 'SIGTERM')).toMatchObject({ code: 7 });

  expect(messagesOf(warehouse)).toEqual(['one', 'two']);
});

test('two copies of the module do not wait for each other at a signal', async () => {
  const warehouse = tempWarehouse();
  const program = `
    const { addOpenLog } = await import('./open-logs.js?copy');
    addOpenLog({ flush: () => say('from the copy'), flushAtExit: () => {} });
    say('one'); ready();`;

  expect(await runChild(warehouse, program, 'SIGTERM')).toMatchObject({ signal: 'SIGTERM' });

  expect(messagesOf(warehouse)).toContain('one');
});

test('an event that a later exit listener appends is written too', async () => {
  const warehouse = tempWarehouse();

  await runChild(warehouse, `say('one'); process.on('exit', () => say('two'));`);

  expect(messagesOf(warehouse)).toEqual(['one', 'two']);
});

test('after kill -9, everything flushed is there, and nothing is torn', async () => {
  const warehouse = tempWarehouse();
  const program = `say('one'); await log.flush(); say('two'); ready();`;

  expect(await runChild(warehouse, program, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });

  expect(messagesOf(warehouse)).toEqual(['one']);
});

test('what cannot be written at the end is said on standard error', async () => {
  const warehouse = join(tempWarehouse(), 'warehouse');
  writeFileSync(warehouse, 'a file in the way');

  const { code, stderr } = await runChild(warehouse, `say('one'); say('two');`);

  expect(code).toBe(0);
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^siltstone: events of job j1 could not be written to .*ENOTDIR/),
    expect.stringMatching(/^siltstone: 2 events of job j1 are lost with the process: .*ENOTDIR/),
    '',
  ]);
});

test('a log keeps no process alive', async () => {
  const startedAt = performance.now();

  await runChild(tempWarehouse(), `say('one');`);

  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
