import { type Command, InvalidArgumentError } from 'commander';
import { type LayerToggles, layerNames, layersPattern, togglesOf } from '../inference/index.ts';

/** What is to be drawn. commander gives `true` for what nobody turned off. */
export interface LayerOptions {
  readonly layers?: LayerToggles;
  readonly players: boolean;
  readonly ball: boolean;
  readonly pitch: boolean;
  readonly radar: boolean;
  readonly maxFps?: number;
}

export function addLayerOptions(command: Command): Command {
  return command
    .option(
      '--layers <list>',
      'draws these: some of players,ball,pitch,radar, or none (default: the setting overlay_layers)',
      layers,
    )
    .option('--no-players', 'without boxes, their labels and trails')
    .option('--no-ball', 'without the ball')
    .option('--no-pitch', 'without the lines of the pitch')
    .option('--no-radar', 'without the radar')
    .option(
      '--max-fps <rate>',
      'so many frames of each second are drawn, at most; 0 for all (default: the setting overlay_max_fps)',
      rate,
    );
}

/** What the options say of each layer; nothing of those that none of them names. */
export function togglesFrom(options: LayerOptions): LayerToggles {
  const off = layerNames.filter((layer) => !options[layer]).map((layer) => [layer, false]);
  return { ...options.layers, ...Object.fromEntries(off) };
}

function layers(argument: string): LayerToggles {
  if (layersPattern.test(argument)) return togglesOf(argument);
  throw new InvalidArgumentError(`It is some of ${layerNames.join(',')}, or none, or auto.`);
}

function rate(argument: string): number {
  const number = Number(argument);
  if (/^\d+(\.\d+)?$/.test(argument)) return number;
  throw new InvalidArgumentError('It must be a number of frames a second.');
}
