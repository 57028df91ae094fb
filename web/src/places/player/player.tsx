import { useEffect, useState } from 'preact/hooks';
import type { Job } from '../../api/types.ts';
import type { PlaceProps } from '../../app.tsx';
import { useJob } from '../../live/use-job.ts';
import { Status } from '../../parts/badges.tsx';
import { Empty, ProblemNote } from '../../parts/empty.tsx';
import { linkTo } from '../../router.ts';
import './player.css';
import { StillPlayer } from './still-player.tsx';
import { VideoPlayer } from './video-player.tsx';

export function PlayerPage({ jobId, params }: PlaceProps) {
  const { job, problem } = useJob(jobId);
  const frame = Number(params.get('frame') ?? 0);
  return (
    <>
      <header class="page-head">
        <h1>Player</h1>
        {job !== undefined && (
          <>
            <a class="mono" href={linkTo.job(job.job_id)}>
              {job.job_id}
            </a>
            <Status status={job.status} />
            <span class="quiet">{job.plugin}</span>
          </>
        )}
      </header>
      {jobId === undefined && (
        <Empty title="Nothing to play yet" command="siltstone run player-tracker samples/football.mp4">
          The player shows what a job saw, frame by frame. Run one:
        </Empty>
      )}
      {problem !== undefined && <ProblemNote problem={problem} />}
      {job !== undefined && <InputOf key={job.job_id} job={job} frame={Number.isInteger(frame) ? frame : 0} />}
    </>
  );
}

function InputOf({ job, frame }: { readonly job: Job; readonly frame: number }) {
  const [isStill, setStill] = useState(false);
  useEffect(() => setStill(false), [job.has_input]);
  if (!job.has_input && !job.has_video)
    return (
      <Empty
        title="What this job read is not here"
        command={`siltstone query "select * from detections where job_id = '${job.job_id}'"`}
      >
        The server gives only files below its own folders (the setting <code>serve_roots</code>). What was seen in it is
        still in the lake:
      </Empty>
    );
  if (isStill) return <StillPlayer job={job} frame={frame} />;
  return <VideoPlayer job={job} frame={frame} onNoVideo={() => setStill(true)} />;
}
