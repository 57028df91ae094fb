import type { Reader } from './reader.ts';
import { readSql } from './sql-files.ts';

export interface JobCount {
  readonly plugin: string;
  readonly status: string;
  readonly count: number;
}

export interface PluginDuration {
  readonly plugin: string;
  readonly tool: string;
  readonly avg_ms: number;
}

export interface OverlayFrame {
  readonly frame_index: number;
  readonly render_time_ms: number;
  readonly fps: number;
}

export interface DeviceCount {
  readonly device_requested: string;
  readonly device_used: string;
  readonly count: number;
}

/** The four questions that everybody asks, over the views. */
export interface MetricsReader {
  /** Jobs by plugin and status, the most first. */
  jobSummary(): Promise<readonly JobCount[]>;
  /** Mean wall time of a run by plugin and tool, ms, the fastest first. */
  avgPluginDuration(): Promise<readonly PluginDuration[]>;
  /** A job's rendered frames in order; `render_time_ms` is ms. */
  overlayPerformance(jobId: string): Promise<readonly OverlayFrame[]>;
  /** Device decisions by what was asked for and what was used, the most first. */
  deviceUsageStats(): Promise<readonly DeviceCount[]>;
}

export function metricsReader(reader: Reader): MetricsReader {
  const ask = async <T>(name: string, values: readonly unknown[] = [], scope = {}): Promise<readonly T[]> =>
    (await reader.rows(readSql(`reader/${name}.sql`), values, scope)) as unknown as readonly T[];
  return {
    jobSummary: () => ask<JobCount>('job_summary'),
    avgPluginDuration: () => ask<PluginDuration>('avg_plugin_duration'),
    overlayPerformance: (jobId) => ask<OverlayFrame>('overlay_performance', [jobId], { jobId }),
    deviceUsageStats: () => ask<DeviceCount>('device_usage_stats'),
  };
}
