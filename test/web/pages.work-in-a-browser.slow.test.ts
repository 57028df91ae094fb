import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { firstRow, missing, openSite, paintedPixels, type Site, seriousFaults } from './site.ts';

const clip = join(fileURLToPath(new URL('../../samples/', import.meta.url)), 'football.mp4');
const site = missing === undefined ? await openSite() : undefined;
const { url, page: openPage, complaints, picture } = site ?? ({} as Site);
/** Of the job that the first test submits: the others look at it. */
let jobId = '';

beforeEach(({ skip }) => skip(missing !== undefined, missing));
afterAll(() => site?.close());

const jobIdOf = (page: Page) => /#\/jobs\/([^/?]+)/.exec(page.url())?.[1] ?? '';

async function submit(page: Page, fill: (form: ReturnType<Page['getByRole']>) => Promise<void>): Promise<string> {
  await page.goto(`${url}/#/jobs`);
  await page.getByRole('button', { name: 'New job' }).click();
  const form = page.getByRole('dialog', { name: 'New job' });
  await form.locator('select[name=plugin]').selectOption('player-tracker');
  await fill(form);
  await form.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/#\/jobs\/.+/);
  return jobIdOf(page);
}

test('an empty warehouse says what to do next', async () => {
  const page = await openPage();
  await page.goto(`${url}/#/jobs`);

  await expect(page.getByText('No job has run here yet').waitFor()).resolves.toBeUndefined();
  await expect(page.getByRole('button', { name: /^copy: siltstone run/ }).waitFor()).resolves.toBeUndefined();
});

test('a job that asked for a gpu runs, and tells why it fell back', async () => {
  const page = await openPage();
  jobId = await submit(page, async (form) => {
    await form.getByLabel('A video or pictures').setInputFiles(clip);
    await form.getByLabel('gpu', { exact: true }).check();
    await form.getByLabel('Frames at most').fill('30');
  });
  await page.getByText('done', { exact: true }).first().waitFor({ timeout: 90_000 });

  const ledger = page.getByRole('region', { name: 'Device ledger' });
  await ledger.getByText('a fallback').waitFor();
  expect(await ledger.textContent()).toMatch(/gpu → cpu by cpu.*cuda/);
  await page.goto(`${url}/#/jobs`);
  await page.getByRole('row').nth(1).getByText('done').waitFor();
  expect(await page.getByRole('row').nth(1).textContent()).toMatch(/gpu → cpu.*cuda/);
});

test('the player shows every layer, and takes each away', async () => {
  const homography = [12, 0, 10, 0, -8, 640, 0, 0, 1];
  const pitch = { event: 'frame.pitch', plugin: 'player-tracker', tool: 'track', frame_index: 3, accepted: true };
  const size = { pitch_length_m: 105, pitch_width_m: 68, keypoints_count: 9, inliers_count: 9, residual_m: 0 };
  const body = JSON.stringify({ ...pitch, ...size, homography, residual_px: 0 });
  const headers = { 'content-type': 'application/x-ndjson' };
  const told = await fetch(`${url}/v1/events?job_id=${jobId}`, { method: 'POST', headers, body });
  const page = await openPage();
  await page.goto(`${url}/#/jobs/${jobId}/player?frame=3`);
  await page.getByText('frame 3 of 75').waitFor();
  await page.getByText(/boxes\d+/).waitFor();
  const all = await paintedPixels(page);
  const without = async (layer: string) => {
    await page.getByRole('button', { name: layer, exact: true }).click();
    await page.waitForTimeout(300);
    const painted = await paintedPixels(page);
    await page.getByRole('button', { name: layer, exact: true }).click();
    await page.waitForTimeout(300);
    return painted;
  };

  expect(await told.json()).toMatchObject({ accepted: 1, rejected: [] });
  expect(all).toBeGreaterThan(10_000);
  expect(await without('players')).toBeLessThan(all);
  expect(await without('ball')).toBeLessThan(all);
  expect(await without('pitch')).toBeLessThan(all);
  expect(await without('radar')).toBeLessThan(all);
  expect(await paintedPixels(page)).toBe(all);
});

