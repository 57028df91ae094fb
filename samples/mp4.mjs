import { Encoder, Muxer, Scaler } from 'node-av/api';
import { AV_LOG_ERROR, AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';

/**
 * Writes RGBA frames as H.264 in MP4. yuv420p is asked for by hand: left alone, x264 takes RGBA as
 * 4:4:4, which many players cannot show.
 * @param {string} path
 * @param {{ width: number, height: number, fps: number }} shape
 * @returns {Promise<{ add: (rgba: Uint8ClampedArray) => Promise<void>, close: () => Promise<void> }>}
 */
export async function openMp4(path, { width, height, fps }) {
  Log.setLevel(AV_LOG_ERROR);
  const timeBase = { num: 1, den: fps };
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    context: { gopSize: fps, threadCount: 1, maxBFrames: 0, bitRate: 0 },
    options: { preset: 'slow', crf: 23 },
  });
  const muxer = await Muxer.open(path, { options: { movflags: '+faststart' } });
  const stream = muxer.addStream(encoder);
  const scaler = new Scaler();
  let count = 0n;

  async function drain() {
    for (let packet = await encoder.receive(); packet; packet = await encoder.receive()) {
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  }
  return {
    async add(rgba) {
      const shape = { width, height, timeBase, pts: count++ };
      const picture = Frame.fromVideoBuffer(Buffer.from(rgba.buffer), { ...shape, format: AV_PIX_FMT_RGBA });
      const yuv = scaler.toBufferSync(picture, { format: 'yuv420p' });
      const frame = Frame.fromVideoBuffer(yuv, { ...shape, format: AV_PIX_FMT_YUV420P });
      await encoder.encode(frame);
      picture.free();
      frame.free();
      await drain();
    },
    async close() {
      await encoder.flush();
      await drain();
      await muxer.close();
      encoder.close();
      scaler.close();
    },
  };
}
