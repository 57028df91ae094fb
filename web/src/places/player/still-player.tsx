import { useEffect, useState } from 'preact/hooks';
import { type Layer, layerNames } from '../../../../src/inference/overlay/layers.ts';
import type { Job } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Empty } from '../../parts/empty.tsx';
import { goTo, linkTo } from '../../router.ts';
import { Icon } from '../../shell/icons.tsx';
import { LayerToggles } from './layer-toggles.tsx';
import { Scrub } from './scrub.tsx';

/** Pictures, or a video that this browser cannot play: frame by frame, drawn by the server. */
export function StillPlayer({ job, frame }: { readonly job: Job; readonly frame: number }) {
  const [layers, setLayers] = useState<readonly Layer[]>(layerNames);
  const [isMissing, setMissing] = useState(false);
  const frameCount = Math.max(1, job.progress?.frames_total ?? job.progress?.frames_done ?? frame + 1);
  useEffect(() => setMissing(false), [frame]);
  const show = (to: number) => goTo(linkTo.player(job.job_id, Math.max(0, Math.min(frameCount - 1, to))));
  const params = new URLSearchParams(layerNames.map((layer) => [layer, String(layers.includes(layer))]));
  const url = `/v1/jobs/${encodeURIComponent(job.job_id)}/frames/${frame}.jpg?${params}`;
  const toggle = (layer: Layer) =>
    setLayers((before) => (before.includes(layer) ? before.filter((one) => one !== layer) : [...before, layer]));
  return (
    <div class="player">
      <div class="stage stage-still">
        {isMissing ? (
          <Empty title={`Frame ${frame} cannot be shown`}>The server has no picture of it.</Empty>
        ) : (
          <img src={url} alt={`frame ${frame} of ${job.job_id}, with its overlay`} onError={() => setMissing(true)} />
        )}
      </div>
      <div class="controls">
        <Scrub jobId={job.job_id} frame={frame} frameCount={frameCount} onSeek={show} />
        <div class="controls-row">
          <button type="button" class="button-quiet" aria-label="one frame back" onClick={() => show(frame - 1)}>
            <Icon name="back" />
          </button>
          <button type="button" class="button-quiet" aria-label="one frame on" onClick={() => show(frame + 1)}>
            <Icon name="forth" />
          </button>
          <p class="place-in-video">
            frame {count(frame)} <span class="quiet">of {count(frameCount)}</span>
          </p>
          <LayerToggles layers={layers} onToggle={toggle} />
        </div>
      </div>
    </div>
  );
}
