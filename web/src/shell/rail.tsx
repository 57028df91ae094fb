import { linkTo, type Place } from '../router.ts';
import { Icon } from './icons.tsx';

interface RailProps {
  readonly place: Place;
  readonly jobId: string | undefined;
}

/** The five places; job and player are those of the job that was looked at last. */
export function Rail({ place, jobId }: RailProps) {
  const places: readonly (readonly [Place, string, string])[] = [
    ['overview', 'Overview', linkTo.overview()],
    ['jobs', 'Jobs', linkTo.jobs()],
    ['job', 'Job', linkTo.job(jobId)],
    ['player', 'Player', linkTo.player(jobId)],
    ['sql', 'SQL', linkTo.sql()],
  ];
  return (
    <nav class="rail" aria-label="Places">
      <a class="rail-mark" href={linkTo.overview()} aria-label="siltstone, overview" tabIndex={-1}>
        <img src="/siltstone.svg" width="28" height="28" alt="" />
      </a>
      <ul>
        {places.map(([name, label, href], i) => (
          <li key={name}>
            <a href={href} aria-current={name === place ? 'page' : undefined} title={`${label} (g ${i + 1})`}>
              <Icon name={name} />
              <span>{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
