import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { message } from '../../../../test/support/cap-messages.js';
import { capFeed } from './index.js';

const NOW = '2026-06-01T18:05:00.000Z';
const CODE = /^(?:feed|field|time|geo|cap)\.[a-z_]+$/;
const trimmed = (name: string) =>
  new TextEncoder().encode(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').trim());
const documents = ['flood.xml', 'index.atom', 'active.json', 'wmo-all.json'].map(trimmed);
const anyDocument = fc.constantFrom(...documents);
const parse = (bytes: Uint8Array): ParseOutcome => capFeed.parse({ bytes, retrievedAt: NOW });

function expectSound(bytes: Uint8Array): void {
  const outcome = parse(bytes);
  const requests = capFeed.further!({ bytes, retrievedAt: NOW });
  expect(requests.length).toBeLessThanOrEqual(50);
  for (const { url } of requests) expect(url).toMatch(/^https?:\/\//);
  if (outcome.outcome === 'quarantined') {
    expect(outcome.reason.code).toMatch(CODE);
    return;
  }
  for (const draft of outcome.drafts) expect(claimDraftSchema.safeParse(draft).error).toBeUndefined();
  for (const { code } of outcome.quarantined) expect(code).toMatch(CODE);
  const ids = outcome.drafts.map(({ item }) => JSON.stringify(item));
  expect(new Set(ids).size).toBe(ids.length);
  if (outcome.newestContentAt !== null) expect(outcome.newestContentAt <= '2026-06-01T18:10:00.000Z').toBe(true);
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    'NaN',
    '1e999',
    '\u202e',
    '\ud800',
    '2026-06-01T08:00:00Z',
    '9999-99-99T99:99:99Z',
    'Cancel',
    'Update',
    'Actual',
    -0,
    Number.MAX_SAFE_INTEGER,
    'x'.repeat(60_000),
    { toString: 'no' },
    { type: 'Polygon', coordinates: [[[1, 1]]] },
    { type: 'MultiPolygon', coordinates: [null, [[]]] },
    { type: 'Point', coordinates: [1, 2] },
    [[], [[]], null],
  ),
);

describe('whatever comes', () => {
  it('refuses every beginning of a document', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (bytes, cut) => {
        expect(parse(bytes.slice(0, cut % bytes.length)).outcome).toBe('quarantined');
      }),
      { numRuns: 400 },
    );
  });

  it('answers any bytes, and any change of some bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expectSound(bytes)),
      { numRuns: 200 },
    );
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(anyDocument, fc.array(change, { minLength: 1, maxLength: 6 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        expectSound(changed);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any value in any field of a feature', () => {
    const { features } = JSON.parse(new TextDecoder().decode(documents[2])) as {
      features: { properties: Record<string, unknown> }[];
    };
    const [sound] = features as [(typeof features)[number]];
    const keys = Object.keys(sound.properties);
    const properties = fc.dictionary(fc.constantFrom(...keys, 'scope', 'language', '__proto__', 'eventCode'), odd, {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(properties, odd, (given, geometry) => {
        const feature = { ...sound, properties: { ...sound.properties, ...given }, geometry };
        const text = JSON.stringify({ type: 'FeatureCollection', features: [feature, given] });
        expectSound(new TextEncoder().encode(text));
      }),
      { numRuns: 500 },
    );
  });

  it('answers any text in any element of an alert', () => {
    const escaped = (value: unknown) =>
      (typeof value === 'string' ? value : JSON.stringify(value))
        .toWellFormed()
        .replace(/[<&\p{Cc}\ufffe\uffff]/gu, ' ');
    const field = fc.constantFrom('identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'references');
    const ofInfo = fc.constantFrom('event', 'language', 'severity', 'onset', 'expires', 'headline', 'web', 'category');
    fc.assert(
      fc.property(fc.dictionary(field, odd), fc.dictionary(ofInfo, odd), odd, odd, (head, info, polygon, circle) => {
        const texts = (given: Record<string, unknown>) =>
          Object.fromEntries(Object.entries(given).map(([name, value]) => [name, escaped(value)]));
        const area = `<polygon>${escaped(polygon)}</polygon><circle>${escaped(circle)}</circle>`;
        expectSound(new TextEncoder().encode(message({ ...texts(head), info: texts(info), area })));
      }),
      { numRuns: 500 },
    );
  });

  it('answers words of numbers as polygons', () => {
    const number = fc.oneof(fc.double({ min: -200, max: 200, noNaN: true }), fc.integer({ min: -3, max: 3 }));
    const ring = fc.array(fc.tuple(number, number), { maxLength: 8 });
    fc.assert(
      fc.property(ring, (corners) => {
        const text = [...corners, ...corners.slice(0, 1)].map(([lat, lon]) => `${lat},${lon}`).join(' ');
        expectSound(new TextEncoder().encode(message({ area: `<polygon>${text}</polygon>` })));
      }),
      { numRuns: 500 },
    );
  });

  it('sets a title of ten megabytes and a polygon of a million corners aside', () => {
    const title = message({ info: { headline: 'x'.repeat(10_000_000) } });
    expect(parse(new TextEncoder().encode(title))).toMatchObject({ quarantined: [{ code: 'field.too_long' }] });
    const polygon = message({ area: `<polygon>${'1,2 '.repeat(1_000_000)}</polygon>` });
    expect(parse(new TextEncoder().encode(polygon))).toMatchObject({ quarantined: [{ code: 'geo.too_complex' }] });
  });

  it('gives up an outline that is drawn to be slow', () => {
    const comb = Array.from({ length: 5000 }, (_, at) =>
      at % 2 ? [at / 1000, at / 1000] : [40 + at / 1000, 40 + at / 1000],
    );
    const corners = [...comb, [10, 60], [-10, 50], [-5, -5], comb[0]!];
    const text = corners.map(([lat, lon]) => `${lat},${lon}`).join(' ');
    expect(parse(new TextEncoder().encode(message({ area: `<polygon>${text}</polygon>` })))).toMatchObject({
      quarantined: [{ code: 'geo.too_complex' }],
    });
  });

  it('takes no words for markup and no hidden characters', () => {
    const headline = 'Storm\u202e &lt;img src=x onerror=alert(1)&gt;&#x200b;';
    const outcome = parse(new TextEncoder().encode(message({ info: { headline } })));
    expect(outcome).toMatchObject({
      drafts: [{ value: { text: 'Storm' }, locator: '/alert (2 hidden characters removed)' }],
    });
  });
});
