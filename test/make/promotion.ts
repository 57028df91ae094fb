import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Line } from './events.ts';
import type { Warehouse } from './warehouse.ts';

/** Writes the settings file of a warehouse. */
export function promote({ path }: Warehouse, kinds: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  writeFileSync(join(path, 'siltstone.json'), JSON.stringify({ kinds }));
}

/** A field of each type. */
export const sampleFields = {
  name: 'VARCHAR',
  slot: 'BIGINT',
  watts: 'DOUBLE',
  busy: 'BOOLEAN',
  read_at: 'TIMESTAMPTZ',
  limits: 'JSON',
} as const;

/** An event of the custom kind `gpu.sample`, whose other fields are its own. */
export function sample(seq: number, fields: Line): Line {
  return { event: 'gpu.sample', job_id: 'job-1', seq, ts: '2026-11-23T14:05:00.123Z', ...fields };
}
