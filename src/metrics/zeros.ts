import { seriesMax, type Totals } from './totals.ts';

const ends = ['done', 'error', 'cancelled'] as const;
const surfaces = ['server', 'browser'] as const;
const results = ['drawn', 'skipped', 'throttled'] as const;

/**
 * The families with a 0 for what can be known to come: an increase from nothing to 1 is none to whoever scrapes. Pure.
 * @param plugins those that can run here
 */
export function withZeros(families: Totals['families'], plugins: readonly string[]): Totals['families'] {
  const all = new Map(families);
  const add = (name: string, labelSets: readonly (readonly string[])[]): void => {
    const series = new Map(all.get(name));
    for (const labels of labelSets) {
      const key = JSON.stringify(labels);
      if (!series.has(key) && series.size < seriesMax) series.set(key, { labels, value: 0 });
    }
    all.set(name, series);
  };
  add(
    'siltstone_jobs_total',
    plugins.flatMap((plugin) => ends.map((status) => [status, plugin])),
  );
  add(
    'siltstone_overlay_frames_total',
    surfaces.flatMap((surface) => results.map((result) => [surface, result])),
  );
  add(
    'siltstone_overlay_dropped_frames_total',
    surfaces.map((surface) => [surface]),
  );
  add('siltstone_device_requests_total', [
    ['cpu', 'cpu'],
    ['gpu', 'gpu'],
    ['gpu', 'cpu'],
  ]);
  return all;
}
