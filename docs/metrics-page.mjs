import { countedFamilies, pages } from '../dist/metrics/families.js';
import { stateFamilies } from '../dist/metrics/state.js';

const titles = {
  job: 'Jobs, the lake and the disk: `/metrics/job`',
  plugin: 'Plugins and the overlay: `/metrics/plugin`',
  device: 'Devices: `/metrics/device`',
};

const intro = `\`siltstone serve\` tells Prometheus how the warehouse fares: \`/metrics\` has all of the tables below and the metrics of the server's own
process (\`siltstone_server_…\`), the other pages a part each. Plain text, or OpenMetrics for who prefers it. With a token set, metrics are for
who may \`read\`.

- Counters and histograms count the whole warehouse, whoever wrote to it: what is compacted, by the lake's log, and what is hot. A
  restart, a compaction, a merge and retention change none of them. A scrape reads memory; the counts are brought up to date every
  \`metrics_refresh_ms\`, and until they are for the first time there are none.
- They are kept in \`metrics/totals.json\` of the warehouse. Where that file is missing, damaged or of another history of the lake, as after a
  restore, or where no server ran for so long that the files of a commit were vacuumed, the lake is counted anew. What retention
  removed before that is lost to the counters then, and Prometheus sees a reset.
- A job counts once, by the first status that ended it. Values are in base units; an age is told as the time it began:
  \`time() - siltstone_job_oldest_queued_timestamp_seconds\`.
- No label is a job, a frame or a track. A family has at most 200 sets of labels; further plugins, tools and codes are counted as \`other\`.
- The plugin's version is in \`siltstone_plugin_info\`: join it by \`plugin\`. GPU memory is told by the exporter of the GPU's maker.

Prometheus and Grafana, with dashboards and alerts: [dashboards/README.md](../dashboards/README.md).`;

/** @param {{ generatedFrom: (source: string) => string, table: (head: string[], rows: string[][]) => string }} format */
export function metricsPage({ generatedFrom, table }) {
  return [
    '# Metrics',
    generatedFrom('src/metrics and docs/metrics-page.mjs'),
    intro,
    ...pages.flatMap((page) => [`## ${titles[page]}`, familiesTable(page, table)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function familiesTable(page, table) {
  const rows = [...countedFamilies, ...stateFamilies]
    .filter((family) => family.page === page)
    .map(({ name, type, labels, help, bounds }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(' '),
      bounds === undefined ? help : `${help}; buckets: ${bounds.join(' ')}`,
    ]);
  return table(['metric', 'type', 'labels', 'meaning'], rows);
}
