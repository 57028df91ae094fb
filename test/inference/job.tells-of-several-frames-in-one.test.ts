import { expect, test } from 'vitest';
import { runJob } from '../../src/inference/index.ts';
import { clipPath } from './football.ts';
import { ofKind, readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { tempDir } from './temp-dir.ts';

const eventsOf = async (payload: string) => {
  const warehouse = tempDir();
  const pluginDirs = [modulePlugin(`return ${JSON.stringify(payload)};`, '', { dialect: 'mot-csv' })];
  await runJob({ warehouse, plugin: 'made', pluginDirs, input: clipPath, framesMax: 1, jobId: 'j' });
  return readEvents(warehouse, 'j');
};

const line = (frame: number): string => `${frame},3,101,51,40,20,0.75,-1,-1,-1\n`;

test('boxes of several frames in the output of one are kept as that frame’s, and an issue tells it', async () => {
  const events = await eventsOf(line(7) + line(9));

  expect(ofKind(events, 'detection').map(({ frame_index }) => frame_index)).toEqual([0, 0]);
  expect(ofKind(events, 'output.issue')).toMatchObject([{ code: 'several_frames', frame_index: 0 }]);
});

test('one frame by another number is no issue', async () => {
  const events = await eventsOf(line(7) + line(7));

  expect(ofKind(events, 'detection')).toHaveLength(2);
  expect(ofKind(events, 'output.issue')).toEqual([]);
});
