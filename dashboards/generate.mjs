// Writes the Grafana dashboards of this folder.
//   node dashboards/generate.mjs            writes them all
//   node dashboards/generate.mjs --check    changes nothing, names each one that has drifted, exits 1 for any
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bars, dashboard, heatmap, lines, row, stat, states, table, variable } from './panels.mjs';

const ofPlugin = 'plugin=~"$plugin"';
const ofTool = `${ofPlugin},tool=~"$tool"`;
const rate = '[$__rate_interval]';
const plugin = variable('plugin', 'label_values(siltstone_plugin_runs_total, plugin)');
const quantiles = (metric, selector, by) =>
  [0.5, 0.9, 0.99].map((q) => [
    `histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${metric}_bucket{${selector}}${rate})))`,
    [`p${q * 100}`, ...by.map((label) => `{{${label}}}`)].join(' '),
  ]);

const jobs = dashboard(
  'siltstone-jobs',
  'siltstone: jobs',
  [variable('plugin', 'label_values(siltstone_jobs_total, plugin)')],
  [
    stat('Running', 'short', [['siltstone_jobs_in_state{state="running"}', '']]),
    stat('Queued', 'short', [['siltstone_jobs_in_state{state="queued"}', '']]),
    stat('Ended in this time', 'short', [[`sum(increase(siltstone_jobs_total{${ofPlugin}}[$__range]))`, '']]),
    stat(
      'Failed',
      'percentunit',
      [
        [
          `sum(increase(siltstone_jobs_total{status="error",${ofPlugin}}[$__range])) / sum(increase(siltstone_jobs_total{${ofPlugin}}[$__range]))`,
          '',
        ],
      ],
      { warnAt: 0.05, alarmAt: 0.1 },
    ),
    stat('Compaction lag', 's', [['time() - siltstone_inbox_oldest_pending_timestamp_seconds', '']], {
      warnAt: 300,
      alarmAt: 900,
      none: '0 s',
    }),
    stat('Free before compaction stops', 'bytes', [['siltstone_disk_free_bytes - siltstone_disk_reserve_bytes', '']]),
    row('Jobs'),
    bars('Jobs ended, by status', 'short', [
      [`sum by (status) (increase(siltstone_jobs_total{${ofPlugin}}${rate}))`, '{{status}}'],
    ]),
    lines('Part that failed, by plugin', 'percentunit', [
      [
        `sum by (plugin) (rate(siltstone_jobs_total{status="error",${ofPlugin}}${rate})) / sum by (plugin) (rate(siltstone_jobs_total{${ofPlugin}}${rate}))`,
        '{{plugin}}',
      ],
    ]),
    lines('Duration', 's', quantiles('siltstone_job_duration_seconds', ofPlugin, [])),
    heatmap('Duration, all jobs', 's', [
      [`sum by (le) (increase(siltstone_job_duration_seconds_bucket{${ofPlugin}}${rate}))`, '{{le}}'],
    ]),
    states('Jobs that have not ended', 'short', [['siltstone_jobs_in_state', '{{state}}']]),
    lines('Longest wait in the queue', 's', [['time() - siltstone_job_oldest_queued_timestamp_seconds', 'waiting']]),
    table('Last success', 'dateTimeAsIso', [
      [`siltstone_job_last_success_timestamp_seconds{${ofPlugin}} * 1000`, '{{plugin}}'],
    ]),
    row('Stages'),
    states('Time in each stage, per second', 's', [
      [
        'sum by (stage) (rate(siltstone_job_stage_duration_seconds_sum{stage!="queue"}[$__rate_interval]))',
        '{{stage}}',
      ],
    ]),
    lines('Mean time of a stage', 's', [
      [
        'sum by (stage) (rate(siltstone_job_stage_duration_seconds_sum[$__rate_interval])) / sum by (stage) (rate(siltstone_job_stage_duration_seconds_count[$__rate_interval]))',
        '{{stage}}',
      ],
    ]),
    row('The warehouse'),
    bars('Events', 'short', [['sum by (event) (increase(siltstone_events_total[$__rate_interval]))', '{{event}}']]),
    lines('Events that wait for compaction', 'short', [['siltstone_inbox_pending_events', 'pending']]),
    lines('Bytes of the lake', 'bytes', [['siltstone_lake_bytes', 'live files']]),
    lines('Free on the disk', 'bytes', [
      ['siltstone_disk_free_bytes', 'free'],
      ['siltstone_disk_reserve_bytes', 'reserve'],
    ]),
  ],
);

