import { describe, expect, it } from '@jest/globals';
import { CLAIM_VALUES, isStake, type Claim, type ClaimValue } from '@faultline/evidence';
import {
  ADVERSARY,
  attack,
  attribution,
  AWS,
  AZ2,
  BLOG,
  by,
  cause,
  condition,
  damage,
  GAZETTE,
  MINISTRY,
  nature,
  operator,
  PAPER,
  search,
  threat,
  UAE,
} from '../../../../test/support/claims.js';
import { correlate } from './correlate.js';

/** The incidents of some claims, each as the times and words of what it links. */
const incidentsOf = (...claims: Claim[]) => correlate('region:aws:me-central-1', claims).clusters;
const sizes = (...claims: Claim[]) => incidentsOf(...claims).map(({ links }) => links.length);

const opening = by(AWS).at('2026-03-01T12:00Z').says(condition('impaired'), UAE);
const daily = Array.from({ length: 20 }, (_, day) =>
  by(AWS)
    .at(`2026-03-${String(day + 2).padStart(2, '0')}T12:00Z`)
    .says(condition('impaired'), UAE),
);

describe('a claim joins an incident', () => {
  it('that it continues, however long that goes on, until the operator says it is over', () => {
    const late = by(PAPER).at('2026-06-30T12:00Z').says(condition('impaired'), UAE);
    expect(sizes(opening, late)).toEqual([2]);
    const over = by(AWS).at('2026-03-05T12:00Z').says(condition('restored'), UAE);
    expect(sizes(opening, over, late)).toEqual([2, 1]);
    for (const notOver of [
      by(PAPER).at('2026-03-05T12:00Z').says(condition('restored'), UAE),
      by(AWS).graded('D').at('2026-03-05T12:00Z').says(condition('restored'), UAE),
      by({ ...AWS, id: 'aws-powertools' })
        .at('2026-03-05T12:00Z')
        .says(condition('restored'), UAE),
      by(AWS).at('2026-03-05T12:00Z').says(condition('operational', 'other-zones'), UAE),
      by(AWS).at('2026-03-05T12:00Z').says(condition('restored'), AZ2),
    ]) {
      expect(sizes(opening, notOver, late)).toEqual([3]);
    }
  });

  it('no longer, once the operator says the whole region is over it, whatever it had said of its zones', () => {
    const trouble = by(AWS).at('2026-03-01T12:00Z').says(condition('impaired'), AZ2);
    const over = by(AWS).at('2026-03-05T12:00Z').says(condition('restored'), UAE);
    const late = by(PAPER).at('2026-06-30T12:00Z').says(condition('impaired'), UAE);
    expect(sizes(trouble, over, late)).toEqual([2, 1]);
    const zoneOver = by(AWS).at('2026-03-05T12:00Z').says(condition('restored'), AZ2);
    expect(sizes(trouble, zoneOver, late)).toEqual([2, 1]);
  });

  it('that began when it says its own matter began, however late it says so', () => {
    const told = by(AWS).at('2026-09-15T12:00Z').of('2026-03-01T11:30Z').says(attack('drone-strike'), UAE);
    const between = by(AWS).at('2026-06-01T00:00Z').of('2026-06-01T00:00Z').says(attack('drone-strike'), UAE);
    const clusters = incidentsOf(opening, between, told);
    expect(clusters.map(({ links }) => links.map(({ claim }) => claim.id))).toEqual([
      [opening.id, told.id],
      [between.id],
    ]);
  });

  it('the younger of two that fit alike: what is said now is of what happens now', () => {
    const next = by(AWS).at('2026-03-21T15:00Z').of('2026-03-21T14:00Z').says(attack('drone-strike'), UAE);
    const later = by(PAPER).at('2026-06-01T12:00Z').says(condition('impaired'), UAE);
    const clusters = incidentsOf(opening, next, later);
    expect(clusters.map(({ links }) => links.map(({ claim }) => claim.id))).toEqual([
      [opening.id],
      [next.id, later.id],
    ]);
  });

  it('whatever order claims are handed over in', () => {
    const next = by(AWS).at('2026-03-21T15:00Z').of('2026-03-21T14:00Z').says(attack('drone-strike'), UAE);
    const claims = [opening, ...daily, next];
    expect(incidentsOf(...claims.toReversed())).toEqual(incidentsOf(...claims));
  });

  it('with a score and reasons, the first with neither doubt nor another reason', () => {
    const second = by(AWS).at('2026-03-01T14:00Z').says(nature('power'), AZ2);
    const [incident] = incidentsOf(opening, second);
    expect(incident!.links[0]).toMatchObject({ score: 1, reasons: ['first-claim'] });
    expect(incident!.links[1]).toMatchObject({ score: 0.7, reasons: ['same-block', 'same-time'] });
  });
});

