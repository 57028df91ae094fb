import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '../../engine.ts';
import { type Reader, readSql } from '../../query/index.ts';
import type { Job } from '../job.ts';
import type { JobList } from '../job-list.ts';
import type { LookerOn } from './looker-on.ts';
import { eventMessage, jobMessage, type Message, type Place, pingText, type Wanted } from './message.ts';

/** What comes into the warehouse, as it comes, for all who look on: it is looked for once, however many they are. */
export interface Feed {
  /** Begins to give: what was missed since a place where one is given, then all unfinished jobs, then what comes. */
  join(one: LookerOn, since: Place | undefined): Promise<void>;
  leave(one: LookerOn): void;
  /** How many look on. */
  count(): number;
  close(): Promise<void>;
}

export interface FeedOptions {
  readonly reader: Reader;
  readonly jobs: JobList;
  readonly onProblem: (problem: unknown) => void;
}

const lookWaitMs = 250;
const problemWaitMs = 2_000;
const pingMs = 15_000;
/** Of events that one look gives; more than 2,000 a second nobody reads. */
const eventsMax = 500;
/** Messages that are kept for those who come back. */
const keptMax = 5_000;
/** A page that is loaded anew comes back at once: until then the feed goes on for nobody. */
const lingerMs = 30_000;

interface FeedState extends FeedOptions {
  readonly lookers: Set<LookerOn>;
  /** Of this run: a place of another one says nothing about these numbers. */
  epoch: string;
  nextNumber: number;
  kept: Message[];
  running: Promise<void> | undefined;
  leftAt: number;
  isClosed: boolean;
}

export function openFeed(options: FeedOptions): Feed {
  const state: FeedState = {
    ...options,
    lookers: new Set(),
    epoch: '',
    nextNumber: 0,
    kept: [],
    running: undefined,
    leftAt: 0,
    isClosed: false,
  };
  return {
    join: async (one, since) => {
      state.lookers.add(one);
      if (state.running === undefined) begin(state);
      if (since !== undefined) await giveMissed(state, one, since);
      for (const job of state.jobs.unfinished()) one.give(jobMessageNow(state, job, state.nextNumber - 1));
    },
    leave: (one) => {
      state.lookers.delete(one);
      state.leftAt = performance.now();
    },
    count: () => state.lookers.size,
    close: async () => {
      state.isClosed = true;
      for (const one of state.lookers) one.end();
      state.lookers.clear();
      await state.running;
    },
  };
}

function begin(state: FeedState): void {
  Object.assign(state, { epoch: randomBytes(4).toString('hex'), nextNumber: 1, kept: [] });
  state.running = run(state).finally(() => {
    state.running = undefined;
  });
}

/** Ends a while after the last has left. */
async function run(state: FeedState): Promise<void> {
  const { jobs, lookers } = state;
  const forget = jobs.onChange((job) => tell(state, jobMessageNow(state, job, state.nextNumber)));
  const ping = setInterval(() => {
    for (const one of lookers) one.say(pingText);
  }, pingMs);
  try {
    let isBegun = false;
    while (!state.isClosed && (lookers.size > 0 || performance.now() - state.leftAt < lingerMs)) {
      try {
        await jobs.refresh();
        await look(state, isBegun);
        isBegun = true;
        await wait(lookWaitMs, undefined, { ref: false });
      } catch (error) {
        state.onProblem(error);
        await wait(problemWaitMs, undefined, { ref: false });
      }
    }
  } finally {
    clearInterval(ping);
    forget();
  }
}

async function look(state: FeedState, isBegun: boolean): Promise<void> {
  if (!isBegun) {
    await state.reader.rows(`${readSql('follow.sql')}\n${readSql('serve/live_begin.sql')}`, undefined, {});
    return;
  }
  const { kinds, jobIds } = togetherWanted(state.lookers);
  const rows = await state.reader.rows(readSql('serve/live_next.sql'), [kinds, jobIds, eventsMax], {});
  const dropped = droppedIn(rows);
  if (dropped > 0) for (const one of state.lookers) one.skip(dropped);
  for (const row of rows) tell(state, eventMessage(row, { epoch: state.epoch, number: state.nextNumber }));
}

const droppedIn = (rows: readonly Row[]): number => Number(rows[0]?.came_count ?? 0) - rows.length;

/** What any of them wants, as texts with commas. */
function togetherWanted(lookers: ReadonlySet<LookerOn>): { readonly kinds: string; readonly jobIds: string } {
  const all = [...lookers].map(({ wanted }) => wanted);
  const joined = (listOf: (wanted: Wanted) => readonly string[]): string =>
    all.some((wanted) => listOf(wanted).length === 0) ? '' : [...new Set(all.flatMap(listOf))].join(',');
  return { kinds: joined(({ kinds }) => kinds), jobIds: joined(({ jobIds }) => jobIds) };
}

function tell(state: FeedState, message: Message): void {
  state.nextNumber = message.number + 1;
  state.kept.push(message);
  if (state.kept.length > keptMax) state.kept.splice(0, state.kept.length - keptMax);
  for (const one of state.lookers) one.give(message);
}

const jobMessageNow = ({ epoch }: FeedState, job: Job, number: number): Message =>
  jobMessage(job, { tsUs: Date.now() * 1000, epoch, number });

/** Of the same run, the messages themselves; of another one, what the warehouse has since then: some of it comes twice. */
async function giveMissed(state: FeedState, one: LookerOn, since: Place): Promise<void> {
  if (since.epoch === state.epoch) {
    const first = state.kept[0]?.number ?? state.nextNumber;
    const lost = first - since.number - 1;
    if (lost > 0) one.skip(lost);
    for (const message of state.kept) if (message.number > since.number) one.give(message);
    return;
  }
  const { kinds, jobIds } = togetherWanted(new Set([one]));
  const rows = await state.reader.rows(readSql('serve/live_since.sql'), [kinds, jobIds, eventsMax, since.tsUs], {});
  const dropped = droppedIn(rows);
  if (dropped > 0) one.skip(dropped);
  for (const row of rows) one.give(eventMessage(row, { epoch: state.epoch, number: 0 }));
  const sinceTime = new Date(since.tsUs / 1000).toISOString();
  for (const job of await state.jobs.page({}, jobsMissedMax)) {
    if (job.completed_at !== null && job.completed_at >= sinceTime) one.give(jobMessageNow(state, job, 0));
  }
}

/** Jobs that ended while nobody looked on are told of the newest of these. */
const jobsMissedMax = 500;
