import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MARK_ORDER } from './mark.js';
import { START_ADDRESS } from './state.js';
import type { Address } from './state.js';
import { fromHash, toHash } from './url.js';

const instants = fc
  .integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString());

const pages = fc.oneof(
  fc.record({
    page: fc.constantFrom('map' as const, 'feeds' as const, 'desk' as const, 'portfolio' as const, 'sign-in' as const),
    subject: fc.constant(null),
  }),
  fc.record({
    page: fc.constant('entities' as const),
    subject: fc.option(
      fc.oneof(
        fc.constantFrom('workload:claude-dod', 'aws:me-central-1'),
        fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
      ),
    ),
  }),
);

const rest: fc.Arbitrary<Omit<Address, 'page' | 'subject'>> = fc.record({
  asked: fc.record({
    validAt: fc.option(instants),
    publicAt: fc.option(instants),
    position: fc.option(fc.nat({ max: 1e12 })),
  }),
  selection: fc.option(
    fc.record({
      kind: fc.constantFrom('region' as const, 'incident' as const),
      id: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    }),
  ),
  view: fc.option(
    fc.record({
      lat: fc.integer({ min: -8000, max: 8000 }).map((n) => n / 100),
      lon: fc.integer({ min: -18000, max: 18000 }).map((n) => n / 100),
      zoom: fc.integer({ min: 0, max: 90 }).map((n) => n / 10),
    }),
  ),
  tab: fc.constantFrom('regions' as const, 'incidents' as const, 'legend' as const),
  filter: fc.record({
    text: fc.string({ maxLength: 60, unit: 'grapheme' }),
    operators: fc.uniqueArray(fc.constantFrom('aws', 'azure', 'gcp', 'oci')),
    marks: fc.uniqueArray(fc.constantFrom(...MARK_ORDER)),
  }),
  section: fc.option(fc.constantFrom('claims', 'not-known')),
});
const addresses: fc.Arbitrary<Address> = fc.tuple(pages, rest).map(([page, more]) => ({ ...page, ...more }));

const plainZero = (address: Address): Address => JSON.parse(JSON.stringify(address)) as Address;

describe('links', () => {
  it('carry the whole address there and back', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const back = fromHash(toHash(address));
        expect(back.refused).toEqual([]);
        expect(plainZero(back.address)).toEqual(plainZero(address));
      }),
    );
  });

  it('can be read by people', () => {
    const asked = { validAt: '2026-03-01T18:00:00.000Z', publicAt: '2026-03-01T18:00:00.000Z', position: 42 };
    const selection = { kind: 'region', id: 'aws:me-central-1' } as const;
    expect(toHash({ ...START_ADDRESS, asked, selection })).toBe(
      '#/map?asOf=2026-03-01T18:00Z&position=42&region=aws:me-central-1',
    );
  });

  it('keep valid and public time apart where they are apart', () => {
    const { address } = fromHash('#/map?validAt=2026-03-01T18:00Z&publicAt=2026-03-03T01:00%2B04:00');
    expect(address.asked.validAt).toBe('2026-03-01T18:00:00.000Z');
    expect(address.asked.publicAt).toBe('2026-03-02T21:00:00.000Z');
  });

  it.each(['#/map?asOf=2026-03-01', '#/map?asOf=2026-03-01T18:00', '#/map?validAt=yesterday', '#/map?position=-1'])(
    'say what of %s they could not follow',
    (hash) => expect(fromHash(hash).refused).toHaveLength(1),
  );

  it('survive anything after the hash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['map', 'feeds', 'desk']).toContain(fromHash(`#${text}`).address.page);
      }),
    );
  });
});
