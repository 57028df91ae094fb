/** Started by attend-job.ts: one job from its first event to its last. */
import { Worker } from 'node:worker_threads';
import { openJobEmitter } from '../emitters/index.ts';
import { SiltstoneError } from '../errors.ts';
import { emitterOf, type JobMessage, jobOrderSchema, jobRequestSchema } from './job-messages.ts';
import type { OrphanWatch } from './orphan-thread.ts';
import { killGroup } from './process-tree.ts';
import { recordJob } from './record-job.ts';

/** What a cancelled job may take to end by itself when nobody is left to end it. */
const orphanWaitMs = 5_000;

await main(process.argv[2] ?? '');

async function main(argument: string): Promise<void> {
  const request = jobRequestSchema.parse(JSON.parse(argument));
  const signal = cancelSignal();
  endWithParent();
  // Strict: what a job gives is what it records, so one that cannot record has failed.
  const emitter = openJobEmitter({ ...emitterOf(request), processName: 'job', strict: true });
  const result = await recordJob(request, emitter, { signal, say });
  emitter.close();
  await say({ type: 'result', result });
  // Native threads of the model and of the decoder may outlive their owners.
  process.exit();
}

/** Aborted by an order, by a signal of the terminal, and when the process that started this one has gone. */
function cancelSignal(): AbortSignal {
  const controller = new AbortController();
  const cancel = (reason: string) => controller.abort(new Error(reason));
  process.on('message', (message) => {
    const order = jobOrderSchema.parse(message);
    if (order.type === 'cancel') cancel('cancelled');
    else controller.abort(new SiltstoneError(order.code, order.message));
  });
  process.on('SIGINT', () => cancel('cancelled by SIGINT'));
  process.on('SIGTERM', () => cancel('cancelled by SIGTERM'));
  process.on('disconnect', () => {
    cancel('the process that started the job has ended');
    setTimeout(() => killGroup(process.pid), orphanWaitMs).unref();
  });
  return controller.signal;
}

/** A model that hangs blocks this thread, which then does not hear that its parent has gone: another one looks. */
function endWithParent(): void {
  const data: OrphanWatch = { parentPid: process.ppid, waitMs: orphanWaitMs };
  new Worker(new URL('./orphan-thread.js', import.meta.url), { workerData: data }).unref();
}

/** Resolves when the message has left, or when nobody is left to take it. */
function say(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
