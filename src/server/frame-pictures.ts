import { SiltstoneError } from '../errors.ts';
import { drawFrame, type FrameView } from '../inference/index.ts';

/** Frames with their overlay, drawn by processes of their own; those of late are kept. */
export interface FramePictures {
  /**
   * @param key where it is given, the picture is kept by it
   * @throws SiltstoneError `queue_full`, and what `drawFrame` throws
   */
  draw(view: () => Promise<FrameView>, key: string | undefined): Promise<Uint8Array>;
}

const atOnceMax = 2;
const waitingMax = 16;
const keptBytesMax = 64 * 1024 * 1024;
const drawMs = 15_000;

export function openFramePictures(pixelsMax: number): FramePictures {
  const kept = keptPictures();
  const waiting: (() => void)[] = [];
  let drawingCount = 0;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (drawingCount >= atOnceMax) {
      if (waiting.length >= waitingMax) throw new SiltstoneError('queue_full', `${waitingMax} frames wait to be drawn`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else drawingCount += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The turn passes on to whoever waits.
      if (next === undefined) drawingCount -= 1;
      else next();
    }
  };
  return {
    draw: async (view, key) => {
      const known = key === undefined ? undefined : kept.get(key);
      if (known !== undefined) return known;
      const picture = await inTurn(async () => drawFrame(await view(), { pixelsMax, timeoutMs: drawMs }));
      if (key !== undefined) kept.put(key, picture);
      return picture;
    },
  };
}

/** Those used last, up to a number of bytes. */
function keptPictures() {
  // A map keeps the order of insertion: what was used last stands last.
  const pictures = new Map<string, Uint8Array>();
  let bytes = 0;
  const remove = (key: string): void => {
    bytes -= pictures.get(key)?.byteLength ?? 0;
    pictures.delete(key);
  };
  const put = (key: string, picture: Uint8Array): void => {
    remove(key);
    pictures.set(key, picture);
    bytes += picture.byteLength;
    while (bytes > keptBytesMax) remove(pictures.keys().next().value ?? key);
  };
  return {
    put,
    get: (key: string): Uint8Array | undefined => {
      const picture = pictures.get(key);
      if (picture !== undefined) put(key, picture);
      return picture;
    },
  };
}
