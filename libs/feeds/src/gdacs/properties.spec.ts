import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { accepted, parse, rss } from './fixtures/documents.js';

const whole = rss().trim();
const events = readFileSync(new URL('./fixtures/events.json', import.meta.url), 'utf8').trim();
const documents = [whole, events].map((text) => new TextEncoder().encode(text));
const anyDocument = fc.constantFrom(...documents);
const { features } = JSON.parse(events) as { features: { properties: Record<string, unknown> }[] };

function expectSound(outcome: ParseOutcome): void {
  if (outcome.outcome === 'quarantined') return;
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).error).toBeUndefined();
  const passed = Object.values(outcome.passedOver ?? {}).reduce((sum, count) => sum + count, 0);
  expect(outcome.drafts.length + passed).toBeLessThanOrEqual(outcome.items);
}
const setOf = (drafts: readonly ClaimDraft[]) =>
  drafts.map((draft) => JSON.stringify({ ...draft, locator: null })).sort();

describe('both shapes, whatever comes', () => {
  it('are refused when cut', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) =>
        expect(parse(bytes.slice(0, cut % bytes.length)).outcome).toBe('quarantined'),
      ),
      { numRuns: 300 },
    );
  });

  it('give sound claims when some bytes are changed', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 5 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        expectSound(parse(changed));
      }),
      { numRuns: 500 },
    );
  });

  it('give sound claims with any values', () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        'EQ',
        'FL',
        'Red',
        'true',
        'NaN',
        '1e5',
        1e300,
        -0,
        'x'.repeat(20_000),
        '2026-07-08T10:00:00',
      ),
      fc.constantFrom<unknown>(
        { toString: 'x' },
        JSON.parse('{"__proto__":{"eventtype":"EQ"}}'),
        '\ud800',
        '[unknown]',
      ),
    );
    const names = [...Object.keys(features[0]!.properties), '__proto__', 'constructor'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), odd), odd, (properties, geometry) => {
        const feature = { ...features[0], properties: { ...features[0]!.properties, ...properties } };
        expectSound(
          parse(JSON.stringify({ type: 'FeatureCollection', features: [feature, { ...feature, geometry }] })),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('give sound claims when a text of the RSS is any other', () => {
    const texts = [...whole.matchAll(/>([^<>\n]+)</g)].map((match) => match[0]);
    const other = fc.oneof(
      fc.constantFrom('', 'NaN', '-0', '1e400', '9'.repeat(30), 'Mon, 32 Jan 2026 00:00:00 GMT', '\u202e<b>'),
      fc.string({ maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), other, (text, words) => {
        const escaped = words
          .replace(/[^ -~]/g, '')
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;');
        expectSound(parse(whole.replaceAll(text, () => `>${escaped}<`)));
      }),
      { numRuns: 300 },
    );
  });

  it('say the same whatever the order, and in pieces', () => {
    const items = whole.match(/ {4}<item>[\s\S]*?<\/item>\n/g)!;
    const [head, tail] = [whole.slice(0, whole.indexOf(items[0])), '  </channel>\n</rss>'];
    const said = setOf(accepted(whole).drafts);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), fc.nat(items.length), (order, cut) => {
        expect(setOf(accepted(head + order.join('') + tail).drafts)).toEqual(said);
        const pieces = [order.slice(0, cut), order.slice(cut)].map((piece) => accepted(head + piece.join('') + tail));
        expect(setOf(pieces.flatMap(({ drafts }) => drafts))).toEqual(said);
      }),
      { numRuns: 50 },
    );
  });

  it('cuts what is far too long, and takes out what is not seen', () => {
    const long = whole.replace('in Oman.', `in Oman\u202e ${'x'.repeat(9000)}.`);
    const [flood] = accepted(long).drafts;
    expect(flood!.predicate === 'hazard' && flood!.value.text).toHaveLength(4000);
    expect(flood!.locator).toBe('/channel/item/0 (1 hidden characters removed; cut from 9151 to 4000 characters)');
  });
});
