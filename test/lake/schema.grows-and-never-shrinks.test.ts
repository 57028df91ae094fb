import { expect, test } from 'vitest';
import { deltaFields, deltaSchema } from '../../src/events/index.ts';
import { commit, loadSnapshot } from '../../src/lake/index.ts';
import { tempEngine, tempWarehouse } from '../make/warehouse.ts';
import { addOf, committed } from './made-lake.ts';

type Fields = readonly { readonly name: string; readonly type: unknown }[];

const fieldsIn = (schemaString: string | undefined): Fields =>
  (JSON.parse(schemaString ?? '{}') as { readonly fields: Fields }).fields;

const schemaOf = (fields: Fields): string => JSON.stringify({ type: 'struct', fields });

const created = (schemaString: string, partitionColumns = ['event', 'date']) => [
  { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
  {
    metaData: {
      id: '019ab0e0-1234-7abc-8def-000000000001',
      format: { provider: 'parquet', options: {} },
      schemaString,
      partitionColumns,
      configuration: {},
    },
  },
];

/** A table whose first commit says that of itself. */
async function lakeWith(...described: Parameters<typeof created>) {
  const { storage } = tempWarehouse();
  const engine = await tempEngine();
  await commit(storage, 0, created(...described));
  return { storage, engine };
}

const unknown = { name: 'of_a_later_version', type: 'decimal(10,2)', nullable: true, metadata: { note: 'kept' } };

test('a commit keeps columns that it does not know, with all that is said of them', async () => {
  const { storage, engine } = await lakeWith(schemaOf([...deltaFields, unknown]));

  const snapshot = await committed(storage, engine, [addOf('a')]);

  expect(fieldsIn(snapshot?.metaData?.schemaString)).toEqual([...deltaFields, unknown]);
});

test('a commit adds the columns that an older version did not have behind the others', async () => {
  const older = deltaFields.filter(({ name }) => name !== 'keypoints');
  const { storage, engine } = await lakeWith(schemaOf([...older, unknown]));

  await committed(storage, engine, [addOf('a')]);
  const { metaData } = await loadSnapshot(storage, engine);

  expect(fieldsIn(metaData?.schemaString).map(({ name }) => name)).toEqual([
    ...older.map(({ name }) => name),
    'of_a_later_version',
    'keypoints',
  ]);
});

test.each([
  ['score', 'string', 'the lake holds the column score as string, and this siltstone reads it as double'],
  ['Score', 'long', 'the lake holds the column score as long, and this siltstone reads it as double'],
  ['payload', { type: 'struct', fields: [] }, 'the column payload as {"type":"struct","fields":[]}, and'],
])('a column %s of the type %j is told, before anything is read by it', async (name, type, message) => {
  const others = deltaFields.filter((field) => field.name !== name.toLowerCase());
  const { storage, engine } = await lakeWith(schemaOf([...others, { ...unknown, name, type }] as Fields));

  const opening = loadSnapshot(storage, engine);

  await expect(opening).rejects.toMatchObject({ code: 'lake_too_new', message: expect.stringContaining(message) });
});

test('a lake that is partitioned in another way is told', async () => {
  const { storage, engine } = await lakeWith(deltaSchema, ['date']);

  const message = 'the lake is partitioned by date, and this siltstone reads one by event,date';
  await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({
    code: 'lake_too_new',
    message: expect.stringContaining(message),
  });
});

test.each(['{', 'null', '{}', '{"fields":[{}]}'])(
  'a schema that cannot be read is damage: %s',
  async (schemaString) => {
    const { storage, engine } = await lakeWith(schemaString);

    await expect(loadSnapshot(storage, engine)).rejects.toMatchObject({ code: 'lake_damaged' });
  },
);

test('a retyped column is told to a reader that goes on from an older snapshot too', async () => {
  const { storage, engine } = await lakeWith(deltaSchema);
  const known = await loadSnapshot(storage, engine);
  await commit(storage, 1, created(deltaSchema.replace('"double"', '"long"')).slice(1));

  await expect(loadSnapshot(storage, engine, known)).rejects.toMatchObject({ code: 'lake_too_new' });
});
