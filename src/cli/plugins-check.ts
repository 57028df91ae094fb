import { existsSync } from 'node:fs';
import { messageOf, SiltstoneError } from '../errors.ts';
import { checkPlugin, listPlugins, type PluginCheck } from '../inference/index.ts';
import { durationText } from '../units.ts';
import { say, write, writeJson } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';

interface Checked {
  readonly plugin: string;
  readonly state: 'ready' | 'broken';
  readonly check?: PluginCheck;
  readonly reason?: string;
}

/**
 * Runs plugins once on a black frame and says what they decoded: one by its id or folder, or all that have a model.
 * @throws SiltstoneError `bad_usage`, or `plugin_broken` once all are told, where one does not run
 */
export async function checkPlugins(
  target: string | undefined,
  dirs: readonly string[],
  asJson: boolean,
): Promise<void> {
  const checked: Checked[] = [];
  for (const { id, folder } of await targets(target, dirs)) checked.push(await checkOne(id, folder));
  if (asJson) await writeJson(checked);
  else await write(objectTable(checked.map(row)));
  for (const one of checked) sayIssues(one);
  const broken = checked.filter(({ state }) => state === 'broken');
  if (broken.length === 0) return;
  throw new SiltstoneError('plugin_broken', broken.map(({ plugin, reason }) => `${plugin}: ${reason}`).join('\n'));
}

interface Target {
  readonly id: string;
  readonly folder: string;
}

async function targets(target: string | undefined, dirs: readonly string[]): Promise<readonly Target[]> {
  const listed = (await listPlugins(dirs)).filter(({ state }) => state !== 'base');
  if (target === undefined) return listed;
  const named = listed.filter(({ id }) => id === target);
  if (named.length > 0) return named;
  if (existsSync(target)) return [{ id: target, folder: target }];
  const ids = listed.map(({ id }) => id).join(', ');
  throw new SiltstoneError('bad_usage', `${target} is neither a folder nor a plugin; there are: ${ids}`);
}

async function checkOne(plugin: string, folder: string): Promise<Checked> {
  try {
    return { plugin, state: 'ready', check: await checkPlugin(folder) };
  } catch (error) {
    return { plugin, state: 'broken', reason: messageOf(error) };
  }
}

const issuesShownMax = 3;

function sayIssues({ plugin, check }: Checked): void {
  const issues = check?.issues ?? [];
  for (const { code, path, message } of issues.slice(0, issuesShownMax))
    say(`${plugin}: ${code} at ${path}: ${message}`);
}

/** Issues are told, and do not break a plugin: a black frame is no picture that a model was made for. */
function row({ plugin, state, check }: Checked): object {
  if (check === undefined) return { plugin, state, tool: '', frame: '', reads: '', gives: '', took: '' };
  const { tool, reads, width, height, detections, issues, durationMs } = check;
  const gives = [countText(detections.length, 'detection'), countText(issues.length, 'issue')].join(', ');
  return { plugin, state, tool, frame: `${width} × ${height}`, reads, gives, took: durationText(durationMs) };
}
