export type { Attempt, Device, DeviceChoice } from './device.ts';
export { type JobOptions, runJob } from './job.ts';
export type { JobProgress, JobResult, JobStatus } from './job-messages.ts';
export { type Manifest, manifestJsonSchema } from './manifest.ts';
export { probeDevices } from './probe.ts';
export { type ListedPlugin, listPlugins, type Plugin } from './registry.ts';
export { videoCodecName } from './video-codec-name.ts';