const plugins = dashboard(
  'siltstone-plugins',
  'siltstone: plugins',
  [plugin, variable('tool', 'label_values(siltstone_plugin_runs_total{plugin=~"$plugin"}, tool)')],
  [
    stat('Runs in this time', 'short', [[`sum(increase(siltstone_plugin_runs_total{${ofTool}}[$__range]))`, '']]),
    stat(
      'Runs that failed',
      'percentunit',
      [
        [
          `sum(increase(siltstone_plugin_runs_total{outcome="error",${ofTool}}[$__range])) / sum(increase(siltstone_plugin_runs_total{${ofTool}}[$__range]))`,
          '',
        ],
      ],
      { warnAt: 0.01, alarmAt: 0.05 },
    ),
    stat('Boxes in this time', 'short', [
      [`sum(increase(siltstone_plugin_detections_total{${ofPlugin}}[$__range]))`, ''],
    ]),
    stat(
      'Issues per frame',
      'percentunit',
      [
        [
          `sum(increase(siltstone_normalisation_issues_total{${ofPlugin}}[$__range])) / sum(increase(siltstone_plugin_frames_total{${ofPlugin}}[$__range]))`,
          '',
        ],
      ],
      { warnAt: 0.05, alarmAt: 0.5, none: '0 %' },
    ),
    row('Speed'),
    lines('Frames a second', 'short', [
      [`sum by (plugin) (rate(siltstone_plugin_frames_total{${ofPlugin}}${rate}))`, '{{plugin}}'],
    ]),
    lines('Wall time of a run', 's', quantiles('siltstone_plugin_run_duration_seconds', ofTool, ['plugin', 'tool'])),
    lines(
      'Time inside the model',
      's',
      quantiles('siltstone_plugin_inference_duration_seconds', ofTool, ['plugin', 'tool']),
    ),
    heatmap('Wall time, all runs', 's', [
      [`sum by (le) (increase(siltstone_plugin_run_duration_seconds_bucket{${ofTool}}${rate}))`, '{{le}}'],
    ]),
    lines('Apdex: satisfied within 50 ms, tolerated within 250 ms', 'percentunit', [
      [
        `(sum by (plugin) (rate(siltstone_plugin_run_duration_seconds_bucket{le="0.05",${ofTool}}${rate})) + sum by (plugin) (rate(siltstone_plugin_run_duration_seconds_bucket{le="0.25",${ofTool}}${rate}))) / 2 / sum by (plugin) (rate(siltstone_plugin_run_duration_seconds_count{${ofTool}}${rate}))`,
        '{{plugin}}',
      ],
    ]),
    row('Outputs'),
    bars('Runs by outcome', 'short', [
      [`sum by (outcome) (increase(siltstone_plugin_runs_total{${ofTool}}${rate}))`, '{{outcome}}'],
    ]),
    bars('Issues by code', 'short', [
      [`sum by (code) (increase(siltstone_normalisation_issues_total{${ofPlugin}}${rate}))`, '{{code}}'],
    ]),
    lines('Boxes per frame', 'short', [
      [
        `sum by (plugin) (rate(siltstone_plugin_detections_total{${ofPlugin}}${rate})) / sum by (plugin) (rate(siltstone_plugin_frames_total{${ofPlugin}}${rate}))`,
        '{{plugin}}',
      ],
    ]),
    table('Plugins that can run here', 'short', [
      ['siltstone_plugin_info', '{{plugin}} {{version}} {{dialect}} {{model_sha256}}'],
    ]),
  ],
);

