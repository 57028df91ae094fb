import { type RereadOptions, rereadJob } from '../reread/index.ts';
import type { Settings } from '../settings.ts';
import { say, write, writeJson } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';
import { withReader } from './with-reader.ts';

interface AgainOptions extends Omit<RereadOptions, 'warehouse'> {
  readonly json: boolean;
}

/** Reads the outputs that a job kept again, and tells what came of each of its tools. */
export async function normaliseAgain(settings: Settings, { json, ...given }: AgainOptions): Promise<void> {
  const { warehouse } = settings;
  const done = await withReader(settings, (reader) => rereadJob(reader, { ...given, warehouse }));
  if (json) await writeJson(done);
  else await write(objectTable(done));
  for (const { plugin, tool, frames, frames_read } of done) {
    const unkept = frames - frames_read;
    if (unkept > 0)
      say(`${plugin} ${tool}: ${countText(unkept, 'frame')} kept no raw output: the boxes are as they were`);
  }
}
