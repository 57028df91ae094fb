import type { PlaceProps } from '../../app.tsx';

export function PlayerPage({ jobId }: PlaceProps) {
  return <h1>{jobId ?? 'nothing yet'}</h1>;
}
