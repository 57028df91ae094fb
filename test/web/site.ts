import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const browserPath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Why pages cannot be tried here; undefined where they can. */
export const missing =
  browserPath === undefined
    ? 'no Chromium is installed; CHROMIUM names one elsewhere'
    : existsSync(join(root, 'dist/web/index.html'))
      ? undefined
      : 'the web UI is not built: npm run web';

/** `siltstone serve` over a warehouse of its own, and a browser. */
export interface Site {
  readonly url: string;
  /** A page in a browser of its own that has not been here before. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** What the pages had to complain of: errors of scripts, refused styles, answers that are none. */
  readonly complaints: readonly string[];
  /** Where a picture of that name is kept after the tests. */
  picture(name: string): string;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const warehouse = mkdtempSync(join(tmpdir(), 'siltstone-web-'));
  const args = ['serve', '--port', '0', '--warehouse', warehouse, '--set', `plugin_dirs=${join(root, 'examples')}`];
  const server = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await urlOf(server);
  const browser = await chromium.launch({
    executablePath: browserPath ?? '',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  const pictures = join(root, 'test/.tmp/screens');
  mkdirSync(pictures, { recursive: true });
  const complaints: string[] = [];
  return {
    url,
    complaints,
    picture: (name) => join(pictures, `${name}.png`),
    page: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.location().url}: ${message.text()}`);
      });
      return page;
    },
    close: async () => {
      await browser.close();
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(warehouse, { recursive: true, force: true });
    },
  };
}

async function urlOf(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of server.stderr ?? []) {
    said += chunk;
    const found = /"url":"([^"]+)"/.exec(said)?.[1];
    if (found !== undefined) {
      // A pipe that nobody reads would stop the server.
      server.stderr?.resume();
      return found;
    }
  }
  throw new Error(`the server ended without its address: ${said}`);
}

/** How many pixels of the overlay are painted. */
export const paintedPixels = (page: Page): Promise<number> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.stage canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted++;
    return painted;
  })()`);

/** What axe-core finds that is serious: one line each, with the place. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  // By the debugger, for the pages' own policy lets in no script of others.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The first row of an answer on the SQL page, as texts. */
export async function firstRow(page: Page): Promise<readonly string[]> {
  const cells = page.getByRole('grid', { name: 'Rows of the answer' }).getByRole('row').nth(1).getByRole('gridcell');
  await cells.first().waitFor();
  return cells.allTextContents();
}
