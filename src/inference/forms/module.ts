import { pathToFileURL } from 'node:url';
import { messageOf, SiltstoneError } from '../../errors.ts';
import { letterboxOf, sizeOf } from '../letterbox.ts';
import type { ModulePlugin } from '../registry.ts';
import type { FormOptions, OpenForm, Payload } from './form.ts';

/** What a plugin's module is given with each frame. */
export interface ModuleFrame {
  /** Number of the frame, from 0. */
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, row by row. To be read only: it is drawn on next. */
  readonly rgba: Uint8Array;
  readonly tool: string;
  readonly labels: readonly string[];
}

interface PluginModule {
  readonly run: (frame: ModuleFrame) => unknown;
  readonly close: (() => unknown) | undefined;
}

/**
 * A JavaScript module: `run(frame)` gives the payload of the manifest's dialect, in px of the frame, at once or as a
 * promise; `close()`, where there is one, is called at the end. It runs in the process of the job.
 */
export async function openModuleForm(plugin: ModulePlugin, { tool }: FormOptions): Promise<OpenForm> {
  const { run, close } = await loadModule(plugin);
  let count = 0;
  let isClosed = false;
  return {
    async run(frame) {
      const { width, height, rgba } = frame;
      const startedAt = performance.now();
      const payload = (await run({ frame: count++, width, height, rgba, tool, labels: plugin.labels })) as Payload;
      const inferenceMs = performance.now() - startedAt;
      const letterbox = letterboxOf(sizeOf(frame), frame);
      return { payload, issues: [], letterbox, preprocessMs: 0, inferenceMs, postprocessMs: 0 };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await close?.();
    },
  };
}

async function loadModule({ manifest, modulePath }: ModulePlugin): Promise<PluginModule> {
  const { id, module } = manifest;
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = (await import(pathToFileURL(modulePath).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new SiltstoneError('plugin_broken', `load ${module.file} of ${id}: ${messageOf(error)}`, { cause: error });
  }
  const { run, close } = loaded;
  if (typeof run !== 'function') {
    const names = Object.keys(loaded).join(', ') || 'nothing';
    throw new SiltstoneError('plugin_broken', `${module.file} of ${id} exports no function run; it exports ${names}`);
  }
  return {
    run: run as PluginModule['run'],
    close: typeof close === 'function' ? (close as PluginModule['close']) : undefined,
  };
}
