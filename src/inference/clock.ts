/** Milliseconds since a moment of performance.now(), to the microsecond, which is all that clock resolves. */
export const elapsedMs = (since: number): number => roundMs(performance.now() - since);

export const roundMs = (value: number): number => Math.round(value * 1000) / 1000;
