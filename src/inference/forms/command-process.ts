import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { lastOutput } from '../child-output.ts';

/** A command that answers each line with one line. */
export interface CommandProcess {
  /** @throws Error where it ends, or could not be started, or says more than a line can hold */
  ask(line: string): Promise<string>;
  /** Ends its stdin, and by force what does not end then. May be called twice. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** An answer is some rows of numbers. */
const lineBytesMax = 16 * 1024 * 1024;
/** What a command may take to end once its stdin has ended. */
const endWaitMs = 2_000;

/** @param command the program and its arguments */
export function startCommand(command: readonly string[], cwd: string): CommandProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const stderr = lastOutput(child.stderr);
  let waiting: Waiting | undefined;
  let failure: Error | undefined;
  const fail = (reason: string) => {
    failure ??= new Error([reason, stderr()].filter(Boolean).join(': '));
    waiting?.reject(failure);
    waiting = undefined;
  };
  // Lines are asked for one by one: one that nobody waits for answers nothing, and shows at the next.
  const lines: string[] = [];
  eachLine(
    child,
    (line) => {
      if (waiting === undefined) lines.push(line);
      else waiting.resolve(line);
      waiting = undefined;
    },
    fail,
  );
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      fail(`the command ${program} could not be started: ${error.message}`);
      resolve();
    });
    child.once('close', (code, signal) => {
      fail(`the command ${program} ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}`);
      resolve();
    });
  });
  // Writing to a command that has gone fails here; why it has gone is told by its end.
  child.stdin.on('error', () => {});
  return {
    ask(line) {
      if (failure !== undefined) return Promise.reject(failure);
      const early = lines.shift();
      if (early !== undefined) return Promise.resolve(early);
      child.stdin.write(`${line}\n`);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    async close() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), endWaitMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function eachLine(
  child: ChildProcessWithoutNullStreams,
  onLine: (line: string) => void,
  fail: (reason: string) => void,
): void {
  let begun = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    begun += first;
    for (const other of others) {
      onLine(begun);
      begun = other;
    }
    if (begun.length <= lineBytesMax) return;
    fail(`the command’s answer is longer than ${lineBytesMax} bytes`);
    child.kill('SIGKILL');
  });
}
