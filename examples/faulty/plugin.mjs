// A siltstone plugin that is wrong on purpose: each frame has the next fault of faults.mjs, and after 40 it crashes.
// Run it to see what becomes of bad outputs: siltstone plugins add examples/faulty; siltstone run faulty VIDEO
import { createInterface } from 'node:readline';
import { faults } from './faults.mjs';

/** Twice through all faults; a shorter input ends well. */
const crashAtFrame = 2 * faults.length;

for await (const line of createInterface({ input: process.stdin })) {
  const { frame, width, height } = JSON.parse(line);
  if (frame === crashAtFrame) crash();
  const { dialect, payload } = faults[frame % faults.length];
  process.stdout.write(`${JSON.stringify({ frame, payload: payload({ width, height }), dialect })}\n`);
}

/** As a segmentation fault does, but with a word. */
function crash() {
  process.stderr.write('it crashes on purpose, for it is faulty\n');
  process.exit(1);
}
