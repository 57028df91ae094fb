import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeJob } from '../query/jobs.ts';
import { serving } from '../server/serving.ts';

const folder = new URL('../../web/src/sql/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));

/** Values for what a statement names by `$`: a job, or some number. */
function paramsOf(sql: string): Readonly<Record<string, string | number>> {
  const names = sql.replace(/--.*/g, '').match(/\$[a-z_]+/g) ?? [];
  return Object.fromEntries(names.map((name) => [name.slice(1), name.startsWith('$job') ? 'job-1' : 24]));
}

test('each statement of the UI, saved questions among them, is one that the server answers', async () => {
  const { ask, warehouse } = await serving({ serve_query_workers: 2, serve_query_timeout_ms: 60_000 });
  writeJob(warehouse, 'job-1');
  const answers = await Promise.all(
    files.map(async (file) => {
      const sql = readFileSync(new URL(file, folder), 'utf8');
      const body = JSON.stringify({ sql, params: paramsOf(sql) });
      const headers = { 'content-type': 'application/json' };
      const answer = await ask('/v1/query', { method: 'POST', headers, body });
      return { file, status: answer.status, text: await answer.text() };
    }),
  );

  expect(files).toEqual(expect.arrayContaining(['examples/01_invalid_boxes.sql', 'examples/02_missing_scores.sql']));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
});
