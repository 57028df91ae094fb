/** A line of the event log, as `docs/events.md` has it. */
export interface OverlayFrameEvent {
  readonly frame_index: number;
  readonly render_time_ms: number;
  readonly dropped_frames: number;
  readonly fps: number;
  readonly skipped?: boolean;
  readonly throttled?: boolean;
  readonly width: number;
  readonly height: number;
}

export interface EventReport {
  add(event: OverlayFrameEvent): void;
  /** Sends what waits; before a page goes away, in a way that outlives it. */
  flush(isLeaving?: boolean): void;
  close(): void;
}

const batchEvents = 240;
const flushEveryMs = 1_500;
/** Where the server cannot be reached, so many are kept; older ones are given up. */
const keptMax = 20_000;

export type SendLines = (lines: string, isLeaving: boolean) => Promise<boolean>;

/** The player is a surface like any other: what it draws and drops stands in the same log, `surface: browser`. */
export function makeEventReport(send: SendLines): EventReport {
  let waiting: string[] = [];
  let isSending = false;
  const flush = async (isLeaving = false) => {
    if (waiting.length === 0 || (isSending && !isLeaving)) return;
    const lines = waiting.splice(0, isLeaving ? waiting.length : batchEvents);
    isSending = true;
    const isTaken = await send(lines.join('\n'), isLeaving);
    isSending = false;
    if (!isTaken) waiting = [...lines, ...waiting].slice(-keptMax);
  };
  const timer = setInterval(flush, flushEveryMs, false);
  return {
    add(event) {
      const ts = new Date().toISOString();
      waiting.push(JSON.stringify({ event: 'overlay.frame', ts, ...event, surface: 'browser' }));
      if (waiting.length >= batchEvents) void flush();
    },
    flush: (isLeaving) => void flush(isLeaving),
    close() {
      clearInterval(timer);
      void flush(true);
    },
  };
}
