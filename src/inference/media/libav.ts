/** The codecs of FFmpeg as a library, which is an optional dependency. */
export type Libav = typeof import('node-av/api') &
  typeof import('node-av/lib') & { readonly constants: typeof import('node-av/constants') };

async function importLibav(): Promise<Libav> {
  const [api, lib, constants] = await Promise.all([
    import('node-av/api'),
    import('node-av/lib'),
    import('node-av/constants'),
  ]);
  // What it would print, its errors say as well.
  lib.Log.setLevel(constants.AV_LOG_FATAL);
  return { ...api, ...lib, constants };
}

/**
 * @param load passed in by the test that does without it
 * @throws what the import throws where it is not installed, or has no binary for this platform
 */
export async function loadLibav(load: () => Promise<Libav> = importLibav): Promise<Libav> {
  addWithResolvers();
  return await load();
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
