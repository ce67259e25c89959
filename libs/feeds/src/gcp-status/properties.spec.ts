import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { gcpStatusFeed } from './index.js';

const NOW = '2026-11-21T00:00:00.000Z';
const text = readFileSync(new URL('./fixtures/incidents-2026.json', import.meta.url), 'utf8').trim();
const whole = new TextEncoder().encode(text);
const incidents = JSON.parse(text) as (Record<string, unknown> & { updates?: unknown[] })[];
const parse = (bytes: Uint8Array): ParseOutcome => gcpStatusFeed.parse({ bytes, retrievedAt: NOW });
const parsed = (value: unknown) => parse(new TextEncoder().encode(JSON.stringify(value)));
const setOf = (outcome: ParseOutcome) =>
  outcome.outcome === 'accepted' ? outcome.drafts.map((draft) => JSON.stringify({ ...draft, locator: null })) : [];

function expectSound(outcome: ParseOutcome): void {
  if (outcome.outcome === 'quarantined') return;
  for (const draft of outcome.drafts) {
    expect(claimDraftSchema.safeParse(draft).success).toBe(true);
    expect(draft.publishedAt!.earliest <= draft.publishedAt!.latest).toBe(true);
    expect(draft.value).not.toMatchObject({ state: 'unavailable' });
  }
}

describe('the incidents, whatever comes', () => {
  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => expect(parse(whole.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 32, max: 126 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        expectSound(parse(bytes));
      }),
      { numRuns: 400 },
    );
  });

  it('answers any fields', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(
        ...incidents.flatMap((incident) => Object.values(incident)),
        'SERVICE_OUTAGE',
        { toString: '' },
        '2026-11-20T09:02:00Z',
      ),
    );
    const fieldsOf = (sample: object) =>
      fc.record(Object.fromEntries(Object.keys(sample).map((key) => [key, value])), { requiredKeys: [] });
    const update = fieldsOf(incidents[0]!.updates![0] as object);
    fc.assert(
      fc.property(fieldsOf(incidents[0]!), fc.array(update, { maxLength: 3 }), fc.boolean(), (fields, updates, own) => {
        const sound = { ...incidents[1], ...fields, ...(own ? { id: 'a', updates } : {}) };
        expectSound(parsed([sound, fields]));
      }),
      { numRuns: 500 },
    );
  });

  it('says the same whatever the order of incidents and updates, and however they are parted among documents', () => {
    const expected = setOf(parsed(incidents)).sort();
    fc.assert(
      fc.property(
        fc.shuffledSubarray(incidents, { minLength: incidents.length }),
        fc.nat(incidents.length),
        fc.boolean(),
        (order, cut, turned) => {
          const held = order.map((incident) =>
            turned && incident.updates ? { ...incident, updates: [...incident.updates].reverse() } : incident,
          );
          const said = [held.slice(0, cut), held.slice(cut)].flatMap((part) => setOf(parsed(part)));
          expect(said.sort()).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('pollutes nothing through keys of its own', () => {
    const document = text.replace('"id":', '"__proto__":{"polluted":1},"constructor":{"polluted":1},"id":');
    expect(setOf(parse(new TextEncoder().encode(document)))).toEqual(setOf(parse(whole)));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
