import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import { utf16 } from '../document/fixtures/utf16.js';
import type { ParseOutcome } from '../model/adapter.js';
import { asItStood, fixture, parsed } from './fixtures/gulf.js';
import { awsHealthFeed } from './index.js';

const NOW = '2026-05-01T12:00:00.000Z';
const board = JSON.stringify(asItStood(NOW));
const documents = [
  utf16(board, 'be'),
  utf16(board, 'le'),
  new TextEncoder().encode(board),
  new TextEncoder().encode(fixture('status-2021.json').trim()),
];
const parse = (bytes: Uint8Array): ParseOutcome => awsHealthFeed.parse({ bytes, retrievedAt: NOW });
const anyDocument = fc.constantFrom(...documents);

/** Drafts as a set: where in the document they stood left out. */
const setOf = (drafts: readonly ClaimDraft[]) =>
  drafts.map((draft) => JSON.stringify({ ...draft, locator: null })).sort();

function expectSound(outcome: ParseOutcome): void {
  if (outcome.outcome === 'quarantined') {
    expect(outcome.reason.code).toMatch(/^(feed|field|time)\.[a-z_]+$/);
    return;
  }
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
  const ids = outcome.drafts.map(({ item }) => JSON.stringify(item));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { publishedAt } of outcome.drafts) expect(publishedAt!.earliest <= publishedAt!.latest).toBe(true);
}

describe('the feed as a whole', () => {
  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) => {
        expect(parse(bytes.slice(0, cut % bytes.length)).outcome).toBe('quarantined');
      }),
      { numRuns: 400 },
    );
  });

  it('answers any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectSound(parse(bytes))),
      { numRuns: 500 },
    );
  });

  it('answers any change of some bytes of a document', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        expectSound(parse(changed));
      }),
      { numRuns: 600 },
    );
  });

  it('answers any event with any values', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(...asItStood(NOW).flatMap((event) => Object.values<unknown>({ ...event }))),
    );
    const keys = Object.keys(asItStood(NOW)[0]!);
    const event = fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 4 }), (events) =>
        expectSound(parse(new TextEncoder().encode(JSON.stringify(events)))),
      ),
      { numRuns: 400 },
    );
  });

  it('answers any text of a post, in words it knows or not', () => {
    const word = fc.constantFrom(
      ...'not drone strike strikes struck by objects mec1-az2 mec1-az1 is are operating normally impaired unavailable power issue the Region has been resolved . , ; while in Bahrain fire two of our facilities were directly we recommend other AWS Regions several months expected to take 드론'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.constantFrom(0, 1, 2, 3), (words, status) => {
        const [event] = asItStood('2026-03-01T13:00:00.000Z');
        const outcome = parsed(
          [{ ...event!, event_log: [{ ...event!.event_log[0]!, message: words.join(' '), status }] }],
          NOW,
        );
        expectSound(outcome);
        for (const { predicate, stance } of outcome.drafts) {
          // Nobody is said to have stated a cause in words that hold none.
          if (predicate === 'cause' && stance === 'asserts') expect(words.join(' ')).toMatch(/drone|struck/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says the same of the same bytes', () => {
    for (const bytes of documents) expect(parse(bytes)).toEqual(parse(bytes.slice()));
  });

  it('says the same whatever the order of events and of entries', () => {
    const events = [
      ...asItStood(NOW),
      ...asItStood(NOW).map((event, index) => ({ ...event, arn: `${event.arn}_${index}` })),
    ];
    const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
    const expected = setOf(parsed(events, NOW).drafts);
    fc.assert(
      fc.property(shuffled, fc.integer(), (order, seed) => {
        const rolled = order.map((event) => {
          const at = Math.abs(seed) % event.event_log.length;
          return { ...event, event_log: [...event.event_log.slice(at), ...event.event_log.slice(0, at)] };
        });
        expect(setOf(parsed(rolled, NOW).drafts)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
