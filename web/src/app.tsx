import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { followJobs, jobsStore } from './live/jobs.ts';
import { JobsPage } from './places/jobs/jobs.tsx';
import { Overview } from './places/overview/overview.tsx';
import { type Place, useRoute } from './router.ts';
import { usePlaceKeys } from './shell/keys.ts';
import { Rail } from './shell/rail.tsx';
import { Strip } from './shell/strip.tsx';
import { TokenForm } from './shell/token-form.tsx';
import { useStore } from './store.ts';

/** Places with a heavy part of their own are loaded when somebody goes there. */
const later: Readonly<Record<'job' | 'player' | 'sql', () => Promise<ComponentType<PlaceProps>>>> = {
  job: async () => (await import('./places/job/job.tsx')).JobPage,
  player: async () => (await import('./places/player/player.tsx')).PlayerPage,
  sql: async () => (await import('./places/sql/sql.tsx')).SqlPage,
};

export interface PlaceProps {
  readonly jobId: string | undefined;
  readonly params: URLSearchParams;
}

export function App() {
  const { place, jobId, params } = useRoute();
  const [lastJobId, setLastJobId] = useState(jobId);
  const { jobs } = useStore(jobsStore);
  useEffect(followJobs, []);
  useEffect(() => {
    if (jobId !== undefined) setLastJobId(jobId);
    document.title = `${titles[place]} · siltstone`;
  }, [place, jobId]);
  const shownJobId = jobId ?? lastJobId ?? jobs[0]?.job_id;
  usePlaceKeys(shownJobId);
  return (
    <div class="shell">
      <a class="skip" href="#content" onClick={skipToContent}>
        Skip to the content
      </a>
      <Rail place={place} jobId={shownJobId} />
      <Strip />
      <main id="content" class={`place place-${place}`} tabIndex={-1}>
        <Shown place={place} jobId={shownJobId} params={params} />
      </main>
      <TokenForm />
    </div>
  );
}

const titles: Readonly<Record<Place, string>> = {
  overview: 'Overview',
  jobs: 'Jobs',
  job: 'Job',
  player: 'Player',
  sql: 'SQL',
};

/** The address behind the `#` is the place, so this must not change it. */
function skipToContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Shown({ place, ...props }: PlaceProps & { readonly place: Place }) {
  if (place === 'overview') return <Overview />;
  if (place === 'jobs') return <JobsPage params={props.params} />;
  return <LaterPlace key={place} place={place} {...props} />;
}

function LaterPlace({ place, ...props }: PlaceProps & { readonly place: 'job' | 'player' | 'sql' }) {
  const [Loaded, setLoaded] = useState<ComponentType<PlaceProps>>();
  useEffect(() => {
    void later[place]().then((component) => setLoaded(() => component));
  }, [place]);
  return Loaded === undefined ? <h1 class="sr-only">{titles[place]}</h1> : <Loaded {...props} />;
}
