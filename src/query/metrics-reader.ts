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

export interface GpuSuccess {
  readonly jobs_requested: number;
  readonly jobs_ran: number;
  /** 0 to 1; null where no job asked for a GPU. */
  readonly ratio: number | null;
}

/** The questions that everybody asks, over the views. */
export interface MetricsReader {
  /** Jobs by plugin and status, the most first. */
  jobSummary(): Promise<readonly JobCount[]>;
  /** Mean wall time of a run by plugin and tool, ms, the fastest first. */
  avgPluginDuration(): Promise<readonly PluginDuration[]>;
  /** A job's rendered frames in order; `render_time_ms` is ms. */
  overlayPerformance(jobId: string): Promise<readonly OverlayFrame[]>;
  /** Device decisions by what was asked for and what was used, the most first. */
  deviceUsageStats(): Promise<readonly DeviceCount[]>;
  /** Of the jobs that asked for a GPU, those that ran on one. A job that asked for the CPU is neither. */
  gpuSuccess(): Promise<GpuSuccess>;
}

export function metricsReader(reader: Reader): MetricsReader {
  const ask = async <T>(name: string, values: readonly unknown[] = [], scope = {}): Promise<readonly T[]> =>
    (await reader.rows(readSql(`reader/${name}.sql`), values, scope)) as unknown as readonly T[];
  return {
    jobSummary: () => ask<JobCount>('job_summary'),
    avgPluginDuration: () => ask<PluginDuration>('avg_plugin_duration'),
    overlayPerformance: (jobId) => ask<OverlayFrame>('overlay_performance', [jobId], { jobId }),
    deviceUsageStats: () => ask<DeviceCount>('device_usage_stats'),
    gpuSuccess: async () =>
      (await ask<GpuSuccess>('gpu_success'))[0] ?? { jobs_requested: 0, jobs_ran: 0, ratio: null },
  };
}
