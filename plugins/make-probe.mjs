// Makes probe.onnx, the smallest model that shows whether a provider runs. Run: node plugins/make-probe.mjs
import { writeFile } from 'node:fs/promises';
import { makeGraph } from './onnx.mjs';

const channels = 4;
const shape = [1, channels, 8, 8];

const graph = makeGraph('probe');
const x = graph.input('x', 'float32', shape);
const kernel = graph.floats(Array(channels * channels).fill(0.5), [channels, channels, 1, 1]);
graph.output('y', graph.op('Conv', [x, kernel], { kernel_shape: [1, 1] }), shape);
await writeFile(new URL('probe.onnx', import.meta.url), graph.write());
