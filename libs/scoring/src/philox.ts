/** A uniform number in (0, 1) for one place in the random field; the same place always holds the same number. */
export type UniformAt = (year: number, stream: number, entity: number, draw: number) => number;

/** Four unsigned 32-bit words. */
export type Words = readonly [number, number, number, number];

// Bound once: where a test runner proxies the global object, looking Math up costs more than multiplying.
const { imul } = Math;

const rounds = 10;
const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const keyStep0 = 0x9e3779b9;
const keyStep1 = 0xbb67ae85;

/** Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a counter and a key of two words give four random words. */
export function philox4x32(counter: Words, key0: number, key1: number): Words {
  let [c0, c1, c2, c3] = counter;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(multiplier0, c0);
    const low0 = imul(multiplier0, c0);
    const high1 = highWord(multiplier1, c2);
    const low1 = imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + keyStep0) | 0;
    k1 = (k1 + keyStep1) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/**
 * Upper 32 bits of a 32 × 32-bit product, by halves: the whole product does not fit a double. No sum here passes 32
 * bits, so everything stays a whole number of the machine.
 */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const upper = (imul(aHigh, bLow) + (imul(aLow, bLow) >>> 16)) | 0;
  const lower = (imul(aLow, bHigh) + (upper & 0xffff)) | 0;
  return (imul(aHigh, bHigh) + (upper >>> 16) + (lower >>> 16)) | 0;
}

const twoTo32 = 2 ** 32;
const twoTo53 = 2 ** 53;

/** The random field of a seed below 2^53. */
export function uniformField(seed: number): UniformAt {
  const key0 = seed % twoTo32;
  const key1 = Math.floor(seed / twoTo32);
  return (year, stream, entity, draw) => philoxUniform(year, stream, entity, draw, key0 | 0, key1 | 0);
}

/** The first two words of `philox4x32` as one number; written out, because this is where simulated years are spent. */
function philoxUniform(year: number, stream: number, entity: number, draw: number, key0: number, key1: number): number {
  let c0 = year | 0;
  let c1 = stream | 0;
  let c2 = entity | 0;
  let c3 = draw | 0;
  let k0 = key0;
  let k1 = key1;
  for (let round = 1; round < rounds; round++) {
    const high0 = highWord(multiplier0, c0);
    const high1 = highWord(multiplier1, c2);
    const low0 = imul(multiplier0, c0);
    const low1 = imul(multiplier1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + keyStep0) | 0;
    k1 = (k1 + keyStep1) | 0;
  }
  const x0 = highWord(multiplier1, c2) ^ c1 ^ k0;
  const x1 = imul(multiplier1, c2);
  return ((x0 >>> 5) * 2 ** 26 + (x1 >>> 6) + 0.5) / twoTo53;
}

const mostEvents = 1000;

/** The Poisson number with this mean at a uniform's quantile, by sequential inversion; at most 1000. */
export function poissonQuantile(mean: number, uniform: number): number {
  let events = 0;
  let probability = Math.exp(-mean);
  let cumulative = probability;
  while (uniform > cumulative && events < mostEvents) {
    events++;
    probability *= mean / events;
    cumulative += probability;
  }
  return events;
}
