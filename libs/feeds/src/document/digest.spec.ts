import { expect, it } from '@jest/globals';
import { digestOf, fitted } from './digest.js';

it('is the beginning of a SHA-256, and tells the borders of what was said', () => {
  // printf '["ab","c"]' | sha256sum
  expect(digestOf(['ab', 'c'])).toBe('825825018f58');
  expect(digestOf(['ab', 'c'])).not.toBe(digestOf(['a', 'bc']));
});

it('leaves a text that fits, and keeps two long ones two', () => {
  expect(fitted('short', 20)).toBe('short');
  const [one, other] = [fitted(`${'x'.repeat(30)}1`, 20), fitted(`${'x'.repeat(30)}2`, 20)];
  expect([one.length, other.length]).toEqual([20, 20]);
  expect(one).not.toBe(other);
});
