// Appends events to a job until it is killed or has written COUNT; says after each flush how many lines are safe.
// node writer-process.mjs WAREHOUSE JOB COUNT
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openEventLog } from '../../dist/emitters/index.js';

const [warehouse, jobId, count] = process.argv.slice(2);
const log = openEventLog({ warehouse, jobId, processName: 'test' });
for (let i = 0; i < Number(count); i += 1) {
  log.append('log', { level: 'info', message: `event ${i} of ${jobId}, ${'x'.repeat(i % 300)}` });
  if (i % 7 !== 0) continue;
  await log.flush();
  // The stream's first line is stream.opened.
  writeSync(1, `${i + 2}\n`);
  await wait(1);
}
log.close();
writeSync(1, `${Number(count) + 1}\n`);
