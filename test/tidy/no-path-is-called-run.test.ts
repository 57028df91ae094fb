import { expect, test } from 'vitest';
import { routes } from '../../src/server/routes/index.ts';
import { noPathIsCalledRun } from './rules/routes.ts';
import { complaints, tree } from './tree.ts';

test('no route is called run', () => {
  const files = tree().filter(({ path }) => /^src\/server\/.*\.ts$/.test(path));

  expect(files.length).toBeGreaterThan(10);
  expect(complaints(noPathIsCalledRun, files)).toEqual([]);
  expect(routes.filter(({ path }) => /\/run\b/.test(path))).toEqual([]);
});

test.each([
  `route({ method: 'POST', path: '/run' });`,
  `route({ path: '/v1/plugins/:id/run', method: 'POST' });`,
  `app.post('/v1/run/:plugin', handle);`,
  'app.post(`/run`, handle);',
])('a path that is called run is found: %s', (text) => {
  expect(noPathIsCalledRun({ path: 'src/server/routes/jobs.ts', text })).toHaveLength(1);
});

test('what only looks like it is let through', () => {
  const text = `route({ path: '/v1/jobs/:id/plugin-runs' }); const state = 'running'; say('how to run it: siltstone run x');`;

  expect(noPathIsCalledRun({ path: 'src/server/routes/jobs.ts', text })).toEqual([]);
});
