import { useEffect, useState } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { useQuery } from '../../parts/use-query.ts';
import { linkTo } from '../../router.ts';
import canonicalSql from '../../sql/canonical_output.sql?raw';
import differencesSql from '../../sql/differences.sql?raw';
import rawFramesSql from '../../sql/raw_frames.sql?raw';
import rawSql from '../../sql/raw_output.sql?raw';
import { type CanonicalBox, CanonicalSide } from './canonical-side.tsx';
import type { JobPartProps } from './job.tsx';
import { type RawOutput, RawSide } from './raw-side.tsx';

export interface Difference {
  readonly side: 'raw' | 'canonical';
  readonly path: string;
  readonly value: string;
}

interface OutputPanelProps extends JobPartProps {
  readonly firstFrame: number | undefined;
}

/** What the plugin said and what we made of it, side by side; what was changed on the way is marked. */
export function OutputPanel({ job, turn, firstFrame }: OutputPanelProps) {
  const kept = useQuery<{ readonly frame_index: Cell }>(rawFramesSql, { job: job.job_id }, turn).rows;
  const frames = (kept ?? []).map(({ frame_index }) => numberOf(frame_index) ?? 0);
  const [frame, setFrame] = useState<number | undefined>(firstFrame);
  useEffect(() => {
    if (frame === undefined && frames[0] !== undefined) setFrame(frames[0]);
  }, [frames[0]]);
  const at = frame === undefined ? -1 : frames.indexOf(frame);
  const stepTo = (step: number) => setFrame(frames[at + step] ?? frame);
  const actions = frames.length > 0 && (
    <>
      <button
        type="button"
        class="button-quiet"
        disabled={at <= 0}
        onClick={() => stepTo(-1)}
        aria-label="frame before"
      >
        ‹
      </button>
      <label class="frame-choice">
        frame{' '}
        <input
          type="number"
          min="0"
          value={frame}
          onChange={({ currentTarget }) => setFrame(Number(currentTarget.value))}
        />
      </label>
      <button
        type="button"
        class="button-quiet"
        disabled={at >= frames.length - 1}
        onClick={() => stepTo(1)}
        aria-label="frame after"
      >
        ›
      </button>
    </>
  );
  const note = frames.length > 0 && `of ${count(frames.length)} frames the raw output was kept`;
  return (
    <Panel title="Raw against canonical" note={note} class="wide" actions={actions}>
      {kept?.length === 0 && (
        <p class="quiet">Of this job no raw output was kept: it would say nothing that the boxes do not.</p>
      )}
      {frame !== undefined && frames.length > 0 && <Sides jobId={job.job_id} frame={frame} />}
    </Panel>
  );
}

function Sides({ jobId, frame }: { readonly jobId: string; readonly frame: number }) {
  const params = { job: jobId, frame };
  const raw = useQuery<RawOutput>(rawSql, params).rows;
  const boxes = useQuery<CanonicalBox>(canonicalSql, params).rows;
  const differences = useQuery<Difference>(differencesSql, params).rows ?? [];
  return (
    <div class="sides">
      <RawSide outputs={raw ?? []} differences={differences} />
      <CanonicalSide boxes={boxes ?? []} differences={differences} />
      <p class="sides-foot quiet">
        <mark>marked</mark> values were changed on the way. <a href={linkTo.player(jobId, frame)}>See frame {frame}</a>
      </p>
    </div>
  );
}
