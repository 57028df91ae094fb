export { type Attempt, type Device, type DeviceChoice, deviceOf, type Provider, providerNames } from './device.ts';
export { type JobOptions, runJob } from './job.ts';
export type { JobProgress, JobResult, JobStatus } from './job-messages.ts';
export { type Manifest, manifestJsonSchema } from './manifest.ts';
export { probeDevices } from './probe.ts';
export { type KnownProbe, knownProbes, probeCachePath, probeMachine } from './probe-cache.ts';
export { type ListedPlugin, listPlugins, type Plugin } from './registry.ts';
export { videoCodecName } from './video-codec-name.ts';
