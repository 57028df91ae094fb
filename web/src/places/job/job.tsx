import { useState } from 'preact/hooks';
import type { Job } from '../../api/types.ts';
import type { PlaceProps } from '../../app.tsx';
import { useJob } from '../../live/use-job.ts';
import { DeviceOf, ProgressOf, Status } from '../../parts/badges.tsx';
import { Empty, ProblemNote } from '../../parts/empty.tsx';
import { useEvery } from '../../parts/use-every.ts';
import { linkTo } from '../../router.ts';
import { Icon } from '../../shell/icons.tsx';
import { CancelButton } from '../jobs/columns.tsx';
import { DeviceLedger } from './device-ledger.tsx';
import { IssuesPanel } from './issues-panel.tsx';
import './job.css';
import { JobFigures } from './job-figures.tsx';
import { LogPanel } from './log-panel.tsx';
import { OutputPanel } from './output-panel.tsx';
import { RatesPanel } from './rates-panel.tsx';
import { StagesPanel } from './stages-panel.tsx';

const againMs = 4_000;

export function JobPage({ jobId, params }: PlaceProps) {
  const { job, problem } = useJob(jobId);
  if (jobId === undefined)
    return (
      <>
        <h1>Job</h1>
        <Empty title="No job has run here yet" command="siltstone run player-tracker samples/football.mp4">
          What a job did, frame by frame, is shown here. Run one:
        </Empty>
      </>
    );
  if (problem !== undefined)
    return (
      <>
        <h1>Job</h1>
        <ProblemNote problem={problem} />
      </>
    );
  return job === undefined ? <h1>Job</h1> : <JobView key={job.job_id} job={job} frame={params.get('frame')} />;
}

export interface JobPartProps {
  readonly job: Job;
  /** Another one where there may be more to see. */
  readonly turn: string;
}

function JobView({ job, frame }: { readonly job: Job; readonly frame: string | null }) {
  const [looked, setLooked] = useState(0);
  const isUnfinished = job.status === 'running' || job.status === 'queued';
  useEvery(() => setLooked((before) => before + 1), againMs);
  const turn = isUnfinished ? `${looked}` : job.status;
  return (
    <>
      <header class="page-head">
        <h1>Job</h1>
        <code class="job-id">{job.job_id}</code>
        <Status status={job.status} />
        {isUnfinished && <ProgressOf job={job} />}
        <div class="push job-actions">
          {isUnfinished && <CancelButton job={job} />}
          <a class="button" href={linkTo.player(job.job_id)}>
            <Icon name="play" size={16} /> Player
          </a>
        </div>
      </header>
      {job.error_message !== null && (
        <ProblemNote problem={{ code: job.status, message: job.error_message, remedy: '', request_id: '' }} />
      )}
      <p class="job-what">
        {job.plugin} {job.tool !== null && <span class="quiet">· {job.tool}</span>} <DeviceOf job={job} />
      </p>
      <JobFigures {...{ job, turn }} />
      <div class="job-grid">
        <StagesPanel {...{ job, turn }} />
        <RatesPanel {...{ job, turn }} />
        <DeviceLedger {...{ job, turn }} />
        <IssuesPanel {...{ job, turn }} />
        <OutputPanel {...{ job, turn }} firstFrame={frame === null ? undefined : Number(frame)} />
        <LogPanel {...{ job, turn }} />
      </div>
    </>
  );
}
