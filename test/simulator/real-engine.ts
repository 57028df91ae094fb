import type { Engine, Row } from '../../src/engine.ts';
import { createFile, fileAt, find, write } from './disk.ts';
import { callAsync, type Machine } from './machine.ts';

const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { dirname } = process.getBuiltinModule('node:path');

/**
 * DuckDB itself on the simulated machine: files that a statement names are laid out on the real disk before it, and what it
 * wrote is taken from there behind it, as written and not synced. A statement is one call: others come before or behind it.
 */
export function openRealEngine(on: Machine, engine: Engine): Engine {
  const asked = async <T>(sql: readonly string[], act: () => Promise<T>): Promise<T> => {
    await callAsync(on, {
      name: 'engine',
      path: String(sql[0]).slice(0, 40),
      changes: true,
      act: () => layOut(on, sql),
    });
    // The process holds the turn while DuckDB works: nobody else sees the real disk.
    return callAsync(on, {
      name: 'engine',
      path: '',
      changes: false,
      act: async () => {
        const value = await act();
        takeUp(on, sql);
        return value;
      },
    });
  };
  return {
    run: (sql, values) => asked([sql, ...(values ?? []).map(quoted)], () => engine.run(sql, values)),
    rows: (sql, values) => asked([sql, ...(values ?? []).map(quoted)], () => engine.rows(sql, values)),
    texts: (sql) => asked([sql], () => engine.texts(sql)),
    together: (statements) => asked<readonly (readonly Row[])[]>(statements, () => engine.together(statements)),
    result: (sql, rowsMax) => asked([sql], () => engine.result(sql, rowsMax)),
    interrupt: () => engine.interrupt(),
    close: () => engine.close(),
  };
}

const quoted = (value: unknown): string => `'${String(value)}'`;
const pathsIn = (statements: readonly string[]): readonly string[] =>
  statements.flatMap((sql) => [...sql.matchAll(/'(\/[^']*)'/g)].map((found) => String(found[1])));
const writtenBy = (statements: readonly string[]): readonly string[] =>
  statements.flatMap((sql) => [...sql.matchAll(/\bto\s+'(\/[^']*)'/g)].map((found) => String(found[1])));

function layOut(on: Machine, statements: readonly string[]): void {
  for (const path of pathsIn(statements)) {
    const entry = find(on.disk, path);
    if (entry === undefined && existsSync(path)) rmSync(path, { recursive: true });
    if (entry?.kind !== 'file') continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, entry.bytes);
  }
  for (const path of writtenBy(statements)) mkdirSync(dirname(path), { recursive: true });
}

function takeUp(on: Machine, statements: readonly string[]): void {
  for (const path of writtenBy(statements)) {
    const file =
      find(on.disk, path)?.kind === 'file' ? fileAt(on.disk, path, 'open') : createFile(on.disk, path, on.now);
    file.bytes = Buffer.alloc(0);
    write(file, readFileSync(path), on.now);
  }
}
