import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Claim, ClaimValue } from '@faultline/evidence';
import { sha256 } from '@faultline/ledger';
import { attack, by, earthquake, operator, USGS } from '../../../../test/support/claims.js';
import { incidentsAt } from './incidents.js';

type Source = Claim['source'];
const GDACS: Source = { id: 'gdacs', name: 'GDACS', class: 'sensor', grade: 'B' };
const UCDP: Source = { id: 'ucdp', name: 'UCDP', class: 'research', grade: 'A' };
const ACLED: Source = { id: 'acled', name: 'ACLED', class: 'research', grade: 'B' };

const hazard = (magnitude: number): ClaimValue => ({
  predicate: 'hazard',
  value: {
    peril: 'earthquake',
    level: 'moderate',
    certainty: 'observed',
    magnitude: { value: magnitude, unit: 'M' },
    area: null,
    text: `Earthquake M${magnitude}`,
  },
});

interface Where {
  readonly lonLat: readonly [number, number];
  readonly precisionKm?: number;
  readonly at: string;
  readonly position?: number;
}

/** One thing as one source tells it, at a place and time. */
function told(
  source: Source,
  id: string,
  value: ClaimValue,
  { lonLat, precisionKm = 10, at, position = 0 }: Where,
): Claim {
  const claim = by(source)
    .inItem(id)
    .inThread(id)
    .says(value, operator(`${source.id}:${id}`));
  return {
    ...claim,
    id: `00000000-0000-7000-8000-${Buffer.from(`${source.id}${id}`).toString('hex').padStart(12, '0').slice(-12)}`,
    feedId: source.id,
    position,
    origin: source.id,
    place: { ...claim.place, position: { lonLat: [...lonLat], precisionKm, method: 'spec' } },
    occurredAt: { begin: at, end: null },
    publishedAt: { earliest: at, latest: at, basis: 'printed' },
  };
}

const AT = '2026-03-01T10:00:00.000Z';
const coordinates = { validAt: '2026-04-01T00:00:00.000Z', publicAt: '2026-04-01T00:00:00.000Z', position: 1000 };
const view = (claims: readonly Claim[]) => incidentsAt(sha256, claims, coordinates);
const quake = told(USGS, 'us1', earthquake(6), { lonLat: [56, 27], at: AT });
const same = told(GDACS, 'EQ1', hazard(6.1), { lonLat: [56.1, 27.05], at: '2026-03-01T10:00:20.000Z' });

function review(decision: 'merge' | 'split' | 'reject', incidentIds: string[], at = '2026-03-02T00:00:00.000Z'): Claim {
  const value = { decision, incidentIds, claimId: null, seedClaimId: null, text: 'looked at both' };
  const claim = by({ id: 'desk', name: 'Desk', class: 'analyst', grade: 'A' })
    .inItem(`review ${decision} ${at}`)
    .says({ predicate: 'review', value }, operator('desk'));
  return {
    ...claim,
    id: `11111111-0000-7000-8000-${at.replace(/\D/g, '').slice(0, 12)}`,
    position: 1,
    publishedAt: { earliest: at, latest: at, basis: 'printed' },
  };
}

