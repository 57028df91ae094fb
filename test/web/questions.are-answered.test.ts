import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeJob } from '../query/jobs.ts';
import { serving } from '../server/serving.ts';

const folder = new URL('../../web/src/sql/examples/', import.meta.url);

test('each saved question is one that the server answers', async () => {
  const { ask, warehouse } = await serving({ serve_query_workers: 1, serve_query_timeout_ms: 60_000 });
  writeJob(warehouse, 'job-1');
  const statuses = [];
  for (const file of readdirSync(folder)) {
    const body = JSON.stringify({ sql: readFileSync(new URL(file, folder), 'utf8') });
    const headers = { 'content-type': 'application/json' };
    statuses.push([file, (await ask('/v1/query', { method: 'POST', headers, body })).status]);
  }

  expect(statuses.slice(0, 2)).toEqual([
    ['01_invalid_boxes.sql', 200],
    ['02_missing_scores.sql', 200],
  ]);
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
});
