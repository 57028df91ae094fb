import type { Plugin } from '../registry.ts';
import { openCommandForm } from './command.ts';
import type { FormOptions, OpenForm } from './form.ts';
import { openModelForm } from './model.ts';
import { openModuleForm } from './module.ts';

export type { FormOptions, FormOutput, OpenForm } from './form.ts';

/**
 * Opens a plugin, and where it has a model runs it once, so that no measured frame pays for the first run.
 * @throws SiltstoneError `plugin_broken`
 */
export function openForm(plugin: Plugin, options: FormOptions): Promise<OpenForm> {
  if (plugin.form === 'module') return openModuleForm(plugin, options);
  if (plugin.form === 'command') return openCommandForm(plugin, options);
  return openModelForm(plugin, options);
}
