import type { Layer } from '../../../../src/inference/overlay/layers.ts';
import { makePace, type Outcome } from '../../../../src/inference/overlay/pace.ts';
import { makeStore, type Store } from '../../store.ts';
import type { EventReport, OverlayFrameEvent } from './event-report.ts';
import { makePainter, type OverlayPainter } from './overlay-painter.ts';
import type { FrameScene, SceneWindows } from './scenes.ts';
import type { VideoClock } from './video-clock.ts';

/** What stands beside the picture. */
export interface Reading {
  readonly frame: number;
  readonly seconds: number;
  readonly isPlaying: boolean;
  readonly fps: number;
  readonly renderMs: number;
  readonly dropped: number;
  readonly throttled: number;
  readonly boxes: number | undefined;
}

export interface PlaybackOptions {
  readonly layers: readonly Layer[];
  /** Frames of each second that are drawn, at most; 0 for all. */
  readonly fpsMax: number;
}

export interface Playback {
  readonly reading: Store<Reading>;
  set(options: PlaybackOptions): void;
  /** Draws again what is shown, as when its boxes have come. */
  redraw(): void;
  close(): void;
}

/** A frame that comes later than this by the video's own clock is not worth drawing any more: the next one is there soon. */
const lateMs = 80;
const fpsWindowMs = 1_000;
/** People read no faster, and drawing words takes time from drawing frames. */
const readingEveryMs = 120;

const atRest: Reading = {
  frame: 0,
  seconds: 0,
  isPlaying: false,
  fps: 0,
  renderMs: 0,
  dropped: 0,
  throttled: 0,
  boxes: undefined,
};

export interface Stage {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  readonly clock: VideoClock;
  readonly scenes: SceneWindows;
  readonly report: EventReport;
}

/** Follows the video frame by frame, as the browser shows them, and draws the overlay of exactly that frame. */
export function startPlayback(stage: Stage, first: PlaybackOptions): Playback {
  const { video, canvas, clock } = stage;
  const reading = makeStore(atRest);
  let options = first;
  let painter = makePainter(canvas, options.layers);
  let pace = makePace({ fpsMax: options.fpsMax, deadlineMs: lateMs });
  let [lastFrame, unseen, callback, readAt] = [-1, 0, 0, 0];
  const rate = makeRate();
  const restart = () => {
    pace = makePace({ fpsMax: options.fpsMax, deadlineMs: lateMs });
    lastFrame = -1;
    unseen = 0;
  };
  const show = (seconds: number, nowMs: number, isShownAnyway: boolean) => {
    const frame = clock.frameAt(seconds);
    if (frame === lastFrame && !isShownAnyway) return;
    const scene = stage.scenes.sceneOf(frame);
    // Frames between the last one and this that the browser never gave us.
    if (!isShownAnyway && lastFrame >= 0) unseen += Math.max(0, frame - lastFrame - 1);
    const timeMs = (seconds * 1_000) / video.playbackRate;
    const { outcome, droppedFrames } = pace({ timeMs, nowMs, isWanted: isShownAnyway });
    const dropped = outcome === 'drawn' ? droppedFrames + unseen : 0;
    if (outcome === 'drawn') unseen = 0;
    const renderMs = outcome === 'drawn' ? paint(painter, frame, scene, video) : pass(painter, frame, scene);
    const fps = rate(nowMs, outcome === 'drawn' && !isShownAnyway);
    lastFrame = frame;
    if (!isShownAnyway) stage.report.add(eventOf({ frame, renderMs, dropped, fps, outcome, video }));
    const before = reading.get();
    const isDue = isShownAnyway || nowMs - readAt > readingEveryMs;
    if (isDue) readAt = nowMs;
    const shown = outcome === 'drawn' ? renderMs : before.renderMs;
    const throttled = before.throttled + (outcome === 'throttled' ? 1 : 0);
    const next = { frame, seconds, isPlaying: !video.paused, fps, renderMs: shown, boxes: scene?.boxes.length };
    if (isDue || dropped > 0 || outcome === 'throttled')
      reading.set({ ...next, dropped: before.dropped + dropped, throttled });
  };
  const onFrame: VideoFrameRequestCallback = (nowMs, { mediaTime }) => {
    show(mediaTime, nowMs, video.paused);
    callback = video.requestVideoFrameCallback(onFrame);
  };
  const redraw = () => video.readyState >= 2 && show(video.currentTime, performance.now(), true);
  const onState = () => {
    restart();
    if (video.paused) redraw();
    else reading.set({ ...reading.get(), isPlaying: true });
  };
  const stopListening = listen(video, ['play', 'pause', 'ended', 'seeking', 'ratechange'], onState);
  const stopSeeing = listen(video, ['seeked', 'loadeddata'], redraw);
  callback = video.requestVideoFrameCallback(onFrame);
  redraw();
  return {
    reading,
    redraw: () => void (video.paused && redraw()),
    set(next) {
      options = next;
      painter = makePainter(canvas, options.layers);
      restart();
      redraw();
    },
    close() {
      video.cancelVideoFrameCallback(callback);
      stopListening();
      stopSeeing();
      stage.report.close();
    },
  };
}

/** @returns how many frames were drawn in the last second, this one among them */
function makeRate(): (nowMs: number, isDrawn: boolean) => number {
  const drawnAt: number[] = [];
  return (nowMs, isDrawn) => {
    if (isDrawn) drawnAt.push(nowMs);
    while ((drawnAt[0] ?? nowMs) < nowMs - fpsWindowMs) drawnAt.shift();
    return drawnAt.length;
  };
}

function listen(video: HTMLVideoElement, events: readonly string[], listener: () => void): () => void {
  for (const event of events) video.addEventListener(event, listener);
  return () => {
    for (const event of events) video.removeEventListener(event, listener);
  };
}

interface Drawn {
  readonly frame: number;
  readonly renderMs: number;
  readonly dropped: number;
  readonly fps: number;
  readonly outcome: Outcome;
  readonly video: HTMLVideoElement;
}

function eventOf({ frame, renderMs, dropped, fps, outcome, video }: Drawn): OverlayFrameEvent {
  return {
    frame_index: frame,
    render_time_ms: round(renderMs),
    dropped_frames: dropped,
    fps,
    ...(outcome === 'skipped' && { skipped: true }),
    ...(outcome === 'throttled' && { throttled: true }),
    width: video.videoWidth,
    height: video.videoHeight,
  };
}

const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/** @returns how long it took, ms */
function paint(painter: OverlayPainter, frame: number, scene: FrameScene | undefined, video: HTMLVideoElement): number {
  const begunAt = performance.now();
  if (scene === undefined) painter.clear();
  else painter.paint(frame, scene, { width: video.videoWidth, height: video.videoHeight });
  return performance.now() - begunAt;
}

function pass(painter: OverlayPainter, frame: number, scene: FrameScene | undefined): number {
  if (scene !== undefined) painter.pass(frame, scene);
  return 0;
}
