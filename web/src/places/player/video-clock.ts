/** Which frame is shown when: by the file's own table, or evenly where it has none. */
export interface VideoClock {
  readonly frameCount: number;
  frameAt(seconds: number): number;
  /** A moment in the middle of the frame, so that a seek there shows no neighbour. */
  timeOf(frame: number): number;
  readonly isExact: boolean;
}

/** Players round times on their way: a frame that is this little ahead is meant. */
const earlySeconds = 0.002;

export function clockOf(times: ArrayLike<number>): VideoClock {
  const last = times.length - 1;
  return {
    frameCount: times.length,
    isExact: true,
    frameAt(seconds) {
      let [low, high] = [0, last];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((times[middle] ?? 0) <= seconds + earlySeconds) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    timeOf(frame) {
      const at = Math.max(0, Math.min(last, frame));
      const begins = times[at] ?? 0;
      const before = times[at - 1] ?? begins;
      const ends = times[at + 1] ?? begins + Math.max(0.01, begins - before);
      return (begins + ends) / 2;
    },
  };
}

export function evenClock(framesPerSecond: number, seconds: number): VideoClock {
  const frameCount = Math.max(1, Math.round(seconds * framesPerSecond));
  const within = (frame: number) => Math.max(0, Math.min(frameCount - 1, frame));
  return {
    frameCount,
    isExact: false,
    frameAt: (at) => within(Math.floor((at + earlySeconds) * framesPerSecond)),
    timeOf: (frame) => (within(frame) + 0.5) / framesPerSecond,
  };
}
