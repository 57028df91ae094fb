import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventLogOptions } from '../../src/emitters/event-log-options.ts';
import { type EventLog, openEventLog } from '../../src/emitters/index.ts';

export type Line = Readonly<Record<string, unknown>>;

/** An empty warehouse that is gone after the test. */
export function tempWarehouse(): string {
  const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-emitters-'));
  onTestFinished(() => rmSync(warehouse, { recursive: true, force: true }));
  return warehouse;
}

/** A log of the job `j1` that says nothing and is closed after the test. */
export function makeLog(options: Partial<EventLogOptions> = {}): EventLog {
  const log = openEventLog({ jobId: 'j1', warehouse: tempWarehouse(), logger: { warn: () => undefined }, ...options });
  onTestFinished(() => log.close());
  return log;
}

/** The paths of a job's streams, oldest first. */
export function streamsOf(warehouse: string, jobId = 'j1'): readonly string[] {
  const folder = join(warehouse, 'inbox', jobId);
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

export function linesOf(path: string): readonly Line[] {
  return parseLines(readFileSync(path, 'utf8'));
}

/** Every line ends in `\n`: a text that does not is torn. */
export function parseLines(text: string): readonly Line[] {
  return text.split(/(?<=\n)/).map((line) => {
    if (!line.endsWith('\n')) throw new Error(`torn: ${line}`);
    return JSON.parse(line) as Line;
  });
}

/** The lines of a job's only stream, after the one that opened it. */
export function eventsOf(warehouse: string, jobId = 'j1'): readonly Line[] {
  const [path, ...others] = streamsOf(warehouse, jobId);
  if (path === undefined || others.length > 0) throw new Error(`${others.length + 1} streams`);
  return linesOf(path).slice(1);
}
