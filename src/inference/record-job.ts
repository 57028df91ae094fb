import type { JobEmitter } from '../emitters/index.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { elapsedMs } from './clock.ts';
import { type JobRequest, type JobResult, type JobStatus, queuedStatus } from './job-messages.ts';
import type { PipelineJob, Tally } from './pipeline.ts';

type JobHooks = Pick<PipelineJob, 'signal' | 'say'>;

/** The states of a job: queued, running, and how it ended. What goes wrong in the job is its result, no exception. */
export async function recordJob(request: JobRequest, emitter: JobEmitter, hooks: JobHooks): Promise<JobResult> {
  const startedAt = performance.now();
  const tally: Tally = { frameCount: 0, detectionCount: 0, issueCount: 0 };
  const device = () =>
    tally.device === undefined || tally.device.used === 'none' ? request.device : tally.device.used;
  if (!request.isQueued) emitter.status(queuedStatus(request));
  // A crash from now on leaves a job that has begun.
  await emitter.flush();
  try {
    // Imported after the first event, so that a runtime that cannot even be loaded leaves a job that says so.
    const { runPipeline } = await import('./pipeline.ts');
    await runPipeline({ request, emitter, tally, ...hooks }, (attrs) => {
      emitter.status({ device: device(), status: 'running', attrs });
      hooks.say({ type: 'running' });
    });
    return end('done');
  } catch (error) {
    const { aborted, reason } = hooks.signal;
    if (!aborted) return end('error', error);
    // What a job that is to end throws meanwhile is only how it ended.
    return end(reason instanceof SiltstoneError ? 'error' : 'cancelled', reason);
  }

  function end(status: JobStatus, thrown?: unknown): JobResult {
    const durationMs = elapsedMs(startedAt);
    const error = thrown === undefined ? undefined : { code: codeOf(thrown), message: messageOf(thrown) };
    emitter.status({ device: device(), status, duration_ms: durationMs, error_message: error?.message });
    return { jobId: request.jobId, status, durationMs, ...tally, ...(error && { error }) };
  }
}

const codeOf = (thrown: unknown): string => (thrown instanceof SiltstoneError ? thrown.code : 'job_failed');
