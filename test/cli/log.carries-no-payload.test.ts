import { expect, test } from 'vitest';
import { withoutPayload } from '../../src/cli/log.ts';
import { SiltstoneError } from '../../src/errors.ts';
import { tempEngine } from '../make/warehouse.ts';

const marker = 'a-secret-of-somebody';

test('of an error in which DuckDB quotes data, the log tells the kind only', async () => {
  const error = await (await tempEngine()).rows(`select '${marker}'::integer`).catch((thrown: Error) => thrown);

  expect((error as Error).message).toContain(marker);
  expect(withoutPayload(error as Error)).toEqual({
    type: 'SiltstoneError',
    code: 'engine_failed',
    message: 'Conversion Error; its text may quote events and is left out',
  });
});

test('an error’s cause stays out of the log, and any other error of ours is told as it is', () => {
  const error = new SiltstoneError('lake_damaged', 'the checkpoint x cannot be read', { cause: new Error(marker) });

  expect(withoutPayload(error)).toEqual({
    type: 'SiltstoneError',
    code: 'lake_damaged',
    message: 'the checkpoint x cannot be read',
  });
});
