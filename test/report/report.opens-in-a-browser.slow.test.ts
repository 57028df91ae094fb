import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { siltstone } from '../cli/siltstone.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeHostileJob } from './hostile.ts';
import { writeHourLongJob } from './hour-long-job.ts';

const browser = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const noBrowser = 'no Chromium is installed; CHROMIUM names one elsewhere';

interface Opened {
  readonly page: Page;
  /** Requests for anything but the page, and what it says on its console. */
  readonly noise: readonly string[];
}

async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const launched = await chromium.launch({ executablePath: browser ?? '', args: ['--no-sandbox'] });
  onTestFinished(() => launched.close());
  const page = await launched.newPage({ colorScheme, viewport: { width: 1200, height: 900 } });
  const noise: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:font/')) noise.push(request.url());
  });
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  await page.goto(address);
  return { page, noise };
}

function hostilePage(): string {
  const warehouse = tempWarehouse();
  writeHostileJob(warehouse, 'job-1');
  const path = join(tempFolder(), 'report.html');
  const { exitCode, stderr } = siltstone(['report', 'job-1', '--html', path, '--warehouse', warehouse.path]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return path;
}

test('the page asks for nothing, says nothing on the console, and hostile names are only words', async ({ skip }) => {
  skip(browser === undefined, noBrowser);
  const { page, noise } = await open(hostilePage());

  expect(noise).toEqual([]);
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(await page.locator('script, img, iframe, [onerror]').count()).toBe(0);
  expect(await page.locator('tbody td', { hasText: 'label </style>' }).first().textContent()).toContain('<script>');
  expect(await page.locator('section h2').allInnerTexts()).toEqual([
    'Latency',
    'Device',
    'Detections',
    'Data quality',
    'Tracks',
    'Pitch',
    'Overlay',
    'Beside earlier jobs',
    'Where it comes from',
    'What this page does not say',
  ]);
});

test('its own policy lets its style and its font in, light and dark, on paper and on a phone', async ({ skip }) => {
  skip(browser === undefined, noBrowser);
  const path = hostilePage();
  const { page } = await open(path);
  const { page: dark } = await open(path, 'dark');
  const background = 'getComputedStyle(document.body).backgroundColor';
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

  expect(await page.evaluate(background)).toBe('rgb(250, 249, 247)');
  expect(await dark.evaluate(background)).toBe('rgb(23, 20, 18)');
  expect(await page.evaluate(`document.fonts.ready.then(() => document.fonts.check('600 15px Inter'))`)).toBe(true);
  expect(await page.evaluate(overflow)).toBe(0);
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await page.evaluate(overflow)).toBe(0);
  await dark.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await dark.evaluate(background)).toBe('rgb(255, 255, 255)');
  expect(await dark.locator('details').first().isVisible()).toBe(false);
});

test('the SQL behind a chart opens with a key', async ({ skip }) => {
  skip(browser === undefined, noBrowser);
  const { page } = await open(hostilePage());
  const first = page.locator('#latency details').first();
  await first.locator('summary').focus();
  await page.keyboard.press('Enter');

  expect(await first.locator('pre').isVisible()).toBe(true);
  expect(await first.locator('pre').textContent()).toContain("job_id = 'job-1'");
});

test('a job of an hour makes a page that is no longer than others', () => {
  const warehouse = tempWarehouse();
  writeHourLongJob(warehouse, 'hour');
  siltstone(['compact', '--warehouse', warehouse.path]);
  const path = join(tempFolder(), 'hour.html');
  const began = performance.now();
  const { exitCode } = siltstone(['report', 'hour', '--html', path, '--warehouse', warehouse.path]);
  const tookMs = performance.now() - began;
  process.stdout.write(`a job of an hour: ${statSync(path).size} bytes in ${Math.round(tookMs)} ms\n`);

  expect(exitCode).toBe(0);
  expect(statSync(path).size).toBeLessThan(400_000);
  expect(tookMs).toBeLessThan(60_000);
  expect(readFileSync(path, 'utf8')).toContain('<dd>90,000</dd>');
});

test('pictures of the page are kept where SILTSTONE_SCREENSHOTS says', async ({ skip }) => {
  const folder = process.env.SILTSTONE_SCREENSHOTS;
  skip(folder === undefined, 'SILTSTONE_SCREENSHOTS names no folder');
  skip(browser === undefined, noBrowser);
  mkdirSync(folder ?? '', { recursive: true });
  const path = hostilePage();
  const { page } = await open(path);
  const { page: dark } = await open(path, 'dark');

  expect(
    (await page.screenshot({ path: join(folder ?? '', 'report-light.png'), fullPage: true })).length,
  ).toBeGreaterThan(0);
  expect(
    (await dark.screenshot({ path: join(folder ?? '', 'report-dark.png'), fullPage: true })).length,
  ).toBeGreaterThan(0);
});
