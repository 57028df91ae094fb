import { type Layer, layerNames } from '../../../../src/inference/overlay/layers.ts';

interface LayerTogglesProps {
  readonly layers: readonly Layer[];
  readonly onToggle: (layer: Layer) => void;
}

export function LayerToggles({ layers, onToggle }: LayerTogglesProps) {
  return (
    <fieldset class="toggles">
      <legend class="sr-only">Layers</legend>
      {layerNames.map((layer) => (
        <button
          key={layer}
          type="button"
          class="toggle"
          aria-pressed={layers.includes(layer)}
          onClick={() => onToggle(layer)}
        >
          {layer}
        </button>
      ))}
    </fieldset>
  );
}
