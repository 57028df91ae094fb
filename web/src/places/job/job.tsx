import type { PlaceProps } from '../../app.tsx';

export function JobPage({ jobId }: PlaceProps) {
  return <h1>{jobId ?? 'nothing yet'}</h1>;
}
