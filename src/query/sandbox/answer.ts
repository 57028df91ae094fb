import { readFile, stat } from 'node:fs/promises';
import { SiltstoneError } from '../../errors.ts';
import { copyStatement, subquery } from '../export-copy.ts';
import type { Inside, Reader } from '../reader.ts';
import { checkStatement } from './check-statement.ts';
import type { Answer, Question, SandboxLimits } from './messages.ts';

type Limits = Pick<SandboxLimits, 'rowsMax' | 'bytesMax'>;

type Given = Omit<Answer, 'version'>;

/** Answers one question by a reader that is confined. `begin` is told when what is asked of begins: all before is ours. */
export async function answer(reader: Reader, question: Question, limits: Limits, begin: () => void): Promise<Answer> {
  const startedAt = performance.now();
  return reader.within(async (inside) => {
    begin();
    const { sql, params, format, explain } = question;
    await checkStatement(inside.engine, sql, inside.views);
    await inside.choose(sql, params);
    const facts = (): Facts => ({ version: reader.version, elapsed_ms: Math.round(performance.now() - startedAt) });
    const given = explain
      ? await planOf(inside, question, facts)
      : await (format === 'json' ? jsonRows : fileOfRows)(inside, question, limits, facts);
    return { ...given, version: reader.version };
  });
}

/** What a JSON answer says beside the rows. */
interface Facts {
  readonly version: number;
  readonly elapsed_ms: number;
}

async function planOf({ engine }: Inside, { sql, params }: Question, facts: () => Facts): Promise<Given> {
  const rows = await engine.rows(`explain ${sql}`, params);
  const plan = rows.map(({ explain_value }) => String(explain_value)).join('\n');
  return { content: Buffer.from(JSON.stringify({ plan, ...facts() })), rowCount: 0, isTruncated: false };
}

/** Row by row, so that a statement that never ends is left as soon as there is enough of it. */
async function jsonRows(
  { engine }: Inside,
  { sql, params }: Question,
  { rowsMax, bytesMax }: Limits,
  facts: () => Facts,
): Promise<Given> {
  const { columns, chunks } = await engine.stream(sql, params);
  const parts: string[] = [];
  let bytes = 0;
  let isTruncated = false;
  for await (const rows of chunks) {
    const wanted = rows.slice(0, rowsMax - parts.length);
    for (const row of wanted) {
      const text = JSON.stringify(row);
      bytes += Buffer.byteLength(text) + 1;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      parts.push(text);
    }
    isTruncated = wanted.length < rows.length;
    if (isTruncated) break;
  }
  const end = { row_count: parts.length, truncated: isTruncated, ...facts() };
  const text = `{"columns":${JSON.stringify(columns)},"rows":[${parts.join(',')}],${JSON.stringify(end).slice(1)}`;
  return { content: Buffer.from(text), rowCount: parts.length, isTruncated };
}

/**
 * DuckDB writes the other forms itself, so that every type comes out as `siltstone query` gives it: into the folder of this
 * process alone, by a statement of ours over a table of the rows. The statement that was asked never writes.
 */
async function fileOfRows(
  { engine, scratch }: Inside,
  { sql, params, format }: Question,
  { rowsMax, bytesMax }: Limits,
): Promise<Given> {
  const path = `${scratch.dir}/answer`;
  try {
    await engine.run(`create temp table sandbox_rows as from ${subquery(sql)} limit ${rowsMax + 1}`, params);
    const [counted] = await engine.rows('select count(*) as total from sandbox_rows');
    const total = Number(counted?.total);
    await engine.run(`delete from sandbox_rows where rowid >= ${rowsMax}`);
    await engine.run(await copyStatement(engine, { view: 'sandbox_rows' }, path, { format }));
    if ((await stat(path)).size > bytesMax) throw tooLarge(bytesMax);
    return { content: await readFile(path), rowCount: Math.min(total, rowsMax), isTruncated: total > rowsMax };
  } finally {
    await engine.run('drop table if exists sandbox_rows');
    await scratch.write('answer', '');
  }
}

function tooLarge(bytesMax: number): SiltstoneError {
  return new SiltstoneError(
    'query_too_large',
    `the answer has more than ${bytesMax} bytes, the setting serve_query_bytes_max`,
  );
}