describe('its own incident is', () => {
  it('a strike days later, though the board has spoken of the last one every day since', () => {
    const next = by(AWS).at('2026-03-21T15:00Z').of('2026-03-21T14:00Z').says(attack('drone-strike'), UAE);
    const clusters = incidentsOf(opening, ...daily, next);
    expect(clusters).toHaveLength(2);
    expect(clusters[1]!.seed.id).toBe(next.id);
  });

  it('a strike two days later at the same zone, and not the same strike told by another', () => {
    const first = by(AWS).at('2026-03-01T12:00Z').of('2026-03-01T11:00Z').says(attack('drone-strike'), AZ2);
    const told = by(PAPER).at('2026-03-05T12:00Z').of('2026-03-01T08:00Z').says(attack('drone-strike'), AZ2);
    const next = by(PAPER).at('2026-03-03T12:00Z').of('2026-03-03T11:00Z').says(attack('drone-strike'), AZ2);
    expect(sizes(first, told, next)).toEqual([2, 1]);
  });

  it('a hostile cause with a time of its own, before anybody reports the act', () => {
    const why = by(MINISTRY)
      .at('2026-03-21T15:00Z')
      .of('2026-03-21T14:00Z')
      .says(cause('conflict-damage', 'armed-attack'), UAE);
    expect(sizes(opening, ...daily, why)).toEqual([21, 1]);
    const undatedWhy = by(AWS).at('2026-03-21T15:00Z').says(cause('conflict-damage', 'armed-attack'), UAE);
    expect(sizes(opening, ...daily, undatedWhy)).toEqual([22]);
  });

  it('another thread of the same feed, though the first is still spoken of', () => {
    const thread = (name: string, feed: string) => by(AWS).inThread(name).through(feed);
    const first = ['01', '03', '05', '07', '09'].map((day) =>
      thread('a', 'board').at(`2026-03-${day}T12:00Z`).says(condition('degraded'), UAE),
    );
    const other = thread('b', 'board').at('2026-03-09T13:00Z').says(condition('degraded'), UAE);
    expect(sizes(...first, other)).toEqual([5, 1]);
    const another = thread('c', 'another-board').at('2026-03-09T13:00Z').says(condition('degraded'), UAE);
    expect(sizes(...first, another)).toEqual([6]);
  });

  it('a threat by another party, and another threat by the same', () => {
    const names = (source: typeof ADVERSARY, day: string, ...countries: string[]) =>
      by(source)
        .at(`2026-03-${day}T12:00Z`)
        .of(`2026-03-${day}T00:00Z`)
        .says(threat(['aws'], countries), operator('aws', ...countries));
    const other = { ...ADVERSARY, id: 'other-agency' };
    expect(sizes(names(ADVERSARY, '11', 'AE'), names(other, '11', 'YE'))).toEqual([1, 1]);
    expect(sizes(names(ADVERSARY, '11', 'AE'), names(PAPER, '11', 'AE'))).toEqual([2]);
    expect(sizes(names(ADVERSARY, '11', 'AE'), names(ADVERSARY, '24', 'AE'))).toEqual([1, 1]);
  });

  it('one of another family of perils, though it was there and then', () => {
    const shaking = by(AWS).at('2026-03-01T12:30Z').says(cause('other', 'earthquake'), UAE);
    const strike = by(AWS).at('2026-03-01T12:40Z').says(cause('drone-strike', 'drone-strike'), UAE);
    expect(sizes(shaking, strike)).toEqual([1, 1]);
    const fire = by(AWS).at('2026-03-01T12:30Z').says(cause('fire', 'fire'), UAE);
    expect(sizes(fire, strike)).toEqual([2]);
  });
});

describe('what founds nothing', () => {
  it('is good news, a denial, a statement of who or why, and what is never of an incident', () => {
    const claims = [
      by(AWS).at('2026-03-01T12:00Z').says(condition('operational'), UAE),
      by(AWS).at('2026-03-01T12:00Z').says(condition('impaired', 'other-zones'), UAE),
      by(AWS).at('2026-03-01T12:00Z').denies(attack('drone-strike'), UAE),
      by(PAPER).at('2026-03-01T12:00Z').says(attribution('somebody'), UAE),
    ];
    const made = correlate('region:aws:me-central-1', [...claims, by(PAPER).says(search('workloads'), UAE)]);
    expect(made.clusters).toEqual([]);
    expect(made.unlinked.map(({ id }) => id).sort()).toEqual(claims.map(({ id }) => id).sort());
  });

  it('is remembered where it denied what somebody then asserted', () => {
    const denial = by(AWS).at('2026-03-02T10:00Z').denies(attack('drone-strike'), UAE);
    const longAgo = by(GAZETTE).at('2026-01-02T10:00Z').of('2026-01-02T00:00Z').denies(attack('drone-strike'), UAE);
    const said = by(PAPER).at('2026-03-02T12:00Z').of('2026-03-02T09:00Z').says(attack('drone-strike'), UAE);
    const made = correlate('region:aws:me-central-1', [longAgo, denial, said]);
    expect(made.clusters.map(({ seed, links }) => [seed.id, links.map(({ claim }) => claim.id)])).toEqual([
      [said.id, [said.id, denial.id]],
    ]);
    expect(made.unlinked).toEqual([longAgo]);
  });
});

describe('the stake side', () => {
  it('neither founds an incident nor joins one, even in its block', () => {
    const place = { ...UAE, id: 'workload:ledger' };
    const said = (value: ClaimValue): Claim => by(PAPER).at('2026-03-01T12:30Z').says(value, place);
    const stake = CLAIM_VALUES.options.map((option) => option.shape.predicate.value).filter(isStake);
    const value = { text: 'runs there' };
    const claims = stake.map((predicate) => ({ ...said(condition('impaired')), predicate, value }) as unknown as Claim);
    expect(claims).toHaveLength(9);
    expect(incidentsOf(...claims)).toEqual([]);
    expect(correlate('region:aws:me-central-1', claims).unlinked).toEqual([]);
    expect(sizes(opening, ...claims)).toEqual([1]);
  });
});

describe('a source nobody can rely on', () => {
  it('joins, and draws nothing after it', () => {
    const blog = by(BLOG).at('2026-03-04T00:00Z').says(damage('structural'), UAE);
    const closed = by(AWS).at('2026-03-01T13:00Z').says(condition('restored'), UAE);
    const later = by(PAPER).at('2026-03-06T00:00Z').says(condition('degraded'), UAE);
    expect(sizes(opening, closed, blog)).toEqual([3]);
    expect(sizes(opening, closed, blog, later)).toEqual([3, 1]);
  });
});
