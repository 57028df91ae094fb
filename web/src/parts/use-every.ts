import { useEffect } from 'preact/hooks';

/** Done at once, and again and again while somebody looks. */
export function useEvery(action: () => void, everyMs: number): void {
  useEffect(() => {
    action();
    const timer = setInterval(() => document.visibilityState === 'visible' && action(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
