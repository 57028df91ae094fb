import type { Engine } from '../engine.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { promotionPath } from '../inbox/index.ts';
import type { Storage } from '../lake/index.ts';
import type { Settings } from '../settings.ts';
import { examineBackup } from './backup-state.ts';
import { examineDisk } from './doctor-disk.ts';
import { examineEvents } from './doctor-events.ts';
import { examineInbox } from './doctor-inbox.ts';
import { examineLake } from './doctor-lake.ts';
import { examinePromotion } from './doctor-promotion.ts';

/** What was looked at, what was found there, and where it is not well, what to do. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly of: string;
  readonly found: string;
  readonly remedy?: string;
}

/** Looks at everything of a warehouse that can be wrong. Nothing is changed, and what is broken is a finding, no exception. */
export async function examineWarehouse(
  storage: Storage,
  engine: Engine,
  settings: Settings,
): Promise<readonly Finding[]> {
  const disk = await examineDisk(storage.locate(''));
  if (disk.some(({ state }) => state === 'wrong')) return disk;
  return [
    ...disk,
    ...(await caught('backup', () => examineBackup(storage))),
    ...(await caught('lake', () => examineLake(storage, engine))),
    ...(await caught(promotionPath, () => examinePromotion(storage, engine))),
    ...(await caught('inbox', () => examineInbox(storage))),
    ...(await caught('events', () => examineEvents(settings))),
  ];
}

async function caught(of: string, examine: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await examine();
  } catch (error) {
    const remedy = remedyOf(error);
    return [{ state: 'wrong', of, found: messageOf(error), remedy }];
  }
}

function remedyOf(error: unknown): string {
  if (!(error instanceof SiltstoneError)) return 'Please report it: this is a mistake in siltstone.';
  // The SQL is ours: what fails by it is a file.
  if (error.code !== 'engine_failed') return error.remedy;
  return '`siltstone verify` says which file it is, `siltstone repair` how to mend it.';
}
