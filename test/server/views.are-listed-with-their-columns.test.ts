import { expect, test } from 'vitest';
import { contractTables } from '../../src/query/index.ts';
import { serving } from './serving.ts';

interface Views {
  readonly views: readonly { readonly name: string; readonly grain: string; readonly columns: readonly object[] }[];
}

test('each view is listed with what a row is and its columns', async () => {
  const { json } = await serving();
  const { views } = (await json('/v1/views')) as Views;

  expect(views.map(({ name }) => name)).toEqual(expect.arrayContaining([...contractTables, 'invalid_boxes', 'events']));
  expect(views.filter(({ columns, grain }) => columns.length === 0 || !grain.startsWith('One row per'))).toEqual([]);
  expect(views.find(({ name }) => name === 'device_usage')?.columns).toEqual([
    { name: 'id', type: 'UUID' },
    { name: 'job_id', type: 'VARCHAR' },
    { name: 'device_requested', type: 'VARCHAR' },
    { name: 'device_used', type: 'VARCHAR' },
    { name: 'fallback', type: 'BOOLEAN' },
    { name: 'created_at', type: 'TIMESTAMP' },
  ]);
});
