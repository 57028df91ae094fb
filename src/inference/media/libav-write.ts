import type { Encoder, Muxer } from 'node-av/api';
import type { Frame as Picture, SoftwareScaleContext } from 'node-av/lib';
import type { Libav } from './libav.ts';
import type { TimedPixels, VideoShape, VideoSink } from './video-codec.ts';

/** An opened encoder with what is closed after it. */
interface Writing {
  readonly libav: Libav;
  readonly shape: VideoShape;
  readonly encoder: Encoder;
  readonly muxer: Muxer;
  readonly track: number;
  readonly scaler: SoftwareScaleContext;
  /** Takes each frame's pixels. */
  readonly source: Picture;
}

/** Ticks a second of an MP4 track, fine enough for every rate in use. */
const ticksPerMs = 90;

export async function writeByLibav(libav: Libav, path: string, shape: VideoShape): Promise<VideoSink> {
  const { threads, framesPerSecond } = shape;
  const encoder = await libav.Encoder.create(libav.constants.FF_ENCODER_LIBX264, {
    threadCount: threads,
    context: { bitRate: 0, maxBFrames: 0, gopSize: Math.max(1, Math.round(2 * framesPerSecond)) },
    options: { preset: 'veryfast', crf: 23 },
    // Set late: set early, it would be the clock as well. x264 derives the level from it, which players may refuse by.
    configure: (context) => {
      context.framerate = new libav.Rational(Math.round(framesPerSecond * 1000), 1000);
    },
  });
  const muxer = await libav.Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
  const scaler = new libav.SoftwareScaleContext();
  scaler.allocContext();
  return sinkOf({
    libav,
    shape,
    encoder,
    muxer,
    track: muxer.addStream(encoder),
    scaler,
    source: makeSource(libav, shape),
  });
}

function sinkOf(writing: Writing): VideoSink {
  const { encoder, muxer, scaler, shape, source } = writing;
  let lastTicks = -1;
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    encoder.close();
    scaler.freeContext();
    source.free();
    await muxer.close();
  }
  return {
    async add(frame) {
      // Two frames of one time would be one frame too few.
      const ticks = Math.max(lastTicks + 1, Math.round(frame.timeMs * ticksPerMs));
      lastTicks = ticks;
      const picture = await toYuv(writing, frame);
      picture.pts = BigInt(ticks);
      picture.duration = BigInt(Math.round((1000 * ticksPerMs) / shape.framesPerSecond));
      picture.timeBase = new writing.libav.Rational(1, 1000 * ticksPerMs);
      await encoder.encode(picture);
      picture.free();
      await drain(writing);
    },
    async finish() {
      await encoder.flush();
      await drain(writing);
      await close();
    },
    close,
  };
}

/** yuv420p by hand: left alone, x264 takes RGBA as 4:4:4, which many players cannot show. */
async function toYuv({ libav, scaler, shape, source }: Writing, { rgba }: TimedPixels): Promise<Picture> {
  const { constants, Frame, FFmpegError } = libav;
  FFmpegError.throwIfError(
    source.fromBuffer(Buffer.from(rgba.buffer, rgba.byteOffset, rgba.length)),
    'take the pixels',
  );
  const target = new Frame();
  target.alloc();
  Object.assign(target, {
    width: shape.width,
    height: shape.height,
    format: constants.AV_PIX_FMT_YUV420P,
    colorSpace: constants.AVCOL_SPC_BT709,
    colorPrimaries: constants.AVCOL_PRI_BT709,
    colorTrc: constants.AVCOL_TRC_BT709,
    colorRange: constants.AVCOL_RANGE_MPEG,
  });
  FFmpegError.throwIfError(await scaler.scaleFrame(target, source), 'convert to yuv420p');
  return target;
}

/** Memory of one frame, used for all: what is new each time costs more to get than to fill. */
function makeSource(libav: Libav, { width, height }: VideoShape): Picture {
  const source = new libav.Frame();
  source.alloc();
  Object.assign(source, { width, height, format: libav.constants.AV_PIX_FMT_RGBA });
  libav.FFmpegError.throwIfError(source.getBuffer(), 'make a frame');
  return source;
}

async function drain({ encoder, muxer, track }: Writing): Promise<void> {
  for (let packet = await encoder.receive(); packet; packet = await encoder.receive()) {
    await muxer.writePacket(packet, track);
    packet.free();
  }
}
