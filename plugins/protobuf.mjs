// The wire format of Protocol Buffers, as far as ONNX needs it: https://protobuf.dev/programming-guides/encoding
// A field is bytes; a message is its fields one after the other.

const utf8 = new TextEncoder();
const wireType = { varint: 0, bytes: 2, fixed32: 5 };

/**
 * @param {number} field
 * @param {number | bigint} value
 */
export const integer = (field, value) => concat([tag(field, wireType.varint), varint(BigInt(value))]);

/**
 * @param {number} field
 * @param {number} value
 */
export const float = (field, value) =>
  concat([tag(field, wireType.fixed32), new Uint8Array(Float32Array.of(value).buffer)]);

/**
 * @param {number} field
 * @param {Uint8Array} value
 */
export const bytes = (field, value) => concat([tag(field, wireType.bytes), varint(BigInt(value.length)), value]);

/**
 * @param {number} field
 * @param {string} value
 */
export const string = (field, value) => bytes(field, utf8.encode(value));

/**
 * @param {number} field
 * @param {readonly Uint8Array[]} fields
 */
export const message = (field, fields) => bytes(field, concat(fields));

/** @param {readonly Uint8Array[]} parts */
export const concat = (parts) => new Uint8Array(Buffer.concat(parts));

const tag = (field, wire) => varint(BigInt((field << 3) | wire));

/** @param {bigint} value negative ones take ten bytes, as two's complement of 64 bits */
function varint(value) {
  const out = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}
