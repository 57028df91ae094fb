import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Layer, layerNames } from '../../../../src/inference/overlay/layers.ts';
import { call } from '../../api/client.ts';
import type { Job } from '../../api/types.ts';
import pitchSql from '../../sql/pitch_of_frames.sql?raw';
import { Controls } from './controls.tsx';
import { makeEventReport } from './event-report.ts';
import { scenesOfJob } from './load-scenes.ts';
import { openClock } from './open-video.ts';
import { type Playback, type PlaybackOptions, startPlayback } from './playback.ts';
import { playOrPause, usePlayerKeys } from './player-keys.ts';
import { makeSceneWindows } from './scenes.ts';
import type { VideoClock } from './video-clock.ts';

interface VideoPlayerProps {
  readonly job: Job;
  readonly frame: number;
  readonly onNoVideo: () => void;
}

/** The video as it came, and over it a canvas of the same size. */
export function VideoPlayer({ job, frame, onNoVideo }: VideoPlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [layers, setLayers] = useState<readonly Layer[]>(layerNames);
  const [fpsMax, setFpsMax] = useState(0);
  const [open, setOpen] = useState<{ playback: Playback; clock: VideoClock }>();
  const url = `/v1/jobs/${encodeURIComponent(job.job_id)}/${job.has_input ? 'input' : 'video'}`;
  const options = useMemo<PlaybackOptions>(() => ({ layers, fpsMax }), [layers, fpsMax]);
  useEffect(() => openWhenReady({ video: video.current, canvas: canvas.current, job, url, options, setOpen }), [url]);
  useEffect(() => open?.playback.set(options), [options, open]);
  useEffect(() => {
    if (open !== undefined && video.current !== null) video.current.currentTime = open.clock.timeOf(frame);
  }, [open, frame]);
  usePlayerKeys(video, open?.clock);
  const toggle = (layer: Layer) =>
    setLayers((before) => (before.includes(layer) ? before.filter((one) => one !== layer) : [...before, layer]));
  return (
    <div class="player">
      <div class="stage">
        <video
          ref={video}
          src={url}
          muted
          playsInline
          preload="auto"
          aria-label={`what ${job.job_id} saw`}
          onError={onNoVideo}
          onClick={() => playOrPause(video.current)}
        />
        <canvas ref={canvas} aria-hidden="true" />
      </div>
      {open === undefined ? (
        <div class="controls controls-waiting" role="status">
          Opening the video
        </div>
      ) : (
        <Controls
          job={job}
          video={video.current}
          {...open}
          {...{ layers, fpsMax }}
          onToggle={toggle}
          onFpsMax={setFpsMax}
        />
      )}
    </div>
  );
}

interface Opening {
  readonly video: HTMLVideoElement | null;
  readonly canvas: HTMLCanvasElement | null;
  readonly job: Job;
  readonly url: string;
  readonly options: PlaybackOptions;
  readonly setOpen: (open: { playback: Playback; clock: VideoClock } | undefined) => void;
}

/** Begins once the video knows its length and the font of labels is there. */
function openWhenReady({ video, canvas, job, url, options, setOpen }: Opening): () => void {
  if (video === null || canvas === null) return () => undefined;
  let playback: Playback | undefined;
  let isClosed = false;
  const begin = async () => {
    const [clock] = await Promise.all([
      openClock(url, video.duration, job.progress?.frames_total ?? null),
      document.fonts.load('600 16px Inter'),
    ]);
    if (isClosed) return;
    const scenes = makeSceneWindows(scenesOfJob(job.job_id, pitchSql), () => playback?.redraw());
    const report = makeEventReport(sendTo(job.job_id));
    playback = startPlayback({ video, canvas, clock, scenes, report }, options);
    setOpen({ playback, clock });
  };
  if (video.readyState >= 1) void begin();
  else video.addEventListener('loadedmetadata', begin, { once: true });
  return () => {
    isClosed = true;
    video.removeEventListener('loadedmetadata', begin);
    playback?.close();
    setOpen(undefined);
  };
}

const sendTo = (jobId: string) => async (body: string, keepalive: boolean) => {
  const headers = { 'content-type': 'application/x-ndjson' };
  const path = `/v1/events?job_id=${encodeURIComponent(jobId)}`;
  const answer = await call(path, { method: 'POST', headers, body, keepalive });
  // What is refused would be refused again: only what did not arrive is kept.
  return answer.ok || (answer.status >= 400 && answer.status < 429);
};
