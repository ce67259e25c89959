import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { claimDraftSchema } from '@faultline/evidence';
import fc from 'fast-check';
import { govCloud, inProcess, ledger, marketplace, ready, undated } from './fixtures/marketplace.js';
import { parseFedramp } from './index.js';

const retrievedAt = '2026-04-25T06:00:00.000Z';
const parseText = (text: string) => parseFedramp({ bytes: new TextEncoder().encode(text), retrievedAt });
const parse = (document: unknown) => parseText(JSON.stringify(document));
const accepted = (document: unknown) => {
  const outcome = parse(document);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.reason.code);
  return outcome;
};
const PRODUCTS = [govCloud, ledger, undated, ready, inProcess];

describe('the FedRAMP marketplace', () => {
  it('gives an entity and an authorisation of each product that is authorised, and no place', () => {
    const { drafts, items, quarantined, passedOver, newestContentAt } = accepted(marketplace(PRODUCTS));
    expect({ items, quarantined, passedOver, newestContentAt }).toEqual({
      items: 5,
      quarantined: [],
      passedOver: { 'not authorised: FedRAMP Ready': 1, 'not authorised: Agency In Process': 1 },
      newestContentAt: '2026-04-25T02:40:42.512Z',
    });
    expect(drafts.map(({ subject, predicate, item }) => [subject, predicate, item.version])).toEqual([
      ['platform:aws-govcloud', 'authorisation', 'High 2016-06-21 JAB'],
      ['platform:fedramp-fr0000000001', 'authorisation', '20x Low 2026-04-24 Agency'],
      ['platform:fedramp-fr0000000001', 'entity', '20x Low 2026-04-24 Agency'],
      ['platform:fedramp-fr0000000002', 'authorisation', '20x Low undated Agency'],
      ['platform:fedramp-fr0000000002', 'entity', '20x Low undated Agency'],
    ]);
    expect(drafts.flatMap(({ place }) => [...place.regionIds, ...place.zoneIds, ...place.countries])).toEqual([]);
    expect(drafts.some(({ predicate }) => predicate === 'hosting')).toBe(false);
    expect(drafts[0]).toMatchObject({
      value: {
        level: 'High',
        authority: 'FedRAMP Joint Authorization Board',
        grantedOn: '2016-06-21',
        partitionId: null,
      },
      occurredAt: { begin: '2016-06-21T20:00:00.000Z', end: null },
      publishedAt: { latest: '2026-04-25T02:40:42.512Z', basis: 'inferred' },
      locator: '/data/Products/0',
    });
    expect(drafts[2]).toMatchObject({ value: { name: 'Ledger for Government' } });
  });

  it.each([
    ['a status nobody knows', { ...ledger, status: 'Revoked' }, 'field.enum /data/Products/0/status'],
    ['a level nobody knows', { ...ledger, impact_level: 'IL5' }, 'field.enum /data/Products/0/impact_level'],
    ['a day to come', { ...ledger, auth_date: '2026-05-01T20:00:00.000Z' }, 'time.future /data/Products/0/auth_date'],
    [
      'a day before there was FedRAMP',
      { ...ledger, auth_date: '1999-01-01' },
      'time.out_of_range /data/Products/0/auth_date',
    ],
    ['no name', { ...ledger, cso: '\u200b ' }, 'field.missing /data/Products/0/cso'],
    ['an id that is none', { ...ledger, id: '../x' }, 'field.invalid /data/Products/0/id'],
    ['no id', { ...ledger, id: undefined }, 'field.missing /data/Products/0/id'],
    ['another type', 'FedRAMP', 'field.invalid /data/Products/0'],
  ])('sets aside a product with %s, and takes the others', (_, product, fault) => {
    const { drafts, quarantined } = accepted(marketplace([product, govCloud]));
    expect(quarantined.map(({ code, locator }) => `${code} ${locator}`)).toEqual([fault]);
    expect(drafts.map(({ item }) => item.id)).toEqual(['F1603047866']);
  });

  it.each([
    ['nothing', '', 'feed.empty'],
    ['a page', '<!doctype html><p>Marketplace</p>', 'feed.wrong_type'],
    ['another JSON', '{"data":{"Products":[]}}', 'feed.wrong_type'],
    ['one without its last change', JSON.stringify(marketplace([], null)), 'time.missing'],
  ])('refuses %s whole', (_, document, code) => {
    expect(parseText(document)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('accepts a marketplace without products, and gives the same claims whenever it is read', () => {
    expect(accepted(marketplace([]))).toMatchObject({ items: 0, drafts: [] });
    const identities = (products: unknown[], change: string) =>
      accepted(marketplace(products, change))
        .drafts.map(({ item }) => JSON.stringify(item))
        .sort();
    expect(identities([...PRODUCTS].reverse(), '2026-04-25T05:00:00Z')).toEqual(
      identities(PRODUCTS, '2026-04-25T02:40:42.512Z'),
    );
  });

  it('never throws, never gives an invalid draft, and never accepts what was cut', () => {
    const whole = JSON.stringify(marketplace(PRODUCTS));
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, [], {}, '', '__proto__', 1e308, 'x'.repeat(1_000_000)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...Object.keys(ledger)), odd, (cut, key, value) => {
        expect(parseText(whole.slice(0, cut % whole.length)).outcome).toBe('quarantined');
        const { drafts } = accepted(marketplace([{ ...ledger, [key]: value }]));
        expect(drafts.filter((draft) => !claimDraftSchema.safeParse(draft).success)).toEqual([]);
      }),
    );
  });
});

/** A capture of the real marketplace, kept beside the project where there is one. */
const FILE = path.resolve(process.cwd(), '..', 'shared', 'data', 'gov', 'fedramp_marketplace_2026-04-25.json.gz');
const describeIfThere = existsSync(FILE) ? describe : describe.skip;

describeIfThere('the capture of 25 April 2026', () => {
  it('has 509 authorised products of 640, every one of them taken', () => {
    const outcome = parseFedramp({ bytes: gunzipSync(readFileSync(FILE)), retrievedAt });
    if (outcome.outcome !== 'accepted') throw new Error(outcome.reason.code);
    const of = (predicate: string) => outcome.drafts.filter((draft) => draft.predicate === predicate);
    expect([outcome.items, outcome.quarantined, of('authorisation').length, of('entity').length]).toEqual([
      640,
      [],
      509,
      508,
    ]);
    expect(outcome.passedOver).toEqual({
      'not authorised: FedRAMP Ready': 57,
      'not authorised: Agency In Process': 56,
      'not authorised: FedRAMP In Process': 18,
    });
    const levels = of('authorisation').map((draft) => (draft.predicate === 'authorisation' ? draft.value.level : ''));
    expect(levels.filter((level) => level === 'High').length).toBeGreaterThan(70);
    expect(of('hosting')).toEqual([]);
  });
});
