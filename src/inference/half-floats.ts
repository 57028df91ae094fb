import { Float16Array } from '@petamoriken/float16';

/** Half floats as their bits: Node 20 has no array of them, and the runtime takes and gives their bits. */
export const halfBits = (values: Iterable<number>): Uint16Array =>
  new Uint16Array(Float16Array.from(values).buffer as ArrayBuffer);

export const ofHalfBits = (bits: Uint16Array): Float32Array =>
  Float32Array.from(new Float16Array(bits.buffer as ArrayBuffer, bits.byteOffset, bits.length));
