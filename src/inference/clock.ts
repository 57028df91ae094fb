/** Milliseconds since a moment of performance.now(), to the microsecond, which is all that clock resolves. */
export const elapsedMs = (since: number): number => roundMs(performance.now() - since);

export const roundMs = (value: number): number => Math.round(value * 1000) / 1000;

/** Milliseconds since 1970, with their fractions: the clock that the threads of a process have in common. */
export const epochMs = (): number => performance.timeOrigin + performance.now();
