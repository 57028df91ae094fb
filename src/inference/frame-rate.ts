const windowFrames = 25;

/** Frames per second over the last 25 frames; call it once a frame. */
export function makeFrameRate(startMs: number): (nowMs: number) => number {
  const times = [startMs];
  return (nowMs) => {
    times.push(nowMs);
    if (times.length > windowFrames + 1) times.shift();
    const [first = startMs] = times;
    return ((times.length - 1) * 1000) / (nowMs - first);
  };
}
