import { messageOf, SiltstoneError } from '../../errors.ts';

/** The decoder, which is an optional dependency. */
async function importLibav() {
  const [api, lib, constants] = await Promise.all([
    import('node-av/api'),
    import('node-av/lib'),
    import('node-av/constants'),
  ]);
  const { Decoder, Demuxer, Scaler } = api;
  return { Decoder, Demuxer, Scaler, silence: () => lib.Log.setLevel(constants.AV_LOG_FATAL) };
}

type Libav = Awaited<ReturnType<typeof importLibav>>;

/**
 * The video decoder, ready to use.
 * @param load passed in by the test that does without it
 * @throws SiltstoneError `media_unreadable` where it is not installed or has no binary for this platform
 */
export async function loadLibav(load: () => Promise<Libav> = importLibav): Promise<Libav> {
  addWithResolvers();
  try {
    const libav = await load();
    // What it would print, its errors say as well.
    libav.silence();
    return libav;
  } catch (error) {
    const message = `a video needs the optional package node-av, which cannot be loaded: ${messageOf(error)}`;
    throw new SiltstoneError('media_unreadable', message, { cause: error });
  }
}

/** node-av reads packets with Promise.withResolvers; on Node 20, which has none, it gives no frame and no error. */
function addWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  const value = () => {
    const resolvers = {};
    const promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
    return { promise, ...resolvers };
  };
  Object.defineProperty(Promise, 'withResolvers', { value, configurable: true, writable: true });
}