const devices = dashboard(
  'siltstone-devices',
  'siltstone: devices',
  [plugin],
  [
    stat('Asked for a GPU, in this time', 'short', [
      ['sum(increase(siltstone_device_requests_total{requested="gpu"}[$__range]))', ''],
    ]),
    stat(
      'Fell back',
      'percentunit',
      [
        [
          'sum(increase(siltstone_device_fallbacks_total{requested="gpu"}[$__range])) / sum(increase(siltstone_device_requests_total{requested="gpu"}[$__range]))',
          '',
        ],
      ],
      { warnAt: 0.05, alarmAt: 0.2 },
    ),
    stat('Providers that run here', 'short', [['siltstone_device_available', '{{provider}}']]),
    row('Decisions'),
    bars('Asked for → used', 'short', [
      [
        'sum by (requested, used) (increase(siltstone_device_requests_total[$__rate_interval]))',
        '{{requested}} → {{used}}',
      ],
    ]),
    bars('Fallbacks by reason', 'short', [
      ['sum by (reason) (increase(siltstone_device_fallbacks_total[$__rate_interval]))', '{{reason}}'],
    ]),
    lines('Part that fell back', 'percentunit', [
      [
        'sum(rate(siltstone_device_fallbacks_total{requested="gpu"}[$__rate_interval])) / sum(rate(siltstone_device_requests_total{requested="gpu"}[$__rate_interval]))',
        'fallbacks',
      ],
    ]),
    states('Part of a model’s nodes on each provider', 'percentunit', [
      [`siltstone_device_node_ratio{${ofPlugin}}`, '{{plugin}} on {{provider}}'],
    ]),
  ],
);

const overlay = dashboard(
  'siltstone-overlay',
  'siltstone: overlay',
  [variable('surface', 'label_values(siltstone_overlay_frames_total, surface)')],
  [
    stat('Frames drawn, in this time', 'short', [
      ['sum(increase(siltstone_overlay_frames_total{result="drawn",surface=~"$surface"}[$__range]))', ''],
    ]),
    stat('Frames dropped', 'short', [
      ['sum(increase(siltstone_overlay_dropped_frames_total{surface=~"$surface"}[$__range]))', ''],
    ]),
    stat('Drawn within 1/30 s', 'percentunit', [
      [
        'sum(increase(siltstone_overlay_render_duration_seconds_bucket{le="0.0333",surface=~"$surface"}[$__range])) / sum(increase(siltstone_overlay_render_duration_seconds_count{surface=~"$surface"}[$__range]))',
        '',
      ],
    ]),
    row('Frames'),
    bars('Frames by what became of them', 'short', [
      [
        'sum by (result) (increase(siltstone_overlay_frames_total{surface=~"$surface"}[$__rate_interval]))',
        '{{result}}',
      ],
    ]),
    lines('Dropped frames a second', 'short', [
      [
        'sum by (surface) (rate(siltstone_overlay_dropped_frames_total{surface=~"$surface"}[$__rate_interval]))',
        '{{surface}}',
      ],
    ]),
    lines(
      'Time to draw a frame',
      's',
      quantiles('siltstone_overlay_render_duration_seconds', 'surface=~"$surface"', ['surface']),
    ),
    heatmap('Time to draw a frame, all', 's', [
      [
        'sum by (le) (increase(siltstone_overlay_render_duration_seconds_bucket{surface=~"$surface"}[$__rate_interval]))',
        '{{le}}',
      ],
    ]),
  ],
);

const all = { jobs, plugins, devices, overlay };
const pathOf = (name) => fileURLToPath(new URL(`grafana/dashboards/${name}.json`, import.meta.url));
const textOf = (one) => `${JSON.stringify(one, null, 2)}\n`;

if (process.argv.includes('--check')) {
  const drifted = Object.entries(all).filter(([name, one]) => readFileSync(pathOf(name), 'utf8') !== textOf(one));
  for (const [name] of drifted) process.stdout.write(`${name}.json is not what dashboards/generate.mjs says: run it\n`);
  process.exitCode = drifted.length === 0 ? 0 : 1;
} else {
  for (const [name, one] of Object.entries(all)) writeFileSync(pathOf(name), textOf(one));
}
