import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Older ones know no `-fps_mode`, without which frames are dropped and doubled. */
const oldestVersion = [5, 1] as const;

/**
 * The program ffmpeg of this machine.
 * @param command its name on the PATH, or its path
 * @returns the command
 * @throws Error that says why it cannot be used
 */
export async function findFfmpeg(command = 'ffmpeg'): Promise<string> {
  const { stdout } = await promisify(execFile)(command, ['-version'], { timeout: 10_000 });
  // One that was built from the newest source names its commit instead.
  const [, major = '', minor = ''] = /^ffmpeg version n?(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (major !== '' && isOlder([Number(major), Number(minor)])) {
    throw new Error(`it is ${major}.${minor}, and ${oldestVersion.join('.')} is the oldest that will do`);
  }
  return command;
}

function isOlder([major, minor]: readonly [number, number]): boolean {
  return major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
}
