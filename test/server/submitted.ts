import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { clipPath } from '../inference/football.ts';
import type { Serving } from './serving.ts';

/** The clip of the samples, as a form has it. */
export const clip = (): File => new File([readFileSync(clipPath)], 'football.mp4');

/** A picture of one colour. */
export async function picture(width = 64, height = 48, name = 'a.png'): Promise<File> {
  const background = { r: 200, g: 30, b: 30 };
  const png = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
  return new File([new Uint8Array(png)], name);
}

/** Sends files as a browser does. */
export function send(
  { ask }: Serving,
  query: string,
  files: readonly File[],
  headers: Readonly<Record<string, string>> = {},
) {
  const body = new FormData();
  for (const file of files) body.append('file', file);
  return ask(`/v1/jobs?${query}`, { method: 'POST', body, headers });
}

/** Submits a path of the server. */
export const sendPath = ({ ask }: Serving, query: string, path: string) =>
  ask(`/v1/jobs?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path }),
  });

export const idOf = async (answer: Response): Promise<string> => {
  const { job_id } = (await answer.json()) as { readonly job_id: string };
  return job_id;
};

interface Job {
  readonly status: string;
}

/** Resolves with the job once it has ended. */
export async function ended({ json }: Serving, id: string): Promise<Job> {
  while (true) {
    const job = (await json(`/v1/jobs/${id}`)) as Job;
    if (!['queued', 'running'].includes(job.status)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
