import type { PlaceProps } from '../../app.tsx';

export function SqlPage({ jobId }: PlaceProps) {
  return <h1>{jobId ?? 'nothing yet'}</h1>;
}