describe('one occurrence told by two sources', () => {
  it('is one incident, with what each says and why they were joined', () => {
    const { incidents, kinships } = view([quake, same]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.links.map(({ claim }) => claim.feedId)).toEqual(['usgs', 'gdacs']);
    expect(incidents[0]!.links[1]!.reasons).toContain('told-by-another-source');
    expect(incidents[0]!.joinedIds).toHaveLength(1);
    expect(incidents[0]!.originCount).toBe(2);
    // An earthquake is over when it is told, whichever way it is.
    expect(incidents[0]!.lifecycleReason).toBe('momentary-by-nature');
    expect(view([same]).incidents[0]!.lifecycle).toBe('resolved');
    expect(kinships).toEqual([
      expect.objectContaining({
        outcome: 'joined',
        reasons: ['same-peril', 'same-minute', 'same-place', 'same-magnitude'],
      }),
    ]);
  });

  it('keeps the id of whichever was published first, whatever order they arrive in', () => {
    const [alone] = view([quake]).incidents;
    expect(
      view([
        { ...same, position: 0 },
        { ...quake, position: 5 },
      ]).incidents[0]!.id,
    ).toBe(alone!.id);
  });

  it.each<[string, Claim]>([
    ['another minute', told(GDACS, 'EQ1', hazard(6), { lonLat: [56, 27], at: '2026-03-01T10:05:00.000Z' })],
    ['another place', told(GDACS, 'EQ1', hazard(6), { lonLat: [66, 27], at: AT })],
    ['another size', told(GDACS, 'EQ1', hazard(4.5), { lonLat: [56, 27], at: AT })],
    ['another peril', told(UCDP, 'x', attack('missile-strike', 1), { lonLat: [56, 27], at: AT })],
    ['the same feed', told(USGS, 'us2', earthquake(6), { lonLat: [56, 27], at: AT })],
  ])('is two where it is %s', (_, other) => {
    expect(view([quake, other]).incidents).toHaveLength(2);
  });

  it('is put before a reviewer where it is near but not enough', () => {
    const here = told(UCDP, 'a', attack('armed-attack', 1), { lonLat: [31, 48], precisionKm: 25, at: AT });
    const near = told(ACLED, 'b', attack('armed-attack', 1), {
      lonLat: [31.6, 48.3],
      precisionKm: 5,
      at: '2026-03-01T20:00:00.000Z',
    });
    const { incidents, kinships } = view([here, near]);
    expect(incidents).toHaveLength(2);
    expect(kinships).toEqual([expect.objectContaining({ outcome: 'review' })]);
    const ids = kinships[0]!.incidentIds;
    const merged = view([here, near, review('merge', [...ids])]);
    expect(merged.incidents).toHaveLength(1);
    expect(merged.incidents[0]!.status).toBe('corroborated');
  });

  it('is split by a decision, joined again by a later one, and neither before it was made', () => {
    const ids = [...view([quake, same]).kinships[0]!.incidentIds];
    const split = review('split', ids);
    expect(view([quake, same, split]).incidents).toHaveLength(2);
    const again = review('merge', ids, '2026-03-03T00:00:00.000Z');
    expect(view([quake, same, split, again]).incidents).toHaveLength(1);
    const before = { ...coordinates, publicAt: '2026-03-01T12:00:00.000Z' };
    expect(incidentsAt(sha256, [quake, same, split], before).incidents).toHaveLength(1);
  });

  it('comes out alike in any order and however often it is told', () => {
    const others = [3, 4, 5].map((n) =>
      told(n % 2 ? USGS : GDACS, `o${n}`, n % 2 ? earthquake(5) : hazard(5), {
        lonLat: [n * 10, 10],
        at: `2026-03-0${n}T00:00:00.000Z`,
      }),
    );
    const claims = [quake, same, ...others];
    const wanted = view(claims).incidents;
    fc.assert(
      fc.property(fc.shuffledSubarray(claims, { minLength: claims.length }), (shuffled) => {
        expect(view(shuffled).incidents).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a refused link', () => {
  it('takes a claim out of an incident it was joined to', () => {
    const [incident] = view([quake]).incidents;
    const revised = {
      ...quake,
      id: '22222222-0000-7000-8000-000000000000',
      item: { ...quake.item, version: '2' },
      position: 2,
    };
    expect(view([quake, revised]).incidents).toHaveLength(1);
    const refusal = review('reject', [incident!.id]);
    if (refusal.predicate !== 'review') throw new Error('no review');
    const value = { ...refusal.value, claimId: revised.id, seedClaimId: incident!.links[0]!.claim.id };
    expect(view([quake, revised, { ...refusal, value }]).incidents).toHaveLength(2);
  });
});

describe('messages that refer to the last one alone', () => {
  const flood = (id: string, thread: string, at: string): Claim => {
    const value = {
      peril: 'flood',
      level: 'severe',
      certainty: 'likely',
      magnitude: null,
      area: null,
      text: 'Flood',
    } as const;
    return { ...told(GDACS, id, { predicate: 'hazard', value }, { lonLat: [10, 50], at }), thread };
  };
  const first = flood('a', 'a', '2026-03-01T10:00:00.000Z');
  const second = flood('b', 'a', '2026-03-01T11:00:00.000Z');
  const third = flood('c', 'b', '2026-03-01T12:00:00.000Z');
  const fourth = flood('d', 'c', '2026-03-01T13:00:00.000Z');

  it('are one incident, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, third, fourth], { minLength: 4 }), (claims) => {
        const { incidents, kinships } = view(claims);
        expect(incidents.map(({ links }) => links.map(({ claim }) => claim.item.id))).toEqual([['a', 'b', 'c', 'd']]);
        expect(kinships.map(({ reasons, outcome }) => [reasons, outcome])).toEqual(
          Array(2).fill([['names-its-message'], 'joined']),
        );
      }),
    );
  });

  it('are apart where what links them is missing, or a reviewer says so', () => {
    expect(view([first, third, fourth]).incidents).toHaveLength(2);
    const [one] = view([first, second, third]).kinships;
    expect(view([first, second, third, review('split', [...one!.incidentIds])]).incidents).toHaveLength(2);
  });

  it('of another feed link nothing', () => {
    expect(view([first, second, { ...third, feedId: 'other' }]).incidents.length).toBeGreaterThanOrEqual(1);
    expect(
      view([first, second, { ...third, feedId: 'other' }]).kinships.flatMap(({ reasons }) => reasons),
    ).not.toContain('names-its-message');
  });
});

describe('the search for kin', () => {
  const place = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  );

  it('finds whatever is near, across the date line and over the poles', () => {
    const offset = fc.double({ min: -0.12, max: 0.12, noNaN: true });
    fc.assert(
      fc.property(place, offset, offset, ([lon, lat], dLon, dLat) => {
        const turned = ((((lon + dLon + 180) % 360) + 360) % 360) - 180;
        const near = told(GDACS, 'EQ1', hazard(6.1), {
          lonLat: [turned, Math.max(-90, Math.min(90, lat + dLat))],
          at: '2026-03-01T10:00:20.000Z',
        });
        expect(view([told(USGS, 'us1', earthquake(6), { lonLat: [lon, lat], at: AT }), near]).incidents).toHaveLength(
          1,
        );
      }),
    );
  });

  it('of two feeds with one thousand each, spread over the world and a week, compares few', () => {
    const spread = (source: Source, id: string, value: ClaimValue, shiftMs: number) =>
      Array.from({ length: 1_000 }, (_, index) =>
        told(source, `${id}${index}`, value, {
          lonLat: [((index * 137.508) % 360) - 180, (Math.asin(1 - (2 * index + 1) / 1_000) * 180) / Math.PI],
          at: new Date(Date.UTC(2026, 2, 1) + index * 600_000 + shiftMs).toISOString(),
        }),
      );
    const unique = (claims: Claim[], prefix: string) =>
      claims.map((claim, index) => ({
        ...claim,
        id: `${prefix}0000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      }));
    const claims = [
      ...unique(spread(USGS, 'us', earthquake(6), 0), '1'),
      ...unique(spread(GDACS, 'EQ', hazard(6), 20_000), '2'),
    ];
    const { incidents, kinships } = view(claims);
    expect(incidents).toHaveLength(1_000);
    expect(kinships.filter(({ outcome }) => outcome === 'joined')).toHaveLength(1_000);
  });
});
