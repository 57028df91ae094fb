/** What an overlay is made of, each part by itself. `players` is every box but the ball’s. */
export const layerNames = ['players', 'ball', 'pitch', 'radar'] as const;

export type Layer = (typeof layerNames)[number];

/** Which layers are turned on or off; one that is not named is as the plugin’s manifest says. */
export type LayerToggles = { readonly [L in Layer]?: boolean };

/** Of a plugin whose manifest says nothing: it may know nothing of pitches. */
const usualLayers: readonly Layer[] = ['players', 'ball'];

/** @param declared what the manifest says */
export function layersOf(declared: readonly Layer[] = usualLayers, toggles: LayerToggles = {}): readonly Layer[] {
  return layerNames.filter((layer) => toggles[layer] ?? declared.includes(layer));
}

/** What a list of layers means, such as `players,ball`: these and no others; `none` of them; `auto`, as the manifest says. */
export const layersPattern = new RegExp(`^(auto|none|(${layerNames.join('|')})(,(${layerNames.join('|')}))*)$`);

/** @param list as the pattern above has it */
export function togglesOf(list: string): LayerToggles {
  const names = list.split(',');
  return list === 'auto' ? {} : Object.fromEntries(layerNames.map((layer) => [layer, names.includes(layer)]));
}
