import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import { acledFeed } from './index.js';

const NOW = '2026-11-25T08:00:00.000Z';
const parse = (bytes: Uint8Array) => acledFeed.parse({ bytes, retrievedAt: NOW });
const bytesOf = (name: string) =>
  new TextEncoder().encode(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').trim());
const json = bytesOf('page.json');
const csv = bytesOf('export.csv');

const expectSound = (bytes: Uint8Array) => {
  const outcome = parse(bytes);
  if (outcome.outcome !== 'accepted') return;
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
};

describe('ACLED, whatever comes', () => {
  it.each([
    ['page', json],
    ['export', csv],
  ])('refuses every beginning of a %s that ends inside an event', (_, whole) => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => {
        fc.pre(whole[cut - 1] !== 10);
        expect(parse(whole.slice(0, cut)).outcome).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['page', json],
    ['export', csv],
  ])('answers any change of some bytes of a %s with claims that are sound', (_, whole) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (flips) => {
          const bytes = whole.slice();
          for (const [at, byte] of flips) bytes[at] = byte;
          expectSound(bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('answers any value in any field with claims that are sound', () => {
    const page = JSON.parse(new TextDecoder().decode(json)) as { data: Record<string, unknown>[] };
    const keys = Object.keys(page.data[0]!);
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        'NaN',
        '1e999',
        '-0',
        '9'.repeat(400),
        'x'.repeat(20_000),
        { toString: 'x' },
        [[[]]],
        '\u202e',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...keys), odd, (key, value) => {
        const data = [{ ...page.data[0], [key]: value }, ...page.data.slice(1)];
        const bytes = new TextEncoder().encode(JSON.stringify({ ...page, data }));
        expectSound(bytes);
        expect(parse(bytes)).toMatchObject({ outcome: 'accepted', items: 4 });
      }),
      { numRuns: 300 },
    );
  });
});
