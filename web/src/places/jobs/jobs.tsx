import { useEffect, useState } from 'preact/hooks';
import { getJson } from '../../api/client.ts';
import type { Job, Plugin } from '../../api/types.ts';
import { jobsStore, loadMoreJobs, showJobs } from '../../live/jobs.ts';
import { Empty } from '../../parts/empty.tsx';
import { useNarrow, useScale } from '../../parts/use-media.ts';
import { VirtualTable } from '../../parts/virtual-table.tsx';
import { goTo, linkTo } from '../../router.ts';
import { Icon } from '../../shell/icons.tsx';
import { useStore } from '../../store.ts';
import { jobColumns, narrowJobColumns } from './columns.tsx';
import './jobs.css';
import { JobFilters } from './filters.tsx';
import { SubmitForm } from './submit-form.tsx';

export function JobsPage({ params }: { readonly params: URLSearchParams }) {
  const { jobs, isLoading, nextCursor, problem } = useStore(jobsStore);
  const [text, setText] = useState('');
  const [plugins, setPlugins] = useState<readonly Plugin[]>();
  const isNarrow = useNarrow();
  const scale = useScale();
  const [status, plugin, device] = ['status', 'plugin', 'device'].map((name) => params.get(name) ?? '');
  useEffect(() => void showJobs({ status, plugin, device }), [status, plugin, device]);
  useEffect(() => void loadPlugins(setPlugins), []);
  const shown = text === '' ? jobs : jobs.filter((job) => job.job_id.includes(text) || job.plugin.includes(text));
  const isFiltered = text !== '' || Boolean(status || plugin || device);
  return (
    <div class="jobs">
      <header class="page-head">
        <h1>Jobs</h1>
        <p class="quiet" role="status">
          {isLoading && shown.length === 0 ? 'loading' : `${shown.length}${nextCursor === null ? '' : '+'} shown`}
        </p>
        <button type="button" class="button button-main push" onClick={() => showDialog('submit')}>
          <Icon name="plus" size={16} /> New job
        </button>
      </header>
      <JobFilters params={params} text={text} onText={setText} plugins={(plugins ?? []).map(({ id }) => id)} />
      {shown.length === 0 && !isLoading ? (
        <NoJobs isFiltered={isFiltered} problem={problem} />
      ) : (
        <VirtualTable<Job>
          label="Jobs, newest first"
          class="jobs-table"
          columns={isNarrow ? narrowJobColumns : jobColumns}
          rowPx={(isNarrow ? 72 : 44) * scale}
          rows={shown}
          rowKey={({ job_id }) => job_id}
          onOpen={({ job_id }) => goTo(linkTo.job(job_id))}
          onEnd={loadMoreJobs}
        />
      )}
      <SubmitForm plugins={plugins} />
    </div>
  );
}

function NoJobs({ isFiltered, problem }: { readonly isFiltered: boolean; readonly problem: string | undefined }) {
  if (problem !== undefined) return <Empty title="The list of jobs cannot be had">{problem}</Empty>;
  if (isFiltered) return <Empty title="No job is like that">Take a filter away to see the others.</Empty>;
  return (
    <Empty title="No job has run here yet" command="siltstone run player-tracker samples/football.mp4">
      Start one with “New job”, or from a terminal in this warehouse:
    </Empty>
  );
}

async function loadPlugins(set: (plugins: readonly Plugin[]) => void): Promise<void> {
  const answer = await getJson<{ readonly plugins: readonly Plugin[] }>('/v1/plugins');
  if (answer.ok) set(answer.value.plugins);
}

function showDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}
