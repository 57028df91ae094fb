import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Settings, settingTable } from '../settings.ts';

/** The folders of plugins beside the built-in ones. That of the default may be missing: nothing was added to it yet. */
export function pluginDirsOf(settings: Settings): readonly string[] {
  return namedDirs(settings).filter((dir) => dir !== defaultDir() || existsSync(dir));
}

/** Where `siltstone plugins add` adds to: the first of the setting, which may have to be made. */
export function firstPluginDir(settings: Settings): string {
  return namedDirs(settings)[0] ?? defaultDir();
}

const namedDirs = ({ plugin_dirs }: Settings): readonly string[] =>
  plugin_dirs
    .split(delimiter)
    .filter((dir) => dir !== '')
    .map(pathOf);

const defaultDir = (): string => pathOf(settingTable.plugin_dirs.default);

/** `~` is the user's folder, also where no shell has replaced it. */
const pathOf = (dir: string): string => (/^~(?=\/|$)/.test(dir) ? join(homedir(), dir.slice(1)) : resolve(dir));
