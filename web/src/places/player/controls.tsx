import type { Layer } from '../../../../src/inference/overlay/layers.ts';
import type { Job } from '../../api/types.ts';
import { clock as clockText, count, milliseconds } from '../../format.ts';
import { Icon } from '../../shell/icons.tsx';
import { useStore } from '../../store.ts';
import { LayerToggles } from './layer-toggles.tsx';
import type { Playback, Reading } from './playback.ts';
import { playOrPause, stepFrame } from './player-keys.ts';
import { Scrub } from './scrub.tsx';
import type { VideoClock } from './video-clock.ts';

interface ControlsProps {
  readonly job: Job;
  readonly video: HTMLVideoElement | null;
  readonly playback: Playback;
  readonly clock: VideoClock;
  readonly layers: readonly Layer[];
  readonly fpsMax: number;
  readonly onToggle: (layer: Layer) => void;
  readonly onFpsMax: (fpsMax: number) => void;
}

const rates = [0.25, 0.5, 1, 2, 4];
const fpsLimits = [1, 2, 5, 10, 15, 20, 25, 30, 60, 0];

export function Controls(props: ControlsProps) {
  const { job, video, playback, clock, layers, fpsMax, onToggle, onFpsMax } = props;
  const reading = useStore(playback.reading);
  if (video === null) return null;
  const { frame, seconds, isPlaying } = reading;
  const seek = (to: number) => {
    video.currentTime = clock.timeOf(to);
  };
  return (
    <div class="controls">
      <Scrub jobId={job.job_id} frame={frame} frameCount={clock.frameCount} onSeek={seek} />
      <div class="controls-row">
        <button
          type="button"
          class="button-quiet"
          aria-label="one frame back"
          onClick={() => stepFrame(video, clock, -1)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="button button-main play"
          aria-label={isPlaying ? 'pause' : 'play'}
          onClick={() => playOrPause(video)}
        >
          <Icon name={isPlaying ? 'pause' : 'play'} />
        </button>
        <button type="button" class="button-quiet" aria-label="one frame on" onClick={() => stepFrame(video, clock, 1)}>
          <Icon name="forth" />
        </button>
        <p class="place-in-video">
          <span>{clockText(seconds)}</span> <span class="quiet">/ {clockText(video.duration || 0)}</span>{' '}
          <span class="place-frame">
            frame {count(frame)} <span class="quiet">of {count(clock.frameCount)}</span>
          </span>
        </p>
        <LayerToggles layers={layers} onToggle={onToggle} />
        <Throttle fpsMax={fpsMax} onFpsMax={onFpsMax} />
        <select
          aria-label="speed"
          onChange={({ currentTarget }) => {
            video.playbackRate = Number(currentTarget.value);
          }}
        >
          {rates.map((rate) => (
            <option key={rate} value={rate} selected={rate === video.playbackRate}>
              {rate} ×
            </option>
          ))}
        </select>
      </div>
      <Readings reading={reading} isExact={clock.isExact} />
    </div>
  );
}

function Throttle({ fpsMax, onFpsMax }: Pick<ControlsProps, 'fpsMax' | 'onFpsMax'>) {
  return (
    <label class="slider">
      <span>draw at most</span>
      <input
        type="range"
        min="0"
        max={fpsLimits.length - 1}
        value={fpsLimits.indexOf(fpsMax)}
        aria-valuetext={fpsMax === 0 ? 'every frame' : `${fpsMax} frames per second`}
        onInput={({ currentTarget }) => onFpsMax(fpsLimits[Number(currentTarget.value)] ?? 0)}
      />
      <output>{fpsMax === 0 ? 'all frames' : `${fpsMax} fps`}</output>
    </label>
  );
}

function Readings({ reading, isExact }: { readonly reading: Reading; readonly isExact: boolean }) {
  const { fps, renderMs, dropped, throttled, boxes } = reading;
  const entries = [
    ['drawn', `${fps} fps`],
    ['overlay', milliseconds(renderMs)],
    ['dropped', `${count(dropped)} frames`],
    ['throttled', `${count(throttled)} frames`],
    ['boxes', boxes === undefined ? 'loading' : count(boxes)],
    ['frame times', isExact ? 'of the file' : 'estimated'],
  ];
  return (
    <dl class="readings">
      {entries.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
