import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { isTyping } from '../../shell/keys.ts';
import type { VideoClock } from './video-clock.ts';

const jumpSeconds = 5;

/** Space plays and pauses, `,` and `.` step by a frame, the arrows by five seconds. */
export function usePlayerKeys(video: RefObject<HTMLVideoElement | null>, clock: VideoClock | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const element = video.current;
      const isOnButton = event.target instanceof HTMLButtonElement;
      if (element === null || clock === undefined || isTyping(event) || event.ctrlKey || event.metaKey) return;
      if ((event.key === ' ' && !isOnButton) || event.key === 'k') playOrPause(element);
      else if (event.key === ',' || event.key === '.') stepFrame(element, clock, event.key === ',' ? -1 : 1);
      else if (event.key === 'ArrowLeft') element.currentTime -= jumpSeconds;
      else if (event.key === 'ArrowRight') element.currentTime += jumpSeconds;
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [clock]);
}

export function stepFrame(video: HTMLVideoElement, clock: VideoClock, step: number): void {
  video.pause();
  video.currentTime = clock.timeOf(clock.frameAt(video.currentTime) + step);
}

export function playOrPause(video: HTMLVideoElement | null): void {
  if (video === null) return;
  if (video.paused) void video.play().catch(() => undefined);
  else video.pause();
}
