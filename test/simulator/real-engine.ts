import type { Engine } from '../../src/engine.ts';
import { createFile, type Folder, find, write } from './disk.ts';
import { callAsync, type Machine } from './machine.ts';

const { mkdirSync, readFileSync, rmSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { dirname } = process.getBuiltinModule('node:path');

/**
 * DuckDB itself on the simulated machine: before a statement the real disk gets what the simulated one holds, and behind it
 * what the statement wrote is taken from there, as written and not synced. A statement is one call, so nobody else sees
 * the real disk meanwhile.
 */
export function openRealEngine(on: Machine, engine: Engine): Engine {
  const asked = <T>(statements: readonly string[], ask: () => Promise<T>): Promise<T> => {
    const written = writtenBy(statements);
    const act = async (): Promise<T> => {
      layOut(on);
      for (const path of written) mkdirSync(dirname(path), { recursive: true });
      const answer = await ask();
      for (const path of written) takeUp(on, path);
      return answer;
    };
    return callAsync(on, {
      name: 'engine',
      path: String(statements[0]).slice(0, 60),
      changes: written.length > 0,
      act,
    });
  };
  return {
    run: (sql, values) => asked([sql], () => engine.run(sql, values)),
    rows: (sql, values) => asked([sql], () => engine.rows(sql, values)),
    texts: (sql) => asked([sql], () => engine.texts(sql)),
    together: (statements) => asked(statements, () => engine.together(statements)),
    result: (sql, rowsMax) => asked([sql], () => engine.result(sql, rowsMax)),
    stream: (sql, values) => asked([sql], () => engine.stream(sql, values)),
    confine: (folders) => engine.confine(folders),
    interrupt: () => engine.interrupt(),
    close: () => engine.close(),
  };
}

const writtenBy = (statements: readonly string[]): readonly string[] =>
  statements.flatMap((sql) => [...sql.matchAll(/\bto\s+'(\/[^']*)'/g)].map((found) => String(found[1])));

/** What lies on the real disk, by path; bytes that are written once are never changed in place. */
const laidOut = new WeakMap<Machine, Map<string, Buffer>>();

function layOut(on: Machine): void {
  const there = laidOut.get(on) ?? new Map<string, Buffer>();
  laidOut.set(on, there);
  const wanted = new Map(filesBelow('', on.disk.root));
  for (const path of there.keys()) if (!wanted.has(path)) removeFile(there, path);
  for (const [path, bytes] of wanted) {
    if (there.get(path) === bytes) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    there.set(path, bytes);
  }
}

function removeFile(there: Map<string, Buffer>, path: string): void {
  rmSync(path, { force: true });
  there.delete(path);
}

function filesBelow(path: string, folder: Folder): readonly (readonly [string, Buffer])[] {
  return [...folder.entries].flatMap(([name, entry]) =>
    entry.kind === 'file' ? [[`${path}/${name}`, entry.bytes] as const] : filesBelow(`${path}/${name}`, entry),
  );
}

function takeUp(on: Machine, path: string): void {
  const found = find(on.disk, path);
  const file = found?.kind === 'file' ? found : createFile(on.disk, path, on.now);
  file.bytes = Buffer.alloc(0);
  write(file, readFileSync(path), on.now);
}
