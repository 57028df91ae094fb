/** Numbers below a bound, the same each time for one seed: mulberry32. @param {number} seed */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const mutations = {
  flip: (bytes, random) => {
    const at = random(bytes.length);
    const copy = Buffer.from(bytes);
    copy[at] ^= 1 << random(8);
    return copy;
  },
  write: (bytes, random) => {
    const copy = Buffer.from(bytes);
    copy[random(bytes.length)] = random(256);
    return copy;
  },
  truncate: (bytes, random) => bytes.subarray(0, random(bytes.length)),
  insert: (bytes, random) => {
    const at = random(bytes.length + 1);
    const added = Buffer.from(Array.from({ length: 1 + random(8) }, () => random(256)));
    return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
  },
  remove: (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(16))]);
  },
  duplicate: (bytes, random) => {
    const [at, length] = [random(bytes.length), 1 + random(64)];
    return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  },
  zero: (bytes, random) => {
    const [at, length] = [random(bytes.length), 1 + random(64)];
    return Buffer.from(bytes).fill(0, at, Math.min(at + length, bytes.length));
  },
};
const names = Object.keys(mutations);

/** Some bytes with one thing done to them. @param {Buffer} bytes @param {(below: number) => number} random */
export function mutated(bytes, random) {
  const done = names[random(names.length)];
  return { bytes: mutations[done](bytes, random), done };
}
