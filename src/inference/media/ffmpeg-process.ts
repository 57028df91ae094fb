import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface FfmpegProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /**
   * Waits for its end.
   * @throws Error with what it said last, where it did not end well
   */
  ended(): Promise<void>;
  /** Ends it by force where it still runs. Idempotent. */
  close(): Promise<void>;
}

const linesKept = 5;

/** @param onLine takes each line that it says, and answers whether that is no message for people */
export function startFfmpeg(
  command: string,
  args: readonly string[],
  onLine: (line: string) => boolean,
): FfmpegProcess {
  const child = spawn(command, ['-hide_banner', '-nostdin', '-nostats', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!onLine(line)) said.push(line);
    if (said.length > linesKept) said.shift();
  });
  // Its own words at its end say why it no longer reads.
  child.stdin.on('error', () => {});
  const ending = once(child, 'close');
  // Looked at only when somebody waits for the end.
  ending.catch(() => {});
  return {
    child,
    async ended() {
      const [code, signal] = await ending;
      if (code !== 0) throw new Error(said.join('; ') || `ffmpeg was ended by ${signal ?? `itself with code ${code}`}`);
    },
    async close() {
      child.kill('SIGKILL');
      // What nobody reads any more would keep it from closing.
      child.stdout.destroy();
      await ending.catch(() => {});
    },
  };
}
