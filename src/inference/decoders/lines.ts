import type { LineMap } from '../pitch/index.ts';
import { type Outputs, readOutput } from './tensors.ts';

/**
 * How much of each cell of the input a line of the pitch covers: [1, rows, columns].
 * @throws SiltstoneError `plugin_broken` where the tensor is none such, whatever stands in it
 */
export function readLines(outputs: Outputs, name: string): LineMap {
  const { values, sizes } = readOutput(outputs, name, ['rows', 'columns'], 'the search for the pitch');
  const [height = 0, width = 0] = sizes;
  return { width, height, values };
}
