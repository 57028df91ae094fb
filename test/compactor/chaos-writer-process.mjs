// Appends events to a job that has already ended, so that its streams may be swept at any moment, until its standard input
// closes; says after each flush how many events are safe.
// node chaos-writer-process.mjs WAREHOUSE JOB
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openEventLog } from '../../dist/emitters/index.js';

const [warehouse, jobId] = process.argv.slice(2);
const log = openEventLog({ warehouse, jobId, processName: 'test', logger: { warn: () => {} } });
let isOver = false;
process.stdin.resume().on('end', () => {
  isOver = true;
});
log.append('job.status', { plugin: 'p', device: 'cpu', status: 'done' });
for (let i = 0; !isOver; i += 1) {
  // Of several kinds, some of one's own.
  const kind = i % 5 === 0 ? `chaos.k${i % 35}` : 'log';
  log.append(kind, { level: 'info', message: 'x'.repeat(i % 300), attrs: { i } });
  if (i % 7 !== 0) continue;
  await log.flush();
  // On a full disk it holds back: nothing of that is safe yet.
  const { appended, written } = log.counts();
  if (appended === written) writeSync(1, `${i + 1}\n`);
  await wait(i % 700 === 0 ? 300 : 5);
}
log.close();
