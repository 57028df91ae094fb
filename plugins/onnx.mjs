// Writes ONNX models by hand, so that a model is made from weights that can be read in its script.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { bytes, concat, float, integer, message, string } from './protobuf.mjs';

const opset = 17;
const irVersion = 8;
const dataTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, string: 8, float16: 10 };
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };

/**
 * A graph that is built node by node; a value is named by a string.
 * @param {string} name
 */
export function makeGraph(name) {
  const nodes = [];
  const constants = [];
  const inputs = [];
  const outputs = [];
  let count = 0;
  const nextName = () => `v${count++}`;

  /** A tensor of float32. Without `shape` a number is a scalar and a list is a vector. */
  function floats(values, shape = shapeOf(values)) {
    const id = nextName();
    constants.push(tensor(id, 'float32', shape, Float32Array.from([values].flat())));
    return id;
  }
  /** A vector of int64, as operators take axes, shapes and sizes. */
  function integers(...values) {
    const id = nextName();
    constants.push(tensor(id, 'int64', [values.length], BigInt64Array.from(values, BigInt)));
    return id;
  }
  /** Adds a node with `outputCount` outputs and gives their names. */
  function split(operator, operands, attributes, outputCount) {
    const results = Array.from({ length: outputCount }, nextName);
    nodes.push(node(operator, operands, results, attributes));
    return results;
  }
  /** Adds a node with one output and gives its name. */
  function op(operator, operands, attributes = {}) {
    return split(operator, operands, attributes, 1)[0];
  }
  function input(id, type, shape) {
    inputs.push(valueInfo(id, type, shape));
    return id;
  }
  /** What is no float32 is cast to the type that is wanted. */
  function output(id, value, shape, type = 'float32') {
    const [operator, attributes] = type === 'float32' ? ['Identity', {}] : ['Cast', { to: dataTypes[type] }];
    nodes.push(node(operator, [value], [id], attributes));
    outputs.push(valueInfo(id, type, shape));
  }
  const write = () => model(name, { nodes, constants, inputs, outputs });
  return { floats, integers, op, split, input, output, write };
}

const shapeOf = (values) => (Array.isArray(values) ? [values.length] : []);

function model(name, { nodes, constants, inputs, outputs }) {
  const graph = [
    ...nodes.map((n) => message(1, n)),
    string(2, name),
    ...constants.map((c) => message(5, c)),
    ...inputs.map((i) => message(11, i)),
    ...outputs.map((o) => message(12, o)),
  ];
  return concat([
    integer(1, irVersion),
    string(2, 'siltstone'),
    message(7, graph),
    message(8, [string(1, ''), integer(2, opset)]),
  ]);
}

function node(operator, operands, results, attributes) {
  return [
    ...operands.map((id) => string(1, id)),
    ...results.map((id) => string(2, id)),
    string(4, operator),
    ...Object.entries(attributes).map(([key, value]) => message(5, attribute(key, value))),
  ];
}

/** A list is `ints`, a text `string`, a whole number `int`, any other number `float`. */
function attribute(name, value) {
  if (Array.isArray(value)) {
    return [string(1, name), ...value.map((v) => integer(8, v)), integer(20, attributeTypes.ints)];
  }
  if (typeof value === 'string') return [string(1, name), string(4, value), integer(20, attributeTypes.string)];
  if (Number.isInteger(value)) return [string(1, name), integer(3, value), integer(20, attributeTypes.int)];
  return [string(1, name), float(2, value), integer(20, attributeTypes.float)];
}

function tensor(name, type, shape, values) {
  return [
    ...shape.map((size) => integer(1, size)),
    integer(2, dataTypes[type]),
    string(8, name),
    bytes(9, new Uint8Array(values.buffer)),
  ];
}

function valueInfo(name, type, shape) {
  const dimensions = shape.map((size) => message(1, [integer(1, size)]));
  return [string(1, name), message(2, [message(1, [integer(1, dataTypes[type]), message(2, dimensions)])])];
}
