import type { Engine } from '../engine.ts';
import { messageOf } from '../errors.ts';
import {
  checkpointVersion,
  commitVersion,
  logFolder,
  parseActions,
  readCheckpoint,
  type Storage,
} from '../lake/index.ts';
import type { Problem } from './verify.ts';

/** Whether every entry and checkpoint that the log still holds can be read, the old ones too. */
export async function verifyLog(storage: Storage, engine: Engine): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { path } of await storage.list(logFolder)) {
    const version = checkpointVersion(path);
    try {
      if (version !== undefined) await readCheckpoint(storage, engine, version);
      if (commitVersion(path) !== undefined) parseActions((await storage.read(path)) ?? Buffer.alloc(0), path);
    } catch (error) {
      problems.push({ of: path, problem: messageOf(error) });
    }
  }
  return problems;
}
