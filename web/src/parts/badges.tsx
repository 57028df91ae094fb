import type { Job, JobStatus } from '../api/types.ts';
import { count } from '../format.ts';

/** A dot and a word: the colour is never alone. */
export function Status({ status }: { readonly status: JobStatus }) {
  return <span class={`status status-${status}`}>{status}</span>;
}

/** The device that was asked for and the one that was taken; a fallback says its reason. */
export function DeviceOf({ job }: { readonly job: Job }) {
  const { device_requested: asked, device, fallback, fallback_reason: reason } = job;
  if (fallback === true) {
    return (
      <span class="device device-fallback" title={reason ?? 'fell back'}>
        <span class="device-asked">{asked}</span> → {device}
        <span class="device-reason">{reason ?? 'no reason was given'}</span>
      </span>
    );
  }
  return <span class="device">{device ?? (asked === null ? '–' : `${asked} asked`)}</span>;
}

export function ProgressOf({ job }: { readonly job: Job }) {
  const { progress, status } = job;
  const done = progress?.frames_done ?? 0;
  const total = progress?.frames_total ?? null;
  if (status === 'queued') return <span class="quiet">waits</span>;
  if (progress === null) return <span class="quiet">–</span>;
  const isRunning = status === 'running';
  const words = total === null || !isRunning ? `${count(done)} frames` : `${count(done)} of ${count(total)}`;
  return (
    <span class="progress">
      {isRunning && (
        <progress max={total ?? undefined} value={total === null ? undefined : done} aria-label={`${words} frames`} />
      )}
      <span class="progress-words">{words}</span>
    </span>
  );
}
