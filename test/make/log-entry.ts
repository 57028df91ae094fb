import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitPath } from '../../src/lake/index.ts';
import type { Warehouse } from './warehouse.ts';

/** Changes the text of a log entry, as a program that seals no entries would have written it. */
export function rewriteEntry({ path }: Warehouse, version: number, change: (text: string) => string): void {
  const entry = join(path, commitPath(version));
  const text = change(readFileSync(entry, 'utf8'));
  writeFileSync(entry, text.replace(/,"seal":"[0-9a-f]{8}"/, ''));
}
