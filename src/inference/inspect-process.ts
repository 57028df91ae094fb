/** Started by inspect.ts: opens a model or a whole plugin, which may crash, and says what it found. */
import { messageOf, SiltstoneError } from '../errors.ts';
import type { InspectAnswer, InspectRequest } from './inspect.ts';
import type { Plugin } from './registry.ts';
import { shapesText } from './stub.ts';

/** What a plugin that has no input of its own is shown. */
const frameByDefault = { width: 640, height: 360 };

await main(JSON.parse(process.argv[2] ?? '{}') as InspectRequest);

async function main(request: InspectRequest): Promise<void> {
  try {
    const answer = request.type === 'describe' ? await describe(request.modelPath) : await check(request.folder);
    await say(answer);
  } catch (error) {
    const code = error instanceof SiltstoneError ? error.code : 'plugin_broken';
    await say({ type: 'failed', code, message: messageOf(error) });
  }
  process.exit();
}

async function describe(modelPath: string): Promise<InspectAnswer> {
  const { describeModel } = await import('./runtime.ts');
  return { type: 'described', shape: await describeModel(modelPath) };
}

/** Runs the plugin's first tool once on a black frame. */
async function check(folder: string): Promise<InspectAnswer> {
  const { readPlugin, toolOf } = await import('./registry.ts');
  const { openForm } = await import('./forms/index.ts');
  const { makeToolRun } = await import('./tool-run.ts');
  const listed = await readPlugin(folder);
  if (listed.state !== 'ready') throw listed.error;
  const { plugin } = listed;
  const { width, height } = plugin.form === 'model' ? plugin.manifest.input : frameByDefault;
  const tool = toolOf(plugin);
  const form = await openForm(plugin, { tool: tool.name, provider: 'cpu', threads: 1 });
  try {
    const startedAt = performance.now();
    const result = await makeToolRun({ plugin, tool, form })({
      width,
      height,
      rgba: new Uint8Array(width * height * 4).map((_, i) => (i % 4 === 3 ? 255 : 0)),
    });
    const durationMs = performance.now() - startedAt;
    const { detections, issues } = result;
    return {
      type: 'checked',
      tool: tool.name,
      reads: await readsOf(plugin),
      width,
      height,
      detections: [...detections],
      issues: [...issues],
      durationMs,
    };
  } finally {
    await form.close();
  }
}

async function readsOf(plugin: Plugin): Promise<string> {
  if (plugin.form !== 'model') return plugin.form;
  const { describeModel } = await import('./runtime.ts');
  const { outputs } = await describeModel(plugin.modelPath);
  return `${plugin.manifest.decoder.name}: ${shapesText(outputs)}`;
}

function say(answer: InspectAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });
}
