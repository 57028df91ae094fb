import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openForm } from '../../src/inference/forms/index.ts';
import { readPlugin } from '../../src/inference/registry.ts';
import { madeManifest, runFolder } from './made-plugin.ts';
import { tempDir } from './temp-dir.ts';

const { input: _, ...manifest } = madeManifest;
const frame = { width: 128, height: 64 };
const pixels = { ...frame, rgba: new Uint8Array(128 * 64 * 4).fill(7) };

describe('a module', () => {
  test('gives its payload in px of the frame, at once or later, and is told of the frame', async () => {
    const folder = await moduleOf(`export const run = async ({ frame, width, height, rgba, tool, labels }) => [
      [frame, rgba[0], width, height, 0.5, labels.indexOf('ball') + tool.length - 'detect'.length],
    ];`);
    const { detections, letterbox } = await runFolder(folder);

    expect(letterbox).toMatchObject({ scale: 1, left: 0, top: 0 });
    expect(detections).toEqual([{ label: 'ball', score: 0.5, x1: 0, y1: 0, x2: 128, y2: 64 }]);
  });

  test('that gives anything else is reported, and does not throw', async () => {
    const folder = await moduleOf('export const run = () => ({ boxes: 1n });');
    expect(await runFolder(folder)).toMatchObject({ detections: [], issues: [{ code: 'malformed' }] });
  });

  test.each([
    [
      'exports nothing that runs',
      'export const detect = 1;',
      'plugin.mjs of made exports no function run; it exports detect',
    ],
    ['cannot be read', 'export const = 1;', 'load plugin.mjs of made: '],
    ['throws while it is loaded', `throw new Error('no weights');`, 'load plugin.mjs of made: no weights'],
    ['throws at a frame', `export const run = () => { throw new Error('no frame'); };`, 'no frame'],
  ])('that %s is told with the reason', async (_, source, message) => {
    await expect(runFolder(await moduleOf(source))).rejects.toThrow(message);
  });

  test('is closed once', async () => {
    const mark = join(tempDir(), 'closed');
    const folder = await moduleOf(`import { writeFileSync } from 'node:fs';
      export const run = () => [];
      export const close = () => writeFileSync(${JSON.stringify(mark)}, '', { flag: 'wx' });`);
    const form = await opened(folder);
    await form.close();
    await form.close();

    expect(existsSync(mark)).toBe(true);
  });
});

describe('a command', () => {
  test('is told of each frame by a line, and answers by a line', async () => {
    const folder = await commandOf(`({ frame, width, height, path, tool, labels }) => {
      const bytes = fs.readFileSync(path);
      return { frame, payload: [[bytes.length / 512, bytes[0], width, height, 0.5, labels.indexOf('ball')]] };
    }`);
    const form = await opened(folder);
    const first = await form.run(pixels);
    const second = await form.run({ width: 16, height: 8, rgba: new Uint8Array(512) });
    await form.close();

    expect(first).toMatchObject({ payload: [[64, 7, 128, 64, 0.5, 1]], issues: [] });
    expect(second).toMatchObject({ payload: [[1, 0, 16, 8, 0.5, 1]], issues: [] });
  });

  test.each([
    ['says that it failed', `({ frame }) => ({ frame, error: 'out of memory' })`, 'frame 0 of made: out of memory'],
    ['answers another frame', '() => ({ frame: 5, payload: [] })', 'frame 0 of made: the command answered frame 5'],
    ['answers without a payload', '({ frame }) => ({ frame })', 'which is no {"frame", "payload"} of JSON'],
    ['answers no JSON', `() => { console.log('Loading…'); }`, 'the command answered "Loading…"'],
    ['ends', `() => { console.error('bad luck'); process.exit(3); }`, /ended with exit code 3: bad luck/],
    ['is killed', `() => { process.kill(process.pid, 'SIGSEGV'); }`, 'was ended by SIGSEGV'],
    ['floods', `() => { process.stdout.write('x'.repeat(17 * 1024 * 1024)); }`, 'longer than 16777216 bytes'],
  ])('that %s ends the run with the reason', async (_, answer, message) => {
    await expect(runFolder(await commandOf(answer))).rejects.toThrow(message);
  });

  test('that cannot be started is told by its name', async () => {
    const folder = await pluginOf({ form: 'command', command: ['no-such-program-of-ours'] }, '');
    await expect(runFolder(folder)).rejects.toThrow('the command no-such-program-of-ours could not be started: ');
  });

  test('that does not end by itself is ended, and leaves no file behind', async () => {
    const folder = await commandOf(`({ frame, path }) => {
      setInterval(() => {}, 1000);
      return { frame, payload: [process.pid, path] };
    }`);
    const form = await opened(folder);
    const { payload } = await form.run(pixels);
    const [pid, path] = payload as [number, string];
    expect(existsSync(path)).toBe(true);
    await form.close();
    await form.close();

    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(path)).toBe(false);
  });
});

async function opened(folder: string) {
  const listed = await readPlugin(folder);
  if (listed.state !== 'ready') throw listed.error;
  return openForm(listed.plugin, { tool: 'detect', provider: 'cpu', threads: 1 });
}

const moduleOf = (source: string) => pluginOf({ form: 'module', module: { file: 'plugin.mjs' } }, source);

/** A command in JavaScript, so that the test needs no other language; `answer` is what it makes of a line. */
const commandOf = (answer: string) =>
  pluginOf(
    { form: 'command', command: [process.execPath, 'plugin.mjs'] },
    `import fs from 'node:fs';
    import { createInterface } from 'node:readline';
    const answer = ${answer};
    for await (const line of createInterface({ input: process.stdin })) {
      const said = answer(JSON.parse(line));
      if (said) console.log(JSON.stringify(said));
    }`,
  );

async function pluginOf(form: object, source: string): Promise<string> {
  const folder = join(tempDir(), 'made');
  await mkdir(folder);
  await writeFile(join(folder, 'plugin.mjs'), source);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...form }));
  return folder;
}
