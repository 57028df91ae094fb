import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

const page = readFileSync(new URL('../../docs/custom-kinds.md', import.meta.url), 'utf8');

/** The blocks of the page in a language. */
function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

test('docs/custom-kinds.md: the event, the file and both queries do what the page says', async () => {
  const warehouse = tempWarehouse();
  const [before = '', after = ''] = blocks('sql');
  warehouse.append('match-7/a.ndjson', blocks('jsonl').join(''));
  const reader = await tempReader(warehouse);

  expect(await reader.rows(before)).toEqual([{ gpu: 'A100', watts: 301.5 }]);
  writeFileSync(join(warehouse.path, 'siltstone.json'), blocks('json').join(''));
  expect(await reader.rows(after)).toEqual([{ gpu: 'A100', watts: 301.5 }]);
  await compacted(warehouse);
  expect(await reader.rows(after)).toEqual([{ gpu: 'A100', watts: 301.5 }]);
});

test('docs/custom-kinds.md: the columns are in the order that the page says', async () => {
  const warehouse = tempWarehouse();
  writeFileSync(join(warehouse.path, 'siltstone.json'), blocks('json').join(''));
  const columns = await (await tempReader(warehouse)).rows('describe gpu_sample');

  const [, head = '', tail = ''] = /columns are (.*), the promoted fields, ([\s\S]*?)\. /.exec(page) ?? [];
  const said = [...head.matchAll(/`(\w+)`/g), ...tail.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(columns.map(({ column_name: name }) => name).filter((name) => !/gpu|watts|fan/.test(String(name)))).toEqual(
    said,
  );
});
