/**
 * Numbers in [0, 1) that are the same for the same seed everywhere (mulberry32).
 * @param {number} seed
 * @returns {() => number}
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Adds grey sensor noise in place, the same for the same seed. A linear congruential step a pixel:
 * the quality does not matter here, and it costs a tenth of randomNumbers.
 * @param {Uint8ClampedArray} rgba
 * @param {number} seed
 * @param {number} amplitude largest change of a channel, 0–255
 */
export function addNoise(rgba, seed, amplitude) {
  let state = (seed * 7919) | 1;
  for (let i = 0; i < rgba.length; i += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const noise = (((state >>> 24) + ((state >>> 16) & 255) - 255) / 255) * amplitude;
    rgba[i] += noise;
    rgba[i + 1] += noise;
    rgba[i + 2] += noise;
  }
}
