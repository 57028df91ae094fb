export { type Box, iou } from './box.ts';
export { type Attempt, type Device, type DeviceChoice, deviceOf, type Provider, providerNames } from './device.ts';
export type { FormOutput, Payload } from './forms/form.ts';
export { checkPlugin, type PluginCheck } from './inspect.ts';
export { addPlugin, newPlugin } from './install.ts';
export { type JobOptions, type QueuedJob, queueJob, runJob } from './job.ts';
export type { JobProgress, JobResult, JobStatus } from './job-messages.ts';
export { jobsAtOnce } from './job-slots.ts';
export { type Fit, type Letterbox, letterboxOf, type Size } from './letterbox.ts';
export { type Manifest, manifestJsonSchema } from './manifest.ts';
export { mediaTypeOf } from './media/media-type.ts';
export { removeBegun } from './media/whole-file.ts';
export {
  type Detection,
  type Dialect,
  dialectNames,
  dialectOf,
  dialects,
  fittingText,
  type Issue,
  type Normalised,
  normalise,
  normaliseUndeclared,
  undeclared,
  unitText,
} from './normalise/index.ts';
export type { DrawnBox } from './overlay/boxes.ts';
export { type Layer, type LayerToggles, layerNames, layersPattern, togglesOf } from './overlay/layers.ts';
export type { PitchFit } from './pitch/index.ts';
export { pitchOf } from './pitch-event.ts';
export { probeDevices } from './probe.ts';
export { type KnownProbe, knownProbes, probeCachePath, probeMachine } from './probe-cache.ts';
export { recordRead, sha256Of } from './record-output.ts';
export { type ListedPlugin, labelsIn, listPlugins, type Plugin } from './registry.ts';
export { makeOutputReader, type OutputReader, type ToolOptions } from './tool-run.ts';
export { matchPairs } from './track/match.ts';
export { trackerOptions } from './track/options.ts';
export { videoCodecName } from './video-codec-name.ts';
export { drawFrame, type FrameView, lookAtMedia } from './view.ts';
