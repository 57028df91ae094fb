import { open } from 'node:fs/promises';
import { systemCodeOf } from '../errors.ts';
import { readRange } from './lines.ts';
import type { Pending } from './streams.ts';

const tailBytes = 16 * 1024;
const jobEnd = /"event"\s*:\s*"job\.status"[^\n]*"status"\s*:\s*"(done|error|cancelled)"/;

/** Whether a stream's last pending lines tell of a job's end. A hint for when to compact: nothing is decided by it. */
export async function endsAJob(pending: Pending): Promise<boolean> {
  try {
    const handle = await open(pending.file, 'r');
    try {
      const from = Math.max(pending.from.bytes, pending.bytes - tailBytes);
      return jobEnd.test((await readRange(handle, { from, to: pending.bytes })).toString('latin1'));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
