import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds. */
function useMedia(media: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(media).matches);
  useEffect(() => {
    const list = matchMedia(media);
    const look = () => setHolds(list.matches);
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, [media]);
  return holds;
}

export const useNarrow = (): boolean => useMedia('(max-width: 720px)');

/** Rows are higher where letters are bigger: px of one rem at the root, by 16. */
export function useScale(): number {
  return useMedia('(min-width: 2400px)') ? 1.25 : 1;
}
