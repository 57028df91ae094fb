/** A page of metrics: `/metrics` has all of them. */
export type Page = 'job' | 'plugin' | 'device';

export const pages: readonly Page[] = ['job', 'plugin', 'device'];

interface FamilyBase {
  readonly name: string;
  readonly help: string;
  /** Their order is that of the values in a series. */
  readonly labels: readonly string[];
  readonly page: Page;
}

/** A family that is counted from events. */
export type CountedFamily = FamilyBase & {
  /** Labels whose values people chose: those of series beyond the limit become `other`. */
  readonly free?: readonly string[];
} & (
    | { readonly type: 'counter' }
    /** `bounds` in seconds, each the greatest value of its bucket. */
    | { readonly type: 'histogram'; readonly bounds: readonly number[] }
    /** What was seen last. */
    | { readonly type: 'gauge' }
  );

/** A family that says how things are now. */
export interface StateFamily extends FamilyBase {
  readonly type: 'gauge' | 'counter';
}

/** What the first frame of a fast model takes, up to a slow one's. */
const inferenceBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const jobBounds = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
/** 60 and 30 frames a second are bounds. */
const renderBounds = [0.001, 0.002, 0.004, 0.008, 0.0167, 0.0333, 0.05, 0.1, 0.25];
const stageBounds = [...inferenceBounds, 30, 60, 300, 1800];

/** The bounds by the name of their variable in `sql/metrics`. */
export const boundsByVariable = {
  metric_inference_buckets: inferenceBounds,
  metric_job_buckets: jobBounds,
  metric_render_buckets: renderBounds,
  metric_stage_buckets: stageBounds,
} as const;

/** What `sql/metrics` counts. A job's id, a frame or a track is never a label. */
export const countedFamilies: readonly CountedFamily[] = [
  {
    name: 'siltstone_jobs_total',
    type: 'counter',
    help: 'Jobs that ended, each once, by the first status that ended it',
    labels: ['status', 'plugin'],
    free: ['plugin'],
    page: 'job',
  },
  {
    name: 'siltstone_job_duration_seconds',
    type: 'histogram',
    help: 'Wall time of jobs that ended',
    labels: ['plugin'],
    free: ['plugin'],
    bounds: jobBounds,
    page: 'job',
  },
  {
    name: 'siltstone_job_stage_duration_seconds',
    type: 'histogram',
    help: 'Time that a job waited (queue), and that each frame took in each stage',
    labels: ['stage'],
    bounds: stageBounds,
    page: 'job',
  },
  {
    name: 'siltstone_job_last_success_timestamp_seconds',
    type: 'gauge',
    help: 'When a job of the plugin was done last',
    labels: ['plugin'],
    free: ['plugin'],
    page: 'job',
  },
  {
    name: 'siltstone_events_total',
    type: 'counter',
    help: 'Events by their kind; `other` for custom kinds',
    labels: ['event'],
    page: 'job',
  },
  {
    name: 'siltstone_plugin_runs_total',
    type: 'counter',
    help: 'Runs of a plugin’s tool over a frame or an input; the outcome is `ok` or `error`',
    labels: ['plugin', 'tool', 'outcome'],
    free: ['plugin', 'tool'],
    page: 'plugin',
  },
  {
    name: 'siltstone_plugin_run_duration_seconds',
    type: 'histogram',
    help: 'Wall time of a run',
    labels: ['plugin', 'tool'],
    free: ['plugin', 'tool'],
    bounds: inferenceBounds,
    page: 'plugin',
  },
  {
    name: 'siltstone_plugin_inference_duration_seconds',
    type: 'histogram',
    help: 'Time of a run inside the model',
    labels: ['plugin', 'tool'],
    free: ['plugin', 'tool'],
    bounds: inferenceBounds,
    page: 'plugin',
  },
  {
    name: 'siltstone_plugin_frames_total',
    type: 'counter',
    help: 'Frames that a plugin has done',
    labels: ['plugin'],
    free: ['plugin'],
    page: 'plugin',
  },
  {
    name: 'siltstone_plugin_detections_total',
    type: 'counter',
    help: 'Boxes that a plugin found',
    labels: ['plugin'],
    free: ['plugin'],
    page: 'plugin',
  },
  {
    name: 'siltstone_normalisation_issues_total',
    type: 'counter',
    help: 'What was wrong in a plugin’s outputs',
    labels: ['plugin', 'code'],
    free: ['plugin', 'code'],
    page: 'plugin',
  },
  {
    name: 'siltstone_overlay_render_duration_seconds',
    type: 'histogram',
    help: 'Time to draw a frame that was drawn',
    labels: ['surface'],
    bounds: renderBounds,
    page: 'plugin',
  },
  {
    name: 'siltstone_overlay_frames_total',
    type: 'counter',
    help: 'Frames by what became of them: drawn, skipped as drawing was behind, throttled by overlay_max_fps',
    labels: ['surface', 'result'],
    page: 'plugin',
  },
  {
    name: 'siltstone_overlay_dropped_frames_total',
    type: 'counter',
    help: 'Frames dropped between drawn ones, as the drawn ones tell; on the server these are the skipped ones',
    labels: ['surface'],
    page: 'plugin',
  },
  {
    name: 'siltstone_device_requests_total',
    type: 'counter',
    help: 'Decisions on a device, by what was asked for and what was used; `none` where nothing was left',
    labels: ['requested', 'used'],
    page: 'device',
  },
  {
    name: 'siltstone_device_fallbacks_total',
    type: 'counter',
    help: 'Decisions that fell back, by the sort of reason; the text of each is in the view device_decisions',
    labels: ['requested', 'used', 'reason'],
    page: 'device',
  },
  {
    name: 'siltstone_device_node_ratio',
    type: 'gauge',
    help: 'Part of the nodes of a plugin’s model that a provider ran, as the last job found it',
    labels: ['plugin', 'provider'],
    free: ['plugin', 'provider'],
    page: 'device',
  },
];
