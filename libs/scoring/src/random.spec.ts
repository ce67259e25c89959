import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalProbability, normalQuantile, Z_95 } from './normal.js';
import { philox4x32, poissonQuantile, uniformField, uniformPairs } from './philox.js';
import type { Words } from './philox.js';

describe('Philox4x32-10', () => {
  const ones = 0xffffffff;
  it.each<[string, Words, [number, number], Words]>([
    ['zeros', [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    ['ones', [ones, ones, ones, ones], [ones, ones], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('known answer: %s', (_, counter, [key0, key1], words) => {
    expect(philox4x32(counter, key0, key1)).toEqual(words);
  });

  it('is the arithmetic of its definition', () => {
    const word = fc.integer({ min: 0, max: ones });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), word, word, (counter, key0, key1) => {
        expect(philox4x32(counter, key0, key1)).toEqual(byBigIntegers(counter, key0, key1));
      }),
    );
  });

  it('gives two streams at a time what each gives alone', () => {
    const word = fc.integer({ min: 0, max: ones });
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.array(word, { maxLength: 5 }),
        word,
        word,
        (seed, year, entities, first, second) => {
          const into = [new Float64Array(entities.length), new Float64Array(entities.length)] as const;
          uniformPairs(seed)(year, [first, second], Uint32Array.from(entities), into);
          const alone = uniformField(seed);
          expect([...into[0]]).toEqual(entities.map((entity) => alone(year, first, entity, 0)));
          expect([...into[1]]).toEqual(entities.map((entity) => alone(year, second, entity, 0)));
          expect([...into[0]]).toEqual(
            entities.map((entity) => {
              const [x0, x1] = philox4x32([year, first, entity, 0], seed % 2 ** 32, Math.floor(seed / 2 ** 32));
              return ((x0 >>> 5) * 2 ** 26 + (x1 >>> 6) + 0.5) / 2 ** 53;
            }),
          );
        },
      ),
    );
  });

  it('splits a seed above 2^32 over both words of the key', () => {
    const seed = 5 * 2 ** 32 + 7;
    const [x0, x1] = philox4x32([3, 6, 9, 12], 7, 5);
    expect(uniformField(seed)(3, 6, 9, 12)).toBe(((x0 >>> 5) * 2 ** 26 + (x1 >>> 6) + 0.5) / 2 ** 53);
    expect(uniformField(7)(3, 6, 9, 12)).not.toBe(uniformField(seed)(3, 6, 9, 12));
  });
});

function byBigIntegers(counter: Words, key0: number, key1: number): number[] {
  const low = (value: bigint): bigint => BigInt.asUintN(32, value);
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  for (let round = 0n; round < 10n; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    const k0 = low(BigInt(key0) + round * 0x9e3779b9n);
    const k1 = low(BigInt(key1) + round * 0xbb67ae85n);
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, low(p1), (p0 >> 32n) ^ c3 ^ k1, low(p0)];
  }
  return [c0, c1, c2, c3].map(Number);
}

describe('normal distribution', () => {
  it.each([
    [0.5, 0],
    [0.95, Z_95],
    [0.975, 1.959963984540054],
    [1e-10, -6.361340902404056],
    [1e-20, -9.262340089798408],
    [0.925, 1.4395314709384563],
  ])('quantile of %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 12);
  });

  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-3, 0.0013498980316300957],
    [7.999, 1],
    [8.001, 1],
    [-8.001, 0],
    [Number.NEGATIVE_INFINITY, 0],
  ])('probability below %d', (x, p) => {
    expect(normalProbability(x)).toBeCloseTo(p, 14);
  });

  it('quantile and probability undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(Math.abs(normalProbability(normalQuantile(p)) - p)).toBeLessThan(1e-13);
      }),
    );
  });
});

describe('Poisson quantile', () => {
  it.each([
    [1, 0.3678, 0],
    [1, 0.3679, 1],
    [1, 0.99, 4],
    [2.5, 0.5, 2],
    [0, 0.999999, 0],
  ])('mean %d at %d', (mean, uniform, events) => {
    expect(poissonQuantile(mean, uniform)).toBe(events);
  });

  it('stops at a thousand where the mean underflows', () => {
    expect(poissonQuantile(1e4, 0.5)).toBe(1000);
  });
});
