import type { Decoder, Demuxer } from 'node-av/api';
import type { Packet, Frame as Picture, SoftwareScaleContext, Stream } from 'node-av/lib';
import { type Frame, type Media, refuseTooLarge } from './frame.ts';
import type { Libav } from './libav.ts';
import { type Turn, turnedSize, turnOfMatrix, upright } from './turn.ts';

/** An opened decoder with what is closed after it. */
interface Reading {
  readonly libav: Libav;
  readonly demuxer: Demuxer;
  readonly stream: Stream;
  readonly decoder: Decoder;
  readonly scaler: SoftwareScaleContext;
  /** Takes each picture's pixels. */
  readonly target: Picture;
  readonly turn: Turn;
}

export async function readByLibav(libav: Libav, path: string, threads: number): Promise<Media> {
  const demuxer = await libav.Demuxer.open(path);
  try {
    const stream = demuxer.video();
    if (stream === undefined) throw new Error('it has no video stream');
    const { width, height } = stream.codecpar;
    refuseTooLarge(width, height);
    const decoder = await libav.Decoder.create(stream, { threadCount: threads, exitOnError: true });
    const scaler = new libav.SoftwareScaleContext();
    scaler.allocContext();
    const target = makeTarget(libav, stream);
    const reading = { libav, demuxer, stream, decoder, scaler, target, turn: turnOf(libav, stream) };
    const frameCount = Number(stream.nbFrames);
    const { num, den } = stream.avgFrameRate;
    return {
      ...turnedSize(width, height, reading.turn),
      ...(frameCount > 0 && { frameCount }),
      ...(num > 0 && den > 0 && { framesPerSecond: num / den }),
      notes: [],
      frames: readFrames(reading),
      close: () => close(reading),
    };
  } catch (error) {
    await demuxer.close();
    throw error;
  }
}

function turnOf({ constants }: Libav, { codecpar }: Stream): Turn {
  const matrix = codecpar.getCodedSideData(constants.AV_PKT_DATA_DISPLAYMATRIX);
  return matrix === null ? { quarters: 0, isMirrored: false } : turnOfMatrix(matrix);
}

async function* readFrames(reading: Reading): AsyncGenerator<Frame> {
  const { stream, decoder, turn } = reading;
  const msPerTick = (1000 * stream.timeBase.num) / stream.timeBase.den;
  let index = 0;
  let startTicks = 0n;
  for await (const picture of decoder.frames(packetsOf(reading))) {
    if (picture === null) continue;
    if (index === 0) startTicks = picture.pts;
    const timeMs = Number(picture.pts - startTicks) * msPerTick;
    const { width, height } = stream.codecpar;
    const rgba = await toRgba(reading, picture);
    picture.free();
    yield { index: index++, timeMs, ...upright({ width, height, rgba }, turn) };
  }
  if (index === 0) throw new Error('no frame could be decoded');
}

/**
 * Read one by one: the demuxer's own generator takes every error for the end of the file, so that a video that breaks off
 * would be a shorter one. Ends with null, on which the decoder gives what it still holds.
 */
async function* packetsOf({ libav, demuxer, stream }: Reading): AsyncGenerator<Packet | null> {
  const { AVERROR_EOF, AV_PKT_FLAG_CORRUPT } = libav.constants;
  const context = demuxer.getFormatContext();
  for (;;) {
    const packet = new libav.Packet();
    packet.alloc();
    const code = await context.readFrame(packet);
    const isOurs = code >= 0 && packet.streamIndex === stream.index;
    const isDamaged = isOurs && packet.hasFlags(AV_PKT_FLAG_CORRUPT);
    if (isOurs && !isDamaged) {
      packet.timeBase = stream.timeBase;
      yield packet;
      continue;
    }
    packet.free();
    if (isDamaged) throw new Error('it breaks off, or is damaged, in the middle of a frame');
    if (code === AVERROR_EOF) break;
    libav.FFmpegError.throwIfError(code, 'read the next frame');
  }
  yield null;
}

/** By the colour matrix that the picture names, in the size of the first: a stream may change both on its way. */
async function toRgba({ libav, scaler, target }: Reading, picture: Picture): Promise<Uint8Array> {
  libav.FFmpegError.throwIfError(await scaler.scaleFrame(target, picture), 'convert to RGBA');
  return target.toBuffer();
}

/** Memory of one frame, used for all: what is new each time costs more to get than to fill. */
function makeTarget(libav: Libav, { codecpar }: Stream): Picture {
  const { width, height } = codecpar;
  const target = new libav.Frame();
  target.alloc();
  Object.assign(target, { width, height, format: libav.constants.AV_PIX_FMT_RGBA });
  return target;
}

async function close({ demuxer, decoder, scaler, target }: Reading): Promise<void> {
  decoder.close();
  scaler.freeContext();
  target.free();
  await demuxer.close();
}
