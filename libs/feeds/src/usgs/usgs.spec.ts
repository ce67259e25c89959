import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { usgsFeed } from './index.js';

const NOW = '2026-07-08T08:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;
interface Feature {
  id: string;
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown[] } | null;
}

const parse = (bytes: Uint8Array, retrievedAt = NOW) => usgsFeed.parse({ bytes, retrievedAt });
const collection = (features: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }));

function accepted(features: unknown): Accepted {
  const outcome = parse(collection(features));
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const text = readFileSync(new URL('./fixtures/week-2026.json', import.meta.url), 'utf8').trim();
const { features } = JSON.parse(text) as { features: Feature[] };
const [sound] = features as [Feature, ...Feature[]];
const changed = (properties: object, geometry: unknown = sound.geometry) => ({
  ...sound,
  properties: { ...sound.properties, ...properties },
  geometry,
});

describe('the summary feed', () => {
  const outcome = accepted(features);

  it('makes one claim of each earthquake and sets the explosion aside', () => {
    expect(outcome).toMatchObject({ items: 4, newestContentAt: '2026-07-05T00:06:40.000Z' });
    expect(outcome.drafts.map(({ subject, predicate }) => [subject, predicate])).toEqual([
      ['usgs:us7000fix1', 'earthquake'],
      ['usgs:us7000fix2', 'earthquake'],
      ['usgs:us7000fix3', 'retraction'],
    ]);
    expect(outcome.quarantined).toMatchObject([{ code: 'field.enum', locator: '/features/3/properties/type' }]);
  });

  it('tells what, where, how well known, and when it was said', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'us7000fix1', version: '2026-07-02T14:03:20.000Z', part: 'earthquake' },
      thread: 'us7000fix1',
      locator: '/features/0 (also irn2026fix1)',
      occurredAt: { begin: '2026-07-02T13:46:40.000Z', end: null },
      publishedAt: { earliest: '2026-07-02T14:03:20.000Z', latest: '2026-07-02T14:03:20.000Z', basis: 'printed' },
      place: { position: { lonLat: [54.9, 26], precisionKm: 10, method: 'USGS epicentre, no error stated: assumed' } },
      value: {
        magnitude: 5.1,
        magnitudeType: 'mb',
        depthKm: 10,
        reviewed: true,
        text: 'M 5.1 - 60 km S of Bandar-e Lengeh, Iran',
      },
      url: 'https://earthquake.usgs.gov/earthquakes/eventpage/us7000fix1',
    });
  });

  it('takes one without a magnitude, its stated error, the antimeridian, and no link that is not of the web', () => {
    expect(outcome.drafts[1]).toMatchObject({
      url: null,
      place: { position: { lonLat: [-180, -18.2], precisionKm: 14.2 } },
      value: { magnitude: null, depthKm: 583.1, reviewed: false },
    });
  });

  it('takes a withdrawal whatever else of it is broken', () => {
    expect(
      accepted([
        { id: 'us1', properties: { status: 'DELETED', updated: 1783210000000, mag: 99, type: null }, geometry: 'gone' },
      ]),
    ).toMatchObject({
      quarantined: [],
      drafts: [{ predicate: 'retraction', value: { itemId: 'us1' } }],
    });
  });

  it.each<[string, unknown, QuarantineCode]>([
    ['latitude 91', changed({}, { type: 'Point', coordinates: [10, 91, 5] }), 'geo.out_of_range'],
    ['longitude 181', changed({}, { type: 'Point', coordinates: [181, 9, 5] }), 'geo.out_of_range'],
    ['0,0', changed({}, { type: 'Point', coordinates: [0, 0, 5] }), 'geo.null_island'],
    ['no place', changed({}, null), 'field.invalid'],
    ['words for coordinates', changed({}, { type: 'Point', coordinates: ['54', '26'] }), 'field.invalid'],
    ['a depth beyond the mantle', changed({}, { type: 'Point', coordinates: [1, 1, 6371] }), 'field.range'],
    ['magnitude 11', changed({ mag: 11 }), 'field.range'],
    ['a magnitude in words', changed({ mag: '5.1' }), 'field.invalid'],
    ['no time', changed({ time: null }), 'time.missing'],
    ['no time of update', changed({ updated: undefined }), 'time.missing'],
    ['an update to come', changed({ updated: Date.UTC(2026, 6, 8, 8, 6) }), 'time.future'],
    ['1970', changed({ time: 0 }), 'time.out_of_range'],
    ['year 275760', changed({ time: 8.64e15 }), 'time.out_of_range'],
    ['an unknown status', changed({ status: 'final' }), 'field.enum'],
    ['no id', { ...sound, id: undefined }, 'field.missing'],
    ['an id with a path in it', { ...sound, id: '../us1' }, 'field.invalid'],
    ['a text with half a character', changed({ title: 'M 5 \ud800' }), 'field.invalid_text'],
  ])('sets aside %s and keeps the others', (_, feature, code) => {
    expect(accepted([features[1], feature])).toMatchObject({
      items: 2,
      drafts: [{ thread: 'us7000fix2' }],
      quarantined: [{ code }],
    });
  });

  it('keeps two versions of one earthquake, and neither of two that claim to be one version', () => {
    expect(accepted([sound, changed({ updated: 1783002000000, mag: 5.2 })]).drafts).toHaveLength(2);
    expect(accepted([sound, changed({ mag: 5.2 })])).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'feed.id_conflict' }],
    });
  });

  it.each<[string, string, QuarantineCode]>([
    ['another document', '{"type":"Feature"}', 'feed.wrong_type'],
    ['a page', '<!doctype html>', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['a magnitude beyond a double', text.replace('5.1,', '1e999,'), 'field.not_finite'],
  ])('refuses %s', (_, document, code) => {
    expect(parse(new TextEncoder().encode(document))).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is empty and sound in a quiet week', () => {
    expect(accepted([])).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});

describe('the summary feed, whatever comes', () => {
  const whole = new TextEncoder().encode(text);

  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => expect(parse(whole.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 300 },
    );
  });

  it('answers any change of some bytes with claims that are sound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 32, max: 126 })), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = whole.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const outcome = parse(bytes);
          if (outcome.outcome === 'accepted')
            for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers any properties', () => {
    const any = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.double(),
      fc.constantFrom('earthquake', 'reviewed', 'deleted', 1783000000000),
    );
    const properties = fc.dictionary(fc.constantFrom(...Object.keys(sound.properties)), any);
    fc.assert(
      fc.property(properties, any, (held, geometry) => {
        const outcome = accepted([changed(held, geometry), changed(held)]);
        expect(outcome.drafts.length + outcome.quarantined.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same whatever the order', () => {
    const said = (order: readonly unknown[]) =>
      accepted(order)
        .drafts.map((draft) => JSON.stringify({ ...draft, locator: null }))
        .sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(features, { minLength: 4 }), (order) =>
        expect(said(order)).toEqual(said(features)),
      ),
    );
  });
});

/** A capture of the real feed, kept beside the project where there is one. */
const CAPTURE = path.resolve(process.cwd(), '..', 'shared', 'data', 'feeds', 'usgs_all_hour.json');
(existsSync(CAPTURE) ? describe : describe.skip)('a capture of 8 July 2026', () => {
  it('gives its ten earthquakes', () => {
    const outcome = parse(readFileSync(CAPTURE), '2026-07-08T07:10:00.000Z');
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      items: 10,
      quarantined: [],
      newestContentAt: '2026-07-08T07:06:52.952Z',
    });
    expect((outcome as Accepted).drafts).toHaveLength(10);
  });
});
