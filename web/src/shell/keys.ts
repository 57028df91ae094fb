import { useEffect } from 'preact/hooks';
import { goTo, linkTo } from '../router.ts';

const secondWithinMs = 1_500;

/** `g` and a number go to a place, as the titles in the rail say. */
export function usePlaceKeys(jobId: string | undefined): void {
  useEffect(() => {
    let pressedAt = Number.NEGATIVE_INFINITY;
    const links = [linkTo.overview(), linkTo.jobs(), linkTo.job(jobId), linkTo.player(jobId), linkTo.sql()];
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const link = links[Number(event.key) - 1];
      if (event.key === 'g') pressedAt = event.timeStamp;
      else if (link !== undefined && event.timeStamp - pressedAt < secondWithinMs) goTo(link);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [jobId]);
}

/** Whether the key belongs to a field; an editor in a shadow root is seen by the path. */
export function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName))
  );
}
