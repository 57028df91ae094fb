import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = new URL('../../dist/emitters/index.js', import.meta.url).href;

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * Runs a program with an open log of the job `j1`, `log`, and `say(text)`, which appends one event.
 * It is sent `signal` when it writes `ready` to standard output.
 */
export async function runChild(warehouse: string, program: string, signal?: NodeJS.Signals): Promise<ChildEnd> {
  const source = `
    import { openEventLog } from '${entry}';
    const log = openEventLog({ jobId: 'j1', warehouse: ${JSON.stringify(warehouse)}, flushWaitMs: 60_000 });
    const say = (message) => log.append('log', { level: 'info', message });
    const ready = () => { console.log('ready'); setTimeout(() => {}, 20_000); };
    ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: fileURLToPath(new URL('.', entry)),
  });
  const ended = once(child, 'close');
  const stderr: string[] = [];
  child.stderr.on('data', (chunk) => stderr.push(String(chunk)));
  child.stdout.once('data', () => child.kill(signal));
  const [code, endSignal] = await ended;
  return { code, signal: endSignal, stderr: stderr.join('') };
}
