import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { claimDraftSchema } from '@faultline/evidence';
import { gdeltFeed } from './index.js';

const NOW = '2026-03-01T13:16:00.000Z';
const parse = (bytes: Uint8Array) => gdeltFeed.parse({ bytes, retrievedAt: NOW });
const table = new Uint8Array(readFileSync(new URL('./fixtures/export-2026.tsv', import.meta.url)));
const zip = zipSync({ 'a.CSV': table });
const draftsOf = (bytes: Uint8Array) => {
  const outcome = parse(bytes);
  return outcome.outcome === 'accepted' ? outcome.drafts : [];
};

describe('GDELT, whatever comes', () => {
  it('refuses every beginning of an archive', () => {
    fc.assert(
      fc.property(fc.nat(zip.length - 1), (cut) => expect(parse(zip.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 300 },
    );
  });

  it('refuses every beginning of a table that ends inside a line', () => {
    fc.assert(
      fc.property(fc.nat(table.length - 1), (cut) => {
        fc.pre(table[cut - 1] !== 10);
        expect(parse(table.slice(0, cut)).outcome).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it('says of an archive with other bytes what it said of the archive, or nothing', () => {
    const whole = draftsOf(zip);
    fc.assert(
      fc.property(fc.nat(zip.length - 1), fc.nat(255), (at, byte) => {
        const bytes = zip.slice();
        bytes[at] = byte;
        const drafts = draftsOf(bytes);
        if (drafts.length > 0) expect(drafts).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('answers any change of some bytes of a table with claims that are sound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(table.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (flips) => {
          const bytes = table.slice();
          for (const [at, byte] of flips) bytes[at] = byte;
          for (const draft of draftsOf(bytes)) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the same claims of rows in any order and in pieces', () => {
    const rows = new TextDecoder().decode(table).trimEnd().split('\n');
    const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);
    const byId = (bytes: Uint8Array) => draftsOf(bytes).map(({ locator: _, ...draft }) => JSON.stringify(draft));
    const whole = byId(bytesOf(rows)).sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), fc.nat(rows.length), (order, cut) => {
        expect(byId(bytesOf(order)).sort()).toEqual(whole);
        const pieces = [order.slice(0, cut), order.slice(cut)].filter((piece) => piece.length > 0);
        expect(pieces.flatMap((piece) => byId(bytesOf(piece))).sort()).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});
