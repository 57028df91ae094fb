import { endInterrupted } from '../care/index.ts';
import { messageOf } from '../errors.ts';
import type { Settings } from '../settings.ts';

/** Says of jobs that a crash cut off that they have ended. It fails nothing: the next command looks again. */
export async function endInterruptedJobs(settings: Settings, tell: (text: string) => void): Promise<void> {
  try {
    const jobs = await endInterrupted(settings);
    for (const { jobId } of jobs) tell(`the job ${jobId} was cut off by a crash, and is an error now: interrupted`);
  } catch (error) {
    tell(`jobs that a crash cut off could not be looked for: ${messageOf(error)}`);
  }
}
