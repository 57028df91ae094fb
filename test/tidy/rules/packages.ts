import { importsOf } from '../syntax.ts';
import type { Rule, SourceFile } from '../tree.ts';

/** DuckDB is opened in one place, so that its limits hold everywhere. */
export const onlyTheEngineLoadsDuckDb: Rule = (file) =>
  file.path !== 'src/engine.ts' && loads(file, '@duckdb/node-api') ? ['only src/engine.ts imports DuckDB'] : [];

/** What is asked only now and then is loaded only then, by the one file that knows how. */
export const onlyOneDoorToClickHouse: Rule = (file) =>
  file.path !== 'src/query/clickhouse.ts' && loads(file, '@clickhouse/client')
    ? ['only src/query/clickhouse.ts imports the client of ClickHouse']
    : [];

/** onnxruntime blocks its process and may crash it: one file loads it, and runs in a process of its own. */
export function filesThatLoadOnnx(files: readonly SourceFile[]): readonly string[] {
  return files.filter((file) => loads(file, 'onnxruntime-node')).map(({ path }) => path);
}

/** A real extension, so that the source runs as it stands. */
export const relativeImportsEndInTs: Rule = (file) =>
  importsOf(file)
    .filter(({ from }) => from.startsWith('.') && !from.endsWith('.ts'))
    .map(({ from }) => `the import ${from} does not end in .ts`);

/** Whether a file loads the package or one of its subpaths. */
function loads(file: SourceFile, name: string): boolean {
  return importsOf(file).some(({ from }) => from === name || from.startsWith(`${name}/`));
}
