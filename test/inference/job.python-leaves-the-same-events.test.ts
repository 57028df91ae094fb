import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { type Line, readEvents } from './inbox.ts';
import { tempDir } from './temp-dir.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

test('a command in Python leaves the same events as a module that finds the same', async ({ skip }) => {
  skip(!hasPython, 'python3 is not installed');
  const [python, module] = await Promise.all([eventsOf('bright-python'), eventsOf('bright-module')]);

  expect(python.filter(({ event }) => event === 'detection')).toHaveLength(3);
  expect(python.filter(({ event }) => event === 'plugin.run')).toMatchObject(
    Array.from({ length: 3 }, (_, frame_index) => ({ frame_index, success: true, provider: 'cpu' })),
  );
  expect(inOrder(python)).toEqual(inOrder(module));
});

async function eventsOf(plugin: string): Promise<readonly Line[]> {
  const warehouse = tempDir();
  const result = await runJob({
    warehouse,
    plugin,
    pluginDirs: [examples],
    input: clipPath,
    framesMax: 3,
    jobId: 'same',
  });
  expect(result).toMatchObject({ status: 'done', frameCount: 3, detectionCount: 3, issueCount: 0 });
  return readEvents(warehouse, 'same');
}

/** Frames are drawn beside what goes on: only each kind by itself comes in order. */
const inOrder = (lines: readonly Line[]): readonly object[] =>
  lines.toSorted((a, b) => a.event.localeCompare(b.event)).map(withoutTimes);

/** What differs by itself: times, processes, places in the stream, and the name of the plugin. */
function withoutTimes(line: Line): object {
  const isOwn = (name: string) => /^(ts|seq|pid|pid_started|plugin|fps|stream)$|_ms$|_id$/.test(name);
  return JSON.parse(JSON.stringify(line, (name, value: unknown) => (isOwn(name) ? undefined : value)));
}
