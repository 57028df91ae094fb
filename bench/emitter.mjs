/**
 * Events a second that one process appends: siltstone's event log against pino, the same events into files on the
 * same disk. Each run is a process of its own; runs alternate, so that a busy minute of the machine hits both.
 *
 *   npm run build && node bench/emitter.mjs
 *
 * The result is printed and kept in bench/results/emitter.json.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openEventLog } from '../dist/emitters/index.js';
import { keepResult, median } from './results.mjs';

const eventCount = 200_000;
const roundCount = 7;
/** A job yields to its event loop now and then: pino's asynchronous writes need that. */
const eventsPerTurn = 1000;

/** Two decimals between 0 and `max`, spread like measured times and coordinates. */
const measured = (seed, max) => Math.round((Math.sin(seed) + 1) * 50 * max) / 100;

/** @returns {readonly (readonly [event: string, fields: object])[]} events of three kinds, no two alike */
function makeEvents() {
  const plugin = 'yolo-football';
  const tool = 'detect';
  return Array.from({ length: 4096 }, (_, i) => [
    [
      'overlay.frame',
      {
        frame_index: i,
        render_time_ms: measured(i, 20),
        dropped_frames: i % 3,
        fps: measured(i * 7, 60),
        surface: 'server',
      },
    ],
    [
      'plugin.run',
      {
        plugin,
        tool,
        duration_ms: measured(i, 50),
        success: true,
        frame_index: i,
        preprocess_ms: measured(i * 3, 5),
        inference_ms: measured(i * 5, 40),
        postprocess_ms: measured(i * 11, 4),
        provider: 'cpu',
      },
    ],
    [
      'detection',
      {
        plugin,
        tool,
        frame_index: i,
        label: i % 5 === 0 ? 'ball' : 'player',
        score: measured(i, 1),
        track_id: i % 22,
        x1: measured(i, 1920),
        y1: measured(i * 3, 1080),
        x2: measured(i * 5, 1920),
        y2: measured(i * 7, 1080),
      },
    ],
  ]).flat();
}

/** pino gets each event as one object, made beforehand: it need not number or merge anything. */
const asOneObject = (events) => events.map(([event, fields], seq) => ({ event, seq, ...fields }));

const pinoOptions = { base: null, timestamp: pino.stdTimeFunctions.isoTime };

/** @returns {(folder: string, events: any) => Promise<void>} */
const siltstone = (options) => async (folder, events) => {
  const log = openEventLog({ warehouse: folder, jobId: 'bench', ...options });
  for (let i = 0; i < eventCount; i++) {
    const [event, fields] = events[i % events.length];
    log.append(event, fields);
    if (i % eventsPerTurn === 0) await nextTurn();
  }
  log.close();
  if (log.counts().written !== eventCount + 1) throw new Error('events are missing');
};

const withPino = (options) => async (folder, events) => {
  const destination = pino.destination({ dest: join(folder, 'pino.ndjson'), ...options });
  if (!options.sync) await once(destination, 'ready');
  await logAll(pino(pinoOptions, destination), events);
  destination.end();
  if (!destination.destroyed) await once(destination, 'close');
};

async function logAll(logger, events) {
  const job = logger.child({ job_id: 'bench' });
  const objects = asOneObject(events);
  for (let i = 0; i < eventCount; i++) {
    job.info(objects[i % objects.length]);
    if (i % eventsPerTurn === 0) await nextTurn();
  }
}

/** A destination as cheap as can be: what is left is pino's own work. */
async function pinoFormatting(folder, events) {
  const buffer = textBuffer(join(folder, 'pino.ndjson'));
  await logAll(pino(pinoOptions, { write: buffer.add }), events);
  buffer.close();
}

/** What the simplest program does; it numbers, checks and survives nothing. */
async function bareStringify(folder, events) {
  const buffer = textBuffer(join(folder, 'bare.ndjson'));
  const objects = asOneObject(events);
  for (let i = 0; i < eventCount; i++) buffer.add(`${JSON.stringify(objects[i % objects.length])}\n`);
  buffer.close();
}

function textBuffer(path) {
  const descriptor = openSync(path, 'w');
  let text = '';
  const flush = () => {
    writeSync(descriptor, text);
    text = '';
  };
  const add = (line) => {
    text += line;
    if (text.length >= 65_536) flush();
  };
  const close = () => {
    flush();
    closeSync(descriptor);
  };
  return { add, close };
}

const contenders = {
  siltstone: siltstone({ flush: 'batch' }),
  'siltstone, fsync': siltstone({ durability: 'fsync' }),
  'siltstone, each': siltstone({ flush: 'each' }),
  'pino, 64 KiB buffer': withPino({ sync: false, minLength: 65_536, maxWrite: 131_072 }),
  'pino, 4 KiB buffer': withPino({ sync: false, minLength: 4096 }),
  'pino, sync:false': withPino({ sync: false }),
  'pino, sync:true': withPino({ sync: true }),
  // The fastest of ten sizes tried: a larger buffer is counted anew at each event.
  'pino, 2 KiB buffer, sync:true': withPino({ sync: true, minLength: 2048, maxWrite: 4096 }),
  'pino, formatting only': pinoFormatting,
  'JSON.stringify only': bareStringify,
};

/** One run in this process: prints the events a second. */
async function runOne(name) {
  const folder = mkdtempSync(join(tmpdir(), 'siltstone-bench-'));
  const events = makeEvents();
  const startedAt = performance.now();
  await contenders[name](folder, events);
  console.log((eventCount / (performance.now() - startedAt)) * 1000);
  rmSync(folder, { recursive: true });
}

function runAll() {
  const names = Object.keys(contenders);
  const self = fileURLToPath(import.meta.url);
  const rounds = Array.from({ length: roundCount }, () =>
    names.map((name) => Number(execFileSync(process.execPath, [self, name], { encoding: 'utf8' }))),
  );
  const rates = names.map((name, i) => [name, Math.round(median(rounds.map((round) => round[i])))]);
  return Object.fromEntries(rates);
}

function report() {
  const eventsPerSecond = runAll();
  const ratio = (name) => Math.round((eventsPerSecond.siltstone / eventsPerSecond[name]) * 10) / 10;
  const pinoNames = Object.keys(eventsPerSecond).filter((name) => name.startsWith('pino'));
  const timesAsFast = Object.fromEntries(pinoNames.map((name) => [name, ratio(name)]));
  keepResult('emitter', { versions: versions(), eventCount, roundCount, eventsPerSecond, timesAsFast });
}

function versions() {
  const require = createRequire(import.meta.url);
  const sonicBoom = createRequire(require.resolve('pino'))('sonic-boom/package.json');
  return { pino: require('pino/package.json').version, 'sonic-boom': sonicBoom.version };
}

const [name] = process.argv.slice(2);
if (name === undefined) report();
else await runOne(name);
