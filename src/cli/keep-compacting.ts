import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { pino } from 'pino';
import { type SettingName, type Settings, settingTable } from '../settings.ts';

const mainPath = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const againMs = 5_000;
/** What it may take to end; being killed costs it nothing but the work of a moment. */
const endMs = 1_500;

/**
 * Runs a `siltstone watch` beside this process, and another one when it fails, until what it gives is called. It ends by itself
 * when this process is gone.
 */
export function keepCompacting(settings: Settings, log: pino.Logger): () => Promise<void> {
  const ending = new AbortController();
  let child: ChildProcess | undefined;
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      child = fork(mainPath, ['watch', ...givenSettings(settings)], {
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const [code] = await once(child, 'exit').catch((error: unknown) => [error]);
      if (ending.signal.aborted) return;
      log.warn({ code }, 'the compactor ended, and is started again');
      await sleep(againMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    ending.abort();
    child?.kill('SIGTERM');
    const timer = setTimeout(() => child?.kill('SIGKILL'), endMs);
    await running;
    clearTimeout(timer);
  };
}

/** What differs from the defaults and concerns it. */
function givenSettings(settings: Settings): readonly string[] {
  const names = (Object.keys(settingTable) as SettingName[]).filter((name) => !name.startsWith('serve_'));
  return names
    .filter((name) => settings[name] !== settingTable[name].default)
    .flatMap((name) => ['--set', `${name}=${settings[name]}`]);
}
