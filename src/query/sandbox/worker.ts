import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SiltstoneError } from '../../errors.ts';
import { lendTemporary, type Scratch } from '../../lake/index.ts';
import {
  type Answer,
  memoryExitCode,
  type Order,
  type Question,
  reportSchema,
  type SandboxLimits,
} from './messages.ts';

const childPath = fileURLToPath(new URL('../../../dist/query/sandbox/sandbox-process.js', import.meta.url));

/** How long the lake may take to open, hot rows among it, before anything of the statement begins. */
const openWaitMs = 120_000;
/** What an interrupted statement may take to end by itself. */
const endWaitMs = 1_000;
/** Only these are handed on: no token of ours is in the environment of a process that runs SQL of anybody. */
const environmentNames = ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot'];

/** One process that answers one question at a time. It is started at its first, and anew after it was killed. */
export interface SandboxWorker {
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  /** Holds all that it writes; it cannot remove anything when it is killed. */
  readonly folder: Scratch;
}

export function sandboxWorker(limits: SandboxLimits): SandboxWorker {
  let running: Started | undefined;
  const started = async (): Promise<Started> => {
    running ??= await start(limits, () => {
      running = undefined;
    });
    return running;
  };
  return {
    ask: async (question, signal) => asked(await started(), { question, limits, signal }),
    close: async () => {
      const { child } = running ?? {};
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'gone');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function start(limits: SandboxLimits, onEnd: () => void): Promise<Started> {
  const folder = await lendTemporary();
  const child = fork(childPath, [JSON.stringify(limits)], {
    execArgv: ['--max-old-space-size=512'],
    env: {
      ...Object.fromEntries(environmentNames.flatMap((name) => [[name, process.env[name]]])),
      TMPDIR: folder.dir,
      TZ: 'UTC',
    },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('exit', async () => {
    onEnd();
    await folder.close();
    child.emit('gone');
  });
  return { child, folder };
}

interface Asked {
  readonly question: Question;
  readonly limits: SandboxLimits;
  readonly signal: AbortSignal | undefined;
}

/** The answer, or why there is none: at the latest a little after the deadline, when the process is killed. */
function asked({ child }: Started, { question, limits, signal }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const kill = (): void => void child.kill('SIGKILL');
    let timer = setTimeout(kill, openWaitMs);
    const within = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(kill, ms);
    };
    const stop = (): void => {
      within(endWaitMs);
      send(child, { stop: true });
    };
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      child.off('message', onMessage).off('exit', onExit);
    };
    const onMessage = (message: unknown): void => {
      const report = reportSchema.parse(message);
      if ('began' in report) {
        within(limits.timeoutMs + endWaitMs);
        return;
      }
      end();
      if ('answer' in report) resolve(report.answer);
      else reject(new SiltstoneError(report.code, report.message));
    };
    const onExit = (code: number | null): void => {
      end();
      reject(lost(code, limits));
    };
    child.on('message', onMessage).on('exit', onExit);
    signal?.addEventListener('abort', stop, { once: true });
    send(child, { question });
  });
}

/** Where it has just ended, its exit tells. */
function send(child: ChildProcess, order: Order): void {
  child.send(order, () => undefined);
}

function lost(code: number | null, { timeoutMs, memoryBytes }: SandboxLimits): SiltstoneError {
  if (code === memoryExitCode) {
    const limit = `${memoryBytes} bytes of serve_query_memory_bytes`;
    return new SiltstoneError('query_too_large', `the statement took more memory than the ${limit}`);
  }
  if (code !== null) return new SiltstoneError('query_too_large', 'the statement ended the process that ran it');
  return new SiltstoneError(
    'query_timeout',
    `the statement did not end within ${timeoutMs} ms, and its process was ended`,
  );
}
