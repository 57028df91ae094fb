/** What must happen to a log before the process is gone. */
export interface OpenLog {
  flush(): void;
  /** The last flush: what cannot be written now is lost. */
  flushAtExit(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Marks our signal listeners, of other copies of this module too: two copies must not wait for each other. */
const isOurs = Symbol.for('siltstone.flushOnSignal');

const openLogs = new Set<OpenLog>();

export function addOpenLog(log: OpenLog): void {
  if (openLogs.size === 0) listen();
  openLogs.add(log);
}

/** With the last log go the listeners. */
export function removeOpenLog(log: OpenLog): void {
  if (openLogs.delete(log) && openLogs.size === 0) unlisten();
}

function listen(): void {
  process.on('exit', flushAtExit);
  // In front: a listener that was added with once() is still counted when ours decides.
  for (const signal of signals) process.prependListener(signal, flushOnSignal);
}

function unlisten(): void {
  process.off('exit', flushAtExit);
  for (const signal of signals) process.off(signal, flushOnSignal);
}

function flushAtExit(): void {
  for (const log of openLogs) log.flushAtExit();
}

/** Having a listener takes the signal's default away, so it is given back, unless somebody else answers to it. */
function flushOnSignal(signal: NodeJS.Signals): void {
  for (const log of openLogs) log.flush();
  if (!process.listeners(signal).every((listener) => isOurs in listener)) return;
  process.off(signal, flushOnSignal);
  process.kill(process.pid, signal);
}
Object.defineProperty(flushOnSignal, isOurs, { value: true });
