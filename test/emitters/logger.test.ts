import { expect, test } from 'vitest';
import { logTo } from '../../src/emitters/index.ts';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

function makeLogger(options: Parameters<typeof logTo>[1] = {}) {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, flush: 'each' });
  return { logger: logTo(log, options), events: () => eventsOf(warehouse) };
}

test('a call is a log event, with its facts in attrs', () => {
  const { logger, events } = makeLogger({ name: 'runner' });

  logger.info('started');
  logger.warn({ frame_index: 3, reason: 'slow' }, 'a frame was skipped');

  expect(events()).toMatchObject([
    { event: 'log', level: 'info', message: 'started', logger: 'runner' },
    { level: 'warn', message: 'a frame was skipped', attrs: { frame_index: 3, reason: 'slow' } },
  ]);
});

test('what is below the level is not written', () => {
  const { logger, events } = makeLogger({ level: 'error' });

  logger.trace('t');
  logger.warn('w');
  logger.error('e');
  logger.fatal('f');

  expect(events().map((event) => event.level)).toEqual(['error', 'fatal']);
});

test('an error is written with its stack', () => {
  const { logger, events } = makeLogger();

  logger.error(new TypeError('boom'), 'it failed');
  logger.error({ err: new TypeError('boom'), tool: 't' }, 'it failed');

  const err = expect.stringMatching(/^TypeError: boom\n +at /);
  expect(events()).toMatchObject([{ attrs: { err } }, { attrs: { err, tool: 't' } }]);
});

test('no payload gets in: objects are only named, and texts are cut', () => {
  const { logger, events } = makeLogger();

  logger.info({ frame: Buffer.alloc(9) as never, text: 'x'.repeat(9000) }, 'y'.repeat(9000));

  expect(events()).toMatchObject([{ message: 'y'.repeat(4000), attrs: { frame: '[object]', text: 'x'.repeat(4000) } }]);
});

test('a call without a text writes an empty one, or the error’s own', () => {
  const { logger, events } = makeLogger();

  logger.info({ a: 1 }, undefined as never);
  logger.info(new Error('boom'), undefined as never);

  expect(events()).toMatchObject([{ message: '', attrs: { a: 1 } }, { message: 'boom' }]);
});