test('frames that the player drops and throttles are in the log, as many as it says', async () => {
  const page = await openPage();
  await page.goto(`${url}/#/jobs/${jobId}/player`);
  await page.getByText('of 75').waitFor();
  // More frames a second than a screen shows: some must be dropped.
  await page.getByLabel('speed').selectOption('4');
  await page.getByRole('button', { name: 'play', exact: true }).click();
  await page.getByText('frame 74 of 75').waitFor();
  await page.getByLabel('speed').selectOption('1');
  await page.getByLabel('draw at most').fill('2');
  await page.getByRole('button', { name: 'play', exact: true }).click();
  await page.getByRole('button', { name: 'pause', exact: true }).waitFor();
  await page.getByRole('button', { name: 'play', exact: true }).waitFor();
  const readings = (await page.locator('.readings').textContent()) ?? '';
  const counted = [...readings.matchAll(/(?:dropped|throttled)(\d+) frames/g)].map(([, digits]) => digits);
  await page.waitForTimeout(2_500);
  const sql = `select sum(dropped_frames), count(*) filter (throttled) from overlay_frames
    where job_id = '${jobId}' and surface = 'browser'`;
  await page.goto(`${url}/#/sql?q=${encodeURIComponent(sql)}`);
  await page.getByRole('button', { name: /^Run/ }).click();

  expect(counted).toHaveLength(2);
  expect(counted).not.toContain('0');
  expect(await firstRow(page)).toEqual(counted);
});

test('the two questions that everybody asks first are answered', async () => {
  const submitted = await fetch(`${url}/v1/jobs?plugin=faulty&frames=30`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: 'samples/football.mp4' }),
  });
  const { job_id: faulty } = (await submitted.json()) as { readonly job_id: string };
  const page = await openPage();
  await page.goto(`${url}/#/jobs/${faulty}`);
  await page.getByText('done', { exact: true }).first().waitFor({ timeout: 60_000 });
  await page.goto(`${url}/#/sql`);

  await page.getByRole('button', { name: 'Boxes with invalid coordinates' }).click();
  expect(await firstRow(page)).toContain(jobId);
  await page.getByRole('button', { name: 'Outputs without a score' }).click();
  await page.getByRole('columnheader', { name: 'tool' }).waitFor();
  expect(await firstRow(page)).toContain(faulty);
});

test('a reload in the middle changes nothing, and a job that runs is cancelled', async () => {
  const page = await openPage();
  await submit(page, async (form) => {
    await form.getByLabel('a file on the server').check();
    await form.getByLabel(/^Path below/).fill('samples/football.mp4');
  });
  await page.getByText('running', { exact: true }).first().waitFor({ timeout: 30_000 });
  const before = page.url();
  await page.reload();
  await page.getByRole('button', { name: /^cancel/ }).click();

  await expect(page.getByText('cancelled', { exact: true }).first().waitFor()).resolves.toBeUndefined();
  expect(page.url()).toBe(before);
});

const places = ['overview', 'jobs', 'job', 'player', 'sql'] as const;
const hashes = {
  overview: () => '',
  jobs: () => 'jobs',
  job: () => `jobs/${jobId}`,
  player: () => `jobs/${jobId}/player?frame=3`,
  sql: () => 'sql',
};
const looks = places.flatMap((place) => (['light', 'dark'] as const).map((colorScheme) => ({ place, colorScheme })));

test.each(looks)('nothing is in the way of anybody: $place, $colorScheme', async ({ place, colorScheme }) => {
  const page = await openPage({ colorScheme });
  await page.goto(`${url}/#/${hashes[place]()}`);
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: picture(`${place}-1280-${colorScheme}`) });
  const faults = await seriousFaults(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: picture(`${place}-360-${colorScheme}`) });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');

  expect(faults).toEqual([]);
  expect(width).toBe(360);
});

test('no page had anything to complain of', () => {
  expect(complaints).toEqual([]);
});
