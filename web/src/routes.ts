export type Place = 'overview' | 'jobs' | 'job' | 'player' | 'sql';

export interface Route {
  readonly place: Place;
  readonly jobId: string | undefined;
  /** What follows the `?`: a frame, a filter, a statement. */
  readonly params: URLSearchParams;
}

/** Behind the `#`, so that any server of plain files can hand the pages out, and a reload stays where it was. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [head = '', jobId = '', tail = ''] = path.split('/');
  const params = new URLSearchParams(search);
  if (head === 'jobs' && jobId === '') return { place: 'jobs', jobId: undefined, params };
  if (head === 'jobs') {
    const place = tail === 'player' ? 'player' : 'job';
    return { place, jobId: decodeURIComponent(jobId), params };
  }
  if (head === 'job' || head === 'player' || head === 'sql') return { place: head, jobId: undefined, params };
  return { place: 'overview', jobId: undefined, params };
}

export const linkTo = {
  overview: () => '#/',
  jobs: () => '#/jobs',
  job: (jobId?: string) => (jobId === undefined ? '#/job' : `#/jobs/${encodeURIComponent(jobId)}`),
  player: (jobId?: string, frame?: number) => {
    if (jobId === undefined) return '#/player';
    const at = frame === undefined ? '' : `?frame=${frame}`;
    return `#/jobs/${encodeURIComponent(jobId)}/player${at}`;
  },
  sql: (statement?: string) => (statement === undefined ? '#/sql' : `#/sql?q=${encodeURIComponent(statement)}`),
};
