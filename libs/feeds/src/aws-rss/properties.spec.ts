import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { awsRssFeed } from './index.js';

const NOW = '2026-11-21T00:00:00.000Z';
const text = readFileSync(new URL('./fixtures/all-2026.xml', import.meta.url), 'utf8').trim();
const whole = new TextEncoder().encode(text);
const parse = (bytes: Uint8Array): ParseOutcome => awsRssFeed.parse({ bytes, retrievedAt: NOW });
const items = [...text.matchAll(/<item>.*?<\/item>/gs)].map(([item]) => item);
const documentOf = (held: readonly string[]) =>
  new TextEncoder().encode(`<rss><channel><title>AWS</title>${held.join('')}</channel></rss>`);

function draftsOf(held: readonly string[]): ClaimDraft[] {
  const outcome = parse(documentOf(held));
  return outcome.outcome === 'accepted' ? [...outcome.drafts] : [];
}
const setOf = (drafts: readonly ClaimDraft[]) =>
  [...new Set(drafts.map((draft) => JSON.stringify({ ...draft, locator: null })))].sort();

function expectSound(outcome: ParseOutcome): void {
  if (outcome.outcome === 'quarantined') return;
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
  const ids = outcome.drafts.map(({ item }) => JSON.stringify(item));
  expect(new Set(ids).size).toBe(ids.length);
}

describe('the posts, whatever comes', () => {
  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => expect(parse(whole.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        expectSound(parse(bytes));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any words of a title and a text', () => {
    const word = fc.constantFrom(
      ...'Service disruption: degradation: is operating normally: [RESOLVED] not investigating mec1-az2 mec1-az1 impaired power issue the issue has been resolved . drone strike struck by continue to work 解決'.split(
        ' ',
      ),
    );
    const words = fc.array(word, { maxLength: 30 }).map((held) => held.join(' '));
    fc.assert(
      fc.property(words, words, (title, body) => {
        const guid = 'https://status.aws.amazon.com/#ec2-me-central-1_1784559720';
        expectSound(
          parse(
            documentOf([`<item><title>${title}</title><guid>${guid}</guid><description>${body}</description></item>`]),
          ),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('says the same whatever the order of the posts, and however they are parted among documents', () => {
    const expected = setOf(draftsOf(items));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(items, { minLength: items.length }),
        fc.array(fc.nat(items.length), { maxLength: 4 }),
        (order, cuts) => {
          const bounds = [0, ...cuts.sort((a, b) => a - b), items.length];
          const parts = bounds.slice(1).map((end, index) => order.slice(bounds[index], end));
          expect(setOf(parts.flatMap(draftsOf))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says the same of a post however often a document repeats it', () => {
    expect(setOf(draftsOf([...items, ...items]))).toEqual(setOf(draftsOf(items)));
  });
});
