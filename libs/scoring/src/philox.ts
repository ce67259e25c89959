/** A uniform number in (0, 1) for one place in the random field; the same place always holds the same number. */
export type UniformAt = (year: number, stream: number, entity: number, draw: number) => number;

/** Four unsigned 32-bit words. */
export type Words = readonly [number, number, number, number];

// Bound once: where a test runner proxies the global object, looking Math up costs more than multiplying.
const { imul } = Math;

const rounds = 10;
const multiplier0 = 0xd2511f53 | 0;
const multiplier1 = 0xcd9e8d57 | 0;
const keyStep0 = 0x9e3779b9 | 0;
const keyStep1 = 0xbb67ae85 | 0;

// The halves of the multipliers.
const m0Low = 0x1f53;
const m0High = 0xd251;
const m1Low = 0x8d57;
const m1High = 0xcd9e;

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
  return uniformOf(highWord(multiplier1, c2) ^ c1 ^ k0, imul(multiplier1, c2));
}

/** The number in (0, 1) that two words make: their upper 53 bits and a half. */
function uniformOf(x0: number, x1: number): number {
  return ((x0 >>> 5) * 2 ** 26 + (x1 >>> 6) + 0.5) / twoTo53;
}

/**
 * The first draws (number 0) of two streams for many entities in one year: `into[0]` gets those of the first stream.
 *
 * This is where simulated years are spent. In the first two of the ten rounds, half of the work depends on the year
 * alone and half of the rest on the entity alone, so it is done once for all; and two streams in step keep a processor
 * busy that would wait for one, because each round needs the round before.
 */
export type UniformPairs = (
  year: number,
  streams: readonly [number, number],
  entities: Uint32Array,
  into: readonly [Float64Array, Float64Array],
) => void;

/** The random field of a seed below 2^53, two streams at a time. */
export function uniformPairs(seed: number): UniformPairs {
  const key0 = (seed % twoTo32) | 0;
  const key1 = Math.floor(seed / twoTo32) | 0;
  return (year, [streamA, streamB], entities, [intoA, intoB]) => {
    fillPairs(year, streamA, streamB, entities, intoA, intoB, key0, key1);
  };
}

// Not a closure: one function for all seeds is compiled with the constants above in place.
function fillPairs(
  year: number,
  streamA: number,
  streamB: number,
  entities: Uint32Array,
  intoA: Float64Array,
  intoB: Float64Array,
  key0: number,
  key1: number,
): void {
  const secondKey0 = (key0 + keyStep0) | 0;
  const secondKey1 = (key1 + keyStep1) | 0;
  const yearLow = imul(multiplier0, year);
  const yearMixed = highWord(multiplier0, year) ^ key1;
  const mixedLow = imul(multiplier1, yearMixed);
  const mixedHigh = highWord(multiplier1, yearMixed) ^ secondKey0;
  for (let at = 0; at < entities.length; at++) {
    const entity = entities[at] ?? 0;
    const entityHigh = highWord(multiplier1, entity) ^ key0;
    // As after the first round, and then after the second.
    let a0 = entityHigh ^ streamA;
    let b0 = entityHigh ^ streamB;
    let a2 = highWord(multiplier0, a0) ^ yearLow ^ secondKey1;
    let b2 = highWord(multiplier0, b0) ^ yearLow ^ secondKey1;
    let a3 = imul(multiplier0, a0);
    let b3 = imul(multiplier0, b0);
    a0 = mixedHigh ^ imul(multiplier1, entity);
    b0 = a0;
    let a1 = mixedLow;
    let b1 = mixedLow;
    let k0 = secondKey0;
    let k1 = secondKey1;
    for (let round = 3; round < rounds; round++) {
      k0 = (k0 + keyStep0) | 0;
      k1 = (k1 + keyStep1) | 0;
      // `highWord` four times over: called, it would be more than a compiler is ready to put in place.
      const aUpper0Part = (imul(m0High, a0 & 0xffff) + (imul(m0Low, a0 & 0xffff) >>> 16)) | 0;
      const aUpper0Rest = (imul(m0Low, a0 >>> 16) + (aUpper0Part & 0xffff)) | 0;
      const aUpper0 = imul(m0High, a0 >>> 16) + (aUpper0Part >>> 16) + (aUpper0Rest >>> 16);
      const bUpper0Part = (imul(m0High, b0 & 0xffff) + (imul(m0Low, b0 & 0xffff) >>> 16)) | 0;
      const bUpper0Rest = (imul(m0Low, b0 >>> 16) + (bUpper0Part & 0xffff)) | 0;
      const bUpper0 = imul(m0High, b0 >>> 16) + (bUpper0Part >>> 16) + (bUpper0Rest >>> 16);
      const aUpper1Part = (imul(m1High, a2 & 0xffff) + (imul(m1Low, a2 & 0xffff) >>> 16)) | 0;
      const aUpper1Rest = (imul(m1Low, a2 >>> 16) + (aUpper1Part & 0xffff)) | 0;
      const aUpper1 = imul(m1High, a2 >>> 16) + (aUpper1Part >>> 16) + (aUpper1Rest >>> 16);
      const bUpper1Part = (imul(m1High, b2 & 0xffff) + (imul(m1Low, b2 & 0xffff) >>> 16)) | 0;
      const bUpper1Rest = (imul(m1Low, b2 >>> 16) + (bUpper1Part & 0xffff)) | 0;
      const bUpper1 = imul(m1High, b2 >>> 16) + (bUpper1Part >>> 16) + (bUpper1Rest >>> 16);
      const aLow0 = imul(multiplier0, a0);
      const bLow0 = imul(multiplier0, b0);
      a0 = aUpper1 ^ a1 ^ k0;
      b0 = bUpper1 ^ b1 ^ k0;
      a1 = imul(multiplier1, a2);
      b1 = imul(multiplier1, b2);
      a2 = aUpper0 ^ a3 ^ k1;
      b2 = bUpper0 ^ b3 ^ k1;
      a3 = aLow0;
      b3 = bLow0;
    }
    k0 = (k0 + keyStep0) | 0;
    intoA[at] = uniformOf(highWord(multiplier1, a2) ^ a1 ^ k0, imul(multiplier1, a2));
    intoB[at] = uniformOf(highWord(multiplier1, b2) ^ b1 ^ k0, imul(multiplier1, b2));
  }
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
