/** What a process is told from outside: to end. Everything that takes long listens to this. */
const ending = new AbortController();
export const endSignal: AbortSignal = ending.signal;

/** What the shell is told by convention: 128 and the signal's number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

let exitCode = 0;

/** The exit code of a command that was ended before it was done. */
export const endedExitCode = (): number => exitCode;

/**
 * Lets Ctrl-C, a signal, and a reader of stdout that has gone (`| head`) end the command in order: what was opened is
 * closed. A second Ctrl-C ends the process at once.
 */
export function listenForTheEnd(): void {
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (ending.signal.aborted) process.exit(code);
      end(code, `ended by ${name}`);
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Nobody wants the rest: that is no failure.
    end(0, 'nobody reads the output any more');
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** An interrupt stops only what runs at that moment, and the next statement may begin just behind it. */
const interruptAgainMs = 100;

/** Calls `stop` once the command is told to end, and again until this is undone by what it gives. */
export function onEnding(stop: () => void): () => void {
  let again: NodeJS.Timeout | undefined;
  const begin = (): void => {
    stop();
    again = setInterval(stop, interruptAgainMs).unref();
  };
  endSignal.addEventListener('abort', begin, { once: true });
  return () => {
    endSignal.removeEventListener('abort', begin);
    clearInterval(again);
  };
}

function end(code: number, reason: string): void {
  if (ending.signal.aborted) return;
  exitCode = code;
  ending.abort(new Error(reason));
}
