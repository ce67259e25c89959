import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import { ucdpGedFeed } from './index.js';

const NOW = '2026-11-21T08:00:00.000Z';
const parse = (bytes: Uint8Array) => ucdpGedFeed.parse({ bytes, retrievedAt: NOW });
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const csv = new Uint8Array(fixture('ged-annual.csv'));
const json = new TextEncoder().encode(fixture('candidate-page.json').toString('utf8').trim());

const expectSound = (bytes: Uint8Array) => {
  const outcome = parse(bytes);
  if (outcome.outcome !== 'accepted') return;
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
};

describe('GED, whatever comes', () => {
  it('refuses every beginning of a page', () => {
    fc.assert(
      fc.property(fc.nat(json.length - 1), (cut) => expect(parse(json.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 200 },
    );
  });

  it('takes of the beginning of a file only whole rows, and those as they are', () => {
    const whole = parse(csv);
    if (whole.outcome !== 'accepted') throw new Error('the fixture must be sound');
    fc.assert(
      fc.property(fc.nat(csv.length - 1), (cut) => {
        const outcome = parse(csv.slice(0, cut));
        if (outcome.outcome !== 'accepted') return;
        expect(outcome.quarantined).toEqual([]);
        expect(outcome.drafts).toEqual(whole.drafts.slice(0, outcome.drafts.length));
        expect(outcome.items).toBe(outcome.drafts.length);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['file', csv],
    ['page', json],
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
    const page = JSON.parse(new TextDecoder().decode(json)) as { Result: Record<string, unknown>[] };
    const keys = Object.keys(page.Result[0]!);
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
        const changed = { ...page, Result: [{ ...page.Result[0], [key]: value }, page.Result[1]] };
        const bytes = new TextEncoder().encode(JSON.stringify(changed));
        expectSound(bytes);
        const outcome = parse(bytes);
        if (outcome.outcome === 'accepted') expect(outcome.items).toBe(2);
      }),
      { numRuns: 300 },
    );
  });
});
