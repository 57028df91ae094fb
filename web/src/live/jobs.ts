import { getJson } from '../api/client.ts';
import type { Job, JobPage } from '../api/types.ts';
import { makeStore } from '../store.ts';
import { type Filter, matches, merge } from './job-list.ts';

/** How news of jobs come: by the stream, by asking again and again, or not at all. */
export type Link = 'connecting' | 'live' | 'polling' | 'down';

export interface JobsState {
  readonly jobs: readonly Job[];
  readonly link: Link;
  readonly nextCursor: string | null;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
}

const pageRows = 500;
const pollMs = 3_000;
const streamEveryPolls = 10;

export const jobsStore = makeStore<JobsState>({
  jobs: [],
  link: 'connecting',
  nextCursor: null,
  isLoading: true,
  problem: undefined,
});

/** All jobs that run or wait, whatever the filter. */
export const unfinishedStore = makeStore<ReadonlyMap<string, Job>>(new Map());

let filter: Filter = {};
/** Answers to an older filter are dropped. */
let asked = 0;
/** The first page is asked for again and again; the cursor is that behind the last one. */
let pagesTaken = 0;

const set = (change: Partial<JobsState>) => jobsStore.set({ ...jobsStore.get(), ...change });

function pathOf(cursor: string | null): string {
  const params = new URLSearchParams({ limit: String(pageRows) });
  for (const [name, value] of Object.entries(filter)) if (value) params.set(name, value);
  if (cursor !== null) params.set('cursor', cursor);
  return `/v1/jobs?${params}`;
}

export async function showJobs(next: Filter): Promise<void> {
  filter = next;
  pagesTaken = 0;
  set({ jobs: [], nextCursor: null });
  await refreshJobs();
}

export async function refreshJobs(): Promise<void> {
  const turn = ++asked;
  set({ isLoading: true });
  const answer = await getJson<JobPage>(pathOf(null));
  if (turn !== asked) return;
  if (!answer.ok) return set({ isLoading: false, problem: answer.problem.message });
  const { jobs } = jobsStore.get();
  const nextCursor = pagesTaken > 1 ? jobsStore.get().nextCursor : answer.value.next_cursor;
  pagesTaken = Math.max(pagesTaken, 1);
  set({ jobs: merge(jobs, answer.value.jobs), nextCursor, isLoading: false, problem: undefined });
}

export async function loadMoreJobs(): Promise<void> {
  const { nextCursor, isLoading } = jobsStore.get();
  if (nextCursor === null || isLoading) return;
  const turn = ++asked;
  set({ isLoading: true });
  const answer = await getJson<JobPage>(pathOf(nextCursor));
  if (turn !== asked) return;
  if (!answer.ok) return set({ isLoading: false, problem: answer.problem.message });
  pagesTaken++;
  set({
    jobs: merge(jobsStore.get().jobs, answer.value.jobs),
    nextCursor: answer.value.next_cursor,
    isLoading: false,
    problem: undefined,
  });
}

const waiting = new Map<string, Job>();

/** Many may change at once: they are taken together, once for each drawn frame. */
function takeJob(job: Job): void {
  if (waiting.size === 0) setTimeout(takeWaiting, 50);
  waiting.set(job.job_id, job);
}

function takeWaiting(): void {
  const changed = [...waiting.values()];
  waiting.clear();
  set({ jobs: merge(jobsStore.get().jobs, changed, (job) => matches(job, filter)) });
  const unfinished = new Map(unfinishedStore.get());
  for (const job of changed) {
    if (job.status === 'queued' || job.status === 'running') unfinished.set(job.job_id, job);
    else unfinished.delete(job.job_id);
  }
  unfinishedStore.set(unfinished);
}

/** Follows the server's stream; where that cannot be had, asks every few seconds, and tries the stream again now and then. */
export function followJobs(): () => void {
  let source = openStream(onOpen, onError);
  let timer: ReturnType<typeof setInterval> | undefined;
  let turn = 0;
  async function poll() {
    if (source.readyState === EventSource.CLOSED && ++turn % streamEveryPolls === 0)
      source = openStream(onOpen, onError);
    await refreshJobs();
    const { problem, jobs } = jobsStore.get();
    if (timer === undefined) return;
    set({ link: problem === undefined ? 'polling' : 'down' });
    unfinishedStore.set(new Map(jobs.filter(isUnfinished).map((job) => [job.job_id, job])));
  }
  function onOpen() {
    clearInterval(timer);
    timer = undefined;
    unfinishedStore.set(new Map());
    set({ link: 'live' });
    void refreshJobs();
  }
  function onError() {
    if (timer !== undefined) return;
    timer = setInterval(poll, pollMs);
    void poll();
  }
  return () => {
    clearInterval(timer);
    source.close();
  };
}

function openStream(onOpen: () => void, onError: () => void): EventSource {
  const source = new EventSource('/v1/stream');
  source.onopen = onOpen;
  source.onerror = onError;
  source.addEventListener('job', ({ data }) => takeJob(JSON.parse(data) as Job));
  source.addEventListener('gap', () => void refreshJobs());
  return source;
}

const isUnfinished = ({ status }: Job): boolean => status === 'queued' || status === 'running';
