/**
 * When each frame of an MP4 is shown, from its own tables, so that a place in the video and a frame of the events are the
 * same thing also where frames are not evenly spaced.
 * Source: ISO/IEC 14496-12, the boxes `moov`, `trak`, `mdhd`, `hdlr`, `stts`, `ctts` and `elst`.
 */

/** Gives bytes of the file; fewer at its end. */
export type ReadBytes = (offset: number, length: number) => Promise<DataView>;

interface BoxAt {
  readonly type: string;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

const headBytes = 16;
/** A file has few boxes outside of each other, and the tables of an hour take a few MB. */
const topBoxesMax = 64;
const moovBytesMax = 64 * 1024 * 1024;

/** @returns seconds, one for each frame in the order of showing; undefined where the file is no MP4 with tables */
export async function readFrameTimes(read: ReadBytes): Promise<Float64Array | undefined> {
  let offset = 0;
  for (let i = 0; i < topBoxesMax; i++) {
    const head = await read(offset, headBytes);
    const box = head.byteLength < headBytes ? undefined : boxAt(head, 0, Number.MAX_SAFE_INTEGER);
    if (box === undefined || !/^[\x20-\x7e]{4}$/.test(box.type)) return undefined;
    if (box.type === 'moov') {
      const length = box.end - box.start;
      return length > moovBytesMax ? undefined : frameTimesOf(await read(offset + box.start, length));
    }
    offset += box.end;
  }
  return undefined;
}

/** @param moov the content of that box */
export function frameTimesOf(moov: DataView): Float64Array | undefined {
  const track = boxesIn(moov, 0, moov.byteLength)
    .filter(({ type }) => type === 'trak')
    .find((trak) => isVideo(moov, trak));
  if (track === undefined) return undefined;
  const media = find(moov, track, 'mdia');
  const table = media && find(moov, media, 'minf', 'stbl');
  const header = media && find(moov, media, 'mdhd');
  const durations = table && find(moov, table, 'stts');
  if (table === undefined || header === undefined || durations === undefined) return undefined;
  const scale = moov.getUint32(header.start + (moov.getUint8(header.start) === 1 ? 20 : 12));
  const shown = shownAt(moov, durations, find(moov, table, 'ctts'));
  const beginsAt = editStart(moov, find(moov, track, 'edts', 'elst'));
  // A frame before the edit's beginning is never shown; decoders give it nevertheless.
  return shown.sort().map((at) => Math.max(0, at - beginsAt) / scale);
}

/** When each frame is shown, in the order of the file: when it is decoded, and what it waits. */
function shownAt(moov: DataView, durations: BoxAt, waits: BoxAt | undefined): Float64Array {
  const steps = runsOf(moov, durations);
  const times = new Float64Array(steps.reduce((sum, [count]) => sum + count, 0));
  let [frame, at] = [0, 0];
  for (const [count, duration] of steps) for (let i = 0; i < count; i++, frame++, at += duration) times[frame] = at;
  frame = 0;
  // Version 0 says unsigned, and many write signed ones into it.
  for (const [count, wait] of waits === undefined ? [] : runsOf(moov, waits))
    for (let i = 0; i < count && frame < times.length; i++, frame++) times[frame] = (times[frame] ?? 0) + (wait | 0);
  return times;
}

/** The pairs of a table of runs: how many, and what. */
function runsOf(view: DataView, { start, end }: BoxAt): readonly (readonly [number, number])[] {
  const count = Math.min(view.getUint32(start + 4), Math.floor((end - start - 8) / 8));
  return Array.from({ length: count }, (_, i) => {
    const at = start + 8 + 8 * i;
    return [view.getUint32(at), view.getUint32(at + 4)] as const;
  });
}

/** Where in the track the video begins, in its own units. */
function editStart(view: DataView, list: BoxAt | undefined): number {
  if (list === undefined || view.getUint32(list.start + 4) === 0) return 0;
  const isLong = view.getUint8(list.start) === 1;
  const at = isLong ? Number(view.getBigInt64(list.start + 16)) : view.getInt32(list.start + 12);
  return Math.max(0, at);
}

function isVideo(view: DataView, trak: BoxAt): boolean {
  const handler = find(view, trak, 'mdia', 'hdlr');
  return handler !== undefined && textAt(view, handler.start + 8) === 'vide';
}

function find(view: DataView, within: BoxAt, ...path: readonly string[]): BoxAt | undefined {
  let box: BoxAt | undefined = within;
  for (const type of path) box = box && boxesIn(view, box.start, box.end).find((child) => child.type === type);
  return box;
}

function boxesIn(view: DataView, start: number, end: number): readonly BoxAt[] {
  const boxes: BoxAt[] = [];
  for (let at = start; at + 8 <= end; ) {
    const box = boxAt(view, at, end);
    if (box === undefined) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

function boxAt(view: DataView, at: number, limit: number): BoxAt | undefined {
  const short = view.getUint32(at);
  const isLong = short === 1;
  if (isLong && at + headBytes > view.byteLength) return undefined;
  const size = isLong ? Number(view.getBigUint64(at + 8)) : short;
  const head = isLong ? headBytes : 8;
  if (size < head || at + size > limit) return undefined;
  return { type: textAt(view, at + 4), start: at + head, end: at + size };
}

const textAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
