import type { DrawnBox } from '../../../../src/inference/overlay/boxes.ts';
import type { PitchFit } from '../../../../src/inference/pitch/fit.ts';

/** How the pitch lies in a frame where that is known. */
export type PitchOfFrame = Extract<PitchFit, { readonly accepted: true }>;

export interface FrameScene {
  readonly boxes: readonly DrawnBox[];
  readonly pitch: PitchOfFrame | undefined;
}

export type Scenes = ReadonlyMap<number, FrameScene>;

/** Gives what is known of the frames from `first` to `last`, both included. */
export type LoadScenes = (first: number, last: number) => Promise<Scenes | undefined>;

export interface SceneWindows {
  /** Undefined while it is not loaded: asking loads it, and what comes after. */
  sceneOf(frame: number): FrameScene | undefined;
  forget(): void;
}

/** Few enough boxes for one answer, and enough frames for some seconds. */
const windowFrames = 120;
const windowsMax = 24;

const empty: FrameScene = { boxes: [], pitch: undefined };

/** Keeps some minutes around where somebody looks: a video of hours takes no more memory than one of minutes. */
export function makeSceneWindows(load: LoadScenes, onLoaded: () => void): SceneWindows {
  const windows = new Map<number, Scenes | 'loading'>();
  let generation = 0;
  const ask = async (index: number) => {
    if (index < 0 || windows.has(index)) return;
    windows.set(index, 'loading');
    const asked = generation;
    const scenes = await load(index * windowFrames, (index + 1) * windowFrames - 1).catch(() => undefined);
    if (asked !== generation) return;
    if (scenes === undefined) windows.delete(index);
    else windows.set(index, scenes);
    // The one that was asked for first goes first.
    for (const old of windows.keys()) if (windows.size > windowsMax) windows.delete(old);
    onLoaded();
  };
  return {
    sceneOf(frame) {
      const index = Math.floor(frame / windowFrames);
      void ask(index);
      if (frame % windowFrames > windowFrames / 3) void ask(index + 1);
      const scenes = windows.get(index);
      return scenes === undefined || scenes === 'loading' ? undefined : (scenes.get(frame) ?? empty);
    },
    forget() {
      generation++;
      windows.clear();
    },
  };
}
