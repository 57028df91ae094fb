import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { messageOf, SiltstoneError } from '../errors.ts';

const childPath = fileURLToPath(new URL('../../dist/inference/codec-process.js', import.meta.url));
const waitMs = 30_000;

/**
 * What reads and writes videos here: `node-av` or `ffmpeg`. Found out in a process of its own: a native library that
 * does not fit this machine takes its process with it.
 * @throws SiltstoneError `codec_missing`
 */
export async function videoCodecName(): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [childPath], { timeout: waitMs })).stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new SiltstoneError('codec_missing', said || messageOf(error), { cause: error });
  }
}
