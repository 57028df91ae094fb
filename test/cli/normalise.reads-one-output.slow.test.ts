import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialectNames } from '../../src/inference/normalise/index.ts';
import { tempFolder } from '../make/warehouse.ts';
import { queried, siltstone } from './siltstone.ts';

const linesOf = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

const coco = [{ image_id: 4, category_id: 1, bbox: [10, 20, 30, 40], score: 0.5 }];

test('an output that is recognised is read, and stderr says by what', () => {
  const { stdout, stderr, exitCode } = siltstone(['normalise', '-'], { input: JSON.stringify(coco) });

  expect(exitCode).toBe(0);
  expect(stderr).toBe('recognised as coco-results (bbox:four, category_id:number, score, image_id)\n');
  expect(linesOf(stdout)).toMatchObject([
    { event: 'detection', tool: 'coco-results', frame_index: 4, label: 'class 1', x1: 10, x2: 40, score: 0.5 },
    { event: 'output.issue', tool: 'coco-results', code: 'unknown_label', path: '$[0]' },
  ]);
});

test('a text is read with the labels and the size that are given', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'frame.txt'), '1 0.5 0.5 0.2 0.4 0.9\n');
  writeFileSync(join(folder, 'names.txt'), 'red\nblue\n');
  const args = ['--width', '200', '--height', '100', '--labels', 'names.txt'];
  const { stdout } = siltstone(['normalise', 'frame.txt', '--dialect', 'yolo-txt', ...args], { cwd: folder });

  expect(linesOf(stdout)).toMatchObject([{ label: 'blue', score: 0.9, x1: 80, y1: 30, x2: 120, y2: 70 }]);
});

test('px of the model’s input are brought back to the frame', () => {
  const size = ['--width', '100', '--height', '200', '--input', '100x100', '--dialect', 'xyxy-score-class'];
  const { stdout } = siltstone(['normalise', '-', ...size], { input: '[[25, 0, 75, 100, 0.5, 0]]' });
  const stretched = siltstone(['normalise', '-', ...size, '--fit', 'stretch'], { input: '[[25, 0, 75, 100, 0.5, 0]]' });

  expect(linesOf(stdout)[0]).toMatchObject({ x1: 0, y1: 0, x2: 100, y2: 200 });
  expect(linesOf(stretched.stdout)[0]).toMatchObject({ x1: 25, y1: 0, x2: 75, y2: 200 });
});

test('an output that several dialects read differently is an error that names them, and nothing is read', () => {
  const input = JSON.stringify([{ bbox_2d: [10, 20, 30, 40], label: 'person' }]);
  const size = ['--width', '640', '--height', '480'];
  const { stdout, stderr, exitCode } = siltstone(['normalise', '-', '--json', ...size], { input });
  const { dialect, detections, evidence } = JSON.parse(stdout) as Readonly<Record<string, object>>;

  expect(exitCode).toBe(1);
  expect(stderr).toContain('code: dialect_ambiguous');
  expect({ dialect, detections }).toEqual({ dialect: null, detections: [] });
  expect(Object.keys(evidence ?? {}).length).toBeGreaterThan(1);
  expect(Object.keys(evidence ?? {}).filter((name) => !stderr.includes(name))).toEqual([]);
});

test.each([
  ['what is in no dialect', '{"hello":1}', [], 'dialect_unknown'],
  ['what is in another than the declared', JSON.stringify(coco), ['--dialect', 'gemini'], 'dialect_unknown'],
  ['shares of a frame of unknown size', '0 0.5 0.5 0.2 0.4', ['--dialect', 'yolo-txt'], 'frame_size_unknown'],
])('%s is an error, with an issue on stdout', (_, input, args, code) => {
  const { stdout, stderr, exitCode } = siltstone(['normalise', '-', ...args], { input });

  expect(exitCode).toBe(1);
  expect(stderr).toContain(`code: ${code}\n`);
  expect(linesOf(stdout)).toMatchObject([{ event: 'output.issue', path: '$' }]);
});

test('an output that says its image’s size needs no other', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../inference/dialects/dlstreamer.json', import.meta.url), 'utf8'),
  ) as { readonly cases: readonly { readonly payload: unknown; readonly detections: readonly object[] }[] };
  const { stdout } = siltstone(['normalise', '-'], { input: JSON.stringify(cases[0]?.payload) });

  expect(linesOf(stdout)).toMatchObject(cases[0]?.detections ?? []);
});

test('NaN as Python writes it is an issue, not a broken file', () => {
  const input = '[{"image_id": 1, "category_id": 1, "bbox": [1, NaN, 3, 4], "score": 0.5, "note": "NaN"}]';
  const { stdout } = siltstone(['normalise', '-'], { input });

  expect(linesOf(stdout)).toMatchObject([{ code: 'not_finite', path: '$[0]' }]);
});

test('its lines are events for siltstone emit', () => {
  const warehouse = tempFolder();
  const { stdout } = siltstone(['normalise', '-'], { input: JSON.stringify(coco) });
  const { exitCode } = siltstone(['emit', '--job', 'j', '--warehouse', warehouse], { input: stdout });

  expect(exitCode).toBe(0);
  expect(queried(warehouse, 'select x1, code from detections full join output_issues using (job_id)')).toEqual([
    { x1: 10, code: 'unknown_label' },
  ]);
});

test('--again reads what a job kept, by the dialect that is given, and tells what came of it', () => {
  const warehouse = tempFolder();
  const input = { ...{ event: 'output.raw', plugin: 'p', tool: 't', frame_index: 3 }, ...{ width: 640, height: 480 } };
  const line = JSON.stringify({ ...input, dialect: 'gemini', payload: coco });
  siltstone(['emit', '--job', 'j', '--warehouse', warehouse], { input: line });
  const args = ['--again', 'j', '--dialect', 'coco-results', '--json', '--warehouse', warehouse];
  const { stdout, exitCode } = siltstone(['normalise', ...args]);

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { generation: 1, frames: 1, detections_before: 0, detections: 1, issues: 1 },
  ]);
  expect(queried(warehouse, 'select frame_index, label, x2, generation from detections')).toEqual([
    { frame_index: 3, label: 'class 1', x2: 40, generation: 1 },
  ]);
});

test('--list has every dialect', () => {
  const listed = JSON.parse(siltstone(['normalise', '--list', '--json']).stdout) as readonly { dialect: string }[];

  expect(listed.map(({ dialect }) => dialect)).toEqual(dialectNames);
  expect(siltstone(['normalise', '--list']).stdout).toMatch(/^yolo-txt +text +ratio +optional, 0 to 1 +number/m);
});

test.each([
  [['--dialect', 'coco-result'], 'Did you mean'],
  [['--width', '5'], '--width and --height belong together'],
  [['--input', '640'], 'Write it as 640x480'],
  [['--again', 'j'], 'no file'],
])('%j is wrong usage', (args, words) => {
  const { stderr, exitCode } = siltstone(['normalise', '-', ...args], { input: '[]' });

  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});
