/** Started by job.ts: one job from its first event to its last. */
import { openJobEmitter } from '../emitters/index.ts';
import { type JobMessage, jobRequestSchema } from './job-messages.ts';
import { recordJob } from './record-job.ts';

/** What a cancelled job may take to end by itself when nobody is left to end it. */
const orphanWaitMs = 5_000;

await main(process.argv[2] ?? '');

async function main(argument: string): Promise<void> {
  const request = jobRequestSchema.parse(JSON.parse(argument));
  const signal = cancelSignal();
  const { warehouse, jobId, plugin } = request;
  // Strict: what a job gives is what it records, so one that cannot record has failed.
  const emitter = openJobEmitter({ warehouse, jobId, plugin, processName: 'job', strict: true });
  const result = await recordJob(request, emitter, {
    signal,
    onProgress: (progress) => say({ type: 'progress', progress }),
  });
  emitter.close();
  await say({ type: 'result', result });
  // Native threads of the model and of the decoder may outlive their owners.
  process.exit();
}

/** Aborted by a message, by a signal of the terminal, and when the process that started this one has gone. */
function cancelSignal(): AbortSignal {
  const controller = new AbortController();
  const cancel = (reason: string) => controller.abort(new Error(reason));
  process.on('message', () => cancel('cancelled'));
  process.on('SIGINT', () => cancel('cancelled by SIGINT'));
  process.on('SIGTERM', () => cancel('cancelled by SIGTERM'));
  process.on('disconnect', () => {
    cancel('the process that started the job has ended');
    setTimeout(() => process.exit(1), orphanWaitMs).unref();
  });
  return controller.signal;
}

/** Resolves when the message has left, or when nobody is left to take it. */
function say(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
