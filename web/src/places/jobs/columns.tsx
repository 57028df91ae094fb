import { send } from '../../api/client.ts';
import type { Job } from '../../api/types.ts';
import { milliseconds, moment } from '../../format.ts';
import { refreshJobs } from '../../live/jobs.ts';
import { DeviceOf, ProgressOf, Status } from '../../parts/badges.tsx';
import type { TableColumn } from '../../parts/virtual-table.tsx';
import { linkTo } from '../../router.ts';
import { Icon } from '../../shell/icons.tsx';

export const jobColumns: readonly TableColumn<Job>[] = [
  { key: 'status', label: 'Status', width: '7.5rem', cell: ({ status }) => <Status status={status} /> },
  { key: 'id', label: 'Job', width: '12.5rem', cell: (job) => <JobLink job={job} /> },
  { key: 'plugin', label: 'Plugin · tool', width: 'minmax(11.5rem, 1fr)', cell: (job) => <PluginOf job={job} /> },
  { key: 'device', label: 'Device', width: 'minmax(8rem, 2fr)', cell: (job) => <DeviceOf job={job} /> },
  { key: 'progress', label: 'Progress', width: 'minmax(12rem, 1.4fr)', cell: (job) => <Outcome job={job} /> },
  {
    key: 'duration',
    label: 'Took',
    width: '5.5rem',
    isNumber: true,
    cell: ({ duration_ms }) => milliseconds(duration_ms),
  },
  { key: 'created', label: 'Begun', width: '8rem', isNumber: true, cell: ({ created_at }) => moment(created_at) },
  { key: 'actions', label: '', width: '6rem', isNumber: true, cell: (job) => <Actions job={job} /> },
];

/** Two lines for each job, for a narrow screen. */
export const narrowJobColumns: readonly TableColumn<Job>[] = [
  {
    key: 'narrow',
    label: 'Job',
    width: 'minmax(0, 1fr)',
    cell: (job) => (
      <>
        <span class="narrow-line">
          <Status status={job.status} /> <JobLink job={job} />
        </span>
        <span class="narrow-line quiet">
          <PluginOf job={job} /> · <DeviceOf job={job} />
        </span>
      </>
    ),
  },
  {
    key: 'narrow-side',
    label: 'Took',
    width: '5.5rem',
    isNumber: true,
    cell: (job) => (isUnfinished(job) ? <Actions job={job} /> : milliseconds(job.duration_ms)),
  },
];

const isUnfinished = ({ status }: Job): boolean => status === 'queued' || status === 'running';

/** The end of an id is what tells it from others of the same time. */
const shortId = (id: string): string => (id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-8)}` : id);

function JobLink({ job }: { readonly job: Job }) {
  return (
    <a class="mono" href={linkTo.job(job.job_id)} title={job.job_id} tabIndex={-1}>
      {shortId(job.job_id)}
    </a>
  );
}

function PluginOf({ job: { plugin, tool } }: { readonly job: Job }) {
  return (
    <span>
      {plugin}
      {tool !== null && <span class="quiet"> · {tool}</span>}
    </span>
  );
}

function Outcome({ job }: { readonly job: Job }) {
  if (job.status === 'error' && job.error_message !== null)
    return (
      <span class="error-text" title={job.error_message}>
        {job.error_message}
      </span>
    );
  return <ProgressOf job={job} />;
}

function Actions({ job }: { readonly job: Job }) {
  if (isUnfinished(job)) return <CancelButton job={job} />;
  return (
    <a
      class="button-quiet"
      href={linkTo.player(job.job_id)}
      aria-label={`play ${job.job_id}`}
      title="play"
      tabIndex={-1}
    >
      <Icon name="play" size={16} />
    </a>
  );
}

export function CancelButton({ job }: { readonly job: Job }) {
  const cancel = async () => {
    const answer = await send('DELETE', `/v1/jobs/${encodeURIComponent(job.job_id)}`);
    if (!answer.ok) await refreshJobs();
  };
  return (
    <button type="button" class="button button-small" onClick={cancel} aria-label={`cancel ${job.job_id}`}>
      Cancel
    </button>
  );
}
