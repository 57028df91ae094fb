import { useEffect, useRef } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { useQuery } from '../../parts/use-query.ts';
import { shownThemeStore } from '../../shell/theme.ts';
import issueMarksSql from '../../sql/issue_marks.sql?raw';
import { useStore } from '../../store.ts';

interface ScrubProps {
  readonly jobId: string;
  readonly frame: number;
  readonly frameCount: number;
  readonly onSeek: (frame: number) => void;
}

type Mark = Readonly<Record<'frame_index' | 'issues' | 'code', Cell>>;

/** The whole video as a bar, with a mark where a frame had issues; the marks lead there one after the other. */
export function Scrub({ jobId, frame, frameCount, onSeek }: ScrubProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows } = useQuery<Mark>(issueMarksSql, { job: jobId });
  const theme = useStore(shownThemeStore);
  const frames = (rows ?? []).map(({ frame_index }) => numberOf(frame_index) ?? 0);
  useEffect(
    () => watchWidth(canvas.current, () => drawMarks(canvas.current, frames, frameCount)),
    [rows, frameCount, theme],
  );
  const next = frames.find((at) => at > frame);
  const previous = frames.findLast((at) => at < frame);
  return (
    <div class="scrub">
      <div class="scrub-bar">
        <canvas ref={canvas} aria-hidden="true" />
        <input
          type="range"
          min="0"
          max={Math.max(0, frameCount - 1)}
          value={frame}
          aria-label="frame"
          onInput={({ currentTarget }) => onSeek(Number(currentTarget.value))}
        />
      </div>
      <div class="scrub-issues">
        <button
          type="button"
          class="button-quiet"
          disabled={previous === undefined}
          onClick={() => onSeek(previous ?? 0)}
        >
          ‹ issue
        </button>
        <span class="quiet">{frames.length} frames with issues</span>
        <button type="button" class="button-quiet" disabled={next === undefined} onClick={() => onSeek(next ?? 0)}>
          issue ›
        </button>
      </div>
    </div>
  );
}

function watchWidth(canvas: HTMLCanvasElement | null, draw: () => void): () => void {
  if (canvas === null) return () => undefined;
  const observer = new ResizeObserver(draw);
  observer.observe(canvas);
  return () => observer.disconnect();
}

function drawMarks(canvas: HTMLCanvasElement | null, frames: readonly number[], frameCount: number): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const scale = devicePixelRatio;
  Object.assign(canvas, { width: canvas.clientWidth * scale, height: canvas.clientHeight * scale });
  context.fillStyle = getComputedStyle(canvas).color;
  // As the thumb runs: half of it stands out at neither end.
  const thumb = 16 * scale;
  const room = canvas.width - thumb;
  for (const frame of frames) {
    const x = thumb / 2 + (frame / Math.max(1, frameCount - 1)) * room;
    context.fillRect(Math.round(x - scale / 2), 0, Math.max(1, Math.round(scale)), canvas.height);
  }
}
