import type { Ask } from '../ask.ts';
import { type Section, table } from '../parts.ts';

export async function deviceSection(ask: Ask): Promise<Section> {
  const parts = [
    ...table('What was asked for, and what ran', await ask('job/device'), {
      asked: 'text',
      used: 'text',
      provider: 'text',
      fallback: 'flag',
    }),
    ...table('What was tried, in this order', await ask('job/attempts'), {
      provider: 'text',
      runs: 'flag',
      reason: 'words',
    }),
  ];
  return { id: 'device', title: 'Device', parts, empty: 'No device was chosen: the job ended before.' };
}
