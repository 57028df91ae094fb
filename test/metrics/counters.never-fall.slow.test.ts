import { expect, test } from 'vitest';
import { history, type Moment } from './history.ts';

const total = ({ followed }: Moment, family: string): number =>
  [...(followed.shown.families.get(family)?.values() ?? [])].reduce((sum, { value }) => sum + value, 0);

/** Every number of every counter and bucket, by its name. */
function numbersOf({ followed }: Moment): ReadonlyMap<string, number> {
  return new Map(
    [...followed.shown.families].flatMap(([name, series]) =>
      [...series].flatMap(([key, { value, buckets = [] }]) => [
        [`${name}${key}`, value] as const,
        ...buckets.map((count, i) => [`${name}${key}#${i}`, count] as const),
      ]),
    ),
  );
}

function fallen(moments: readonly Moment[]): readonly string[] {
  const numbers = moments.map(numbersOf);
  return moments.slice(1).flatMap(({ step }, i) => {
    const after = numbers[i + 1] ?? new Map();
    const fell = [...(numbers[i] ?? [])].filter(([name, value]) => !((after.get(name) ?? Number.NaN) >= value));
    return fell.map(([name, value]) => `${step}: ${name} from ${value} to ${after.get(name)}`);
  });
}

test.each([1, 2])(
  'through any order of jobs, compactions, merges and restarts counters follow SQL and never fall: seed %i',
  async (seed) => {
    const moments = await history(seed, 30);

    expect(fallen(moments)).toEqual([]);
    expect(
      moments.map((one) => ({
        events: total(one, 'siltstone_events_total'),
        jobs: total(one, 'siltstone_jobs_total'),
        runs: total(one, 'siltstone_plugin_runs_total'),
      })),
    ).toEqual(moments.map(({ sql }) => sql));
  },
);
