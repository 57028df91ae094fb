import './simulated.ts';
import { afterEach, expect, test } from 'vitest';
import { type Bug, plant } from './planted.ts';
import { firstBroken } from './seeds.ts';

/** An event that is lost or twice, a file that is gone; not a failure of the simulator itself. */
const broken =
  /^SEED=\d+ breaks a promise:\nstep \d+: .*(is not there|is there \d+ times|missing in the lake|more than once|ENOENT)/;

afterEach(() => plant(undefined));

test.each<[Bug, number]>([
  ['no folder is synced', 100],
  ['a rename for a link', 400],
  ['no second look at the watermarks', 100],
  ['a vacuum without retention', 400],
  ['the watermarks of another snapshot', 100],
])('a bug is found, and it is found out: %s', async (bug, seeds) => {
  plant(bug);

  expect(await firstBroken({ seeds })).toMatch(broken);
});
