import { expect, test } from 'vitest';
import {
  filesThatLoadOnnx,
  onlyOneDoorToClickHouse,
  onlyTheEngineLoadsDuckDb,
  relativeImportsEndInTs,
} from './rules/packages.ts';
import { complaints, tree } from './tree.ts';

const scripts = tree().filter(({ path }) => path.endsWith('.ts'));
const inSource = scripts.filter(({ path }) => path.startsWith('src/'));

test('only the engine imports DuckDB', () => {
  expect(complaints(onlyTheEngineLoadsDuckDb, inSource)).toEqual([]);
});

test('DuckDB imported elsewhere is found', () => {
  const file = { path: 'src/query/views.ts', text: `import type { DuckDBConnection } from '@duckdb/node-api';` };

  expect(onlyTheEngineLoadsDuckDb(file)).toEqual(['only src/engine.ts imports DuckDB']);
});

test('only one file imports the client of ClickHouse', () => {
  expect(complaints(onlyOneDoorToClickHouse, inSource)).toEqual([]);
});

test('the client of ClickHouse loaded elsewhere is found', () => {
  const file = { path: 'src/cli/query.ts', text: `const { createClient } = await import('@clickhouse/client');` };

  expect(onlyOneDoorToClickHouse(file)).toHaveLength(1);
});

test('exactly one file imports onnxruntime', () => {
  expect(filesThatLoadOnnx(inSource)).toHaveLength(1);
});

test('a second file that loads onnxruntime is found, however it does', () => {
  const session = { path: 'src/inference/session.ts', text: `import { InferenceSession } from 'onnxruntime-node';` };
  const probe = { path: 'src/inference/probe.ts', text: `const ort = require('onnxruntime-node');` };
  const doctor = { path: 'src/cli/doctor.ts', text: `require.resolve('onnxruntime-node/package.json');` };

  expect(filesThatLoadOnnx([session, probe, doctor])).toEqual([session.path, probe.path]);
});

test('every relative import ends in .ts', () => {
  expect(complaints(relativeImportsEndInTs, scripts)).toEqual([]);
});

test('a relative import without its extension, or with another, is found', () => {
  const file = {
    path: 'src/index.ts',
    text: `export * from './events'; import x from '../a.js'; import z from 'zod';`,
  };

  expect(relativeImportsEndInTs(file)).toEqual([
    'the import ../a.js does not end in .ts',
    'the import ./events does not end in .ts',
  ]);
});
