import { describe, expect, it } from '@jest/globals';
import type { Claim, ClaimValue } from '@faultline/evidence';
import { placesOf } from '@faultline/places';
import { affected, BLOG, by, GAZETTE, PAPER, UAE, type Subject } from '../../../../test/support/claims.js';
import { entitiesNamed, stakeOf, type Stake } from './stake.js';

const AT = '2026-06-01T00:00:00.000Z';
const of = (id: string): Subject => ({ id, regionIds: [], zoneIds: [], countries: [] });
const has = (customerId: string): ClaimValue => ({
  predicate: 'workload',
  value: { class: 'commercial', customerId, platformId: null, text: `of ${customerId}` },
});
const named = (id: string, name: string, aliases: string[] = []): Claim =>
  by(PAPER).says(
    { predicate: 'entity', value: { name, aliases, operatorId: null, partitionId: null, text: 'named' } },
    of(id),
  );
const differ = (
  sides: string[][],
  relation: 'contradiction' | 'compatible' = 'contradiction',
  about = ['org:a'],
): ClaimValue => ({
  predicate: 'disagreement',
  value: {
    about,
    point: 'whose it is',
    relation,
    sides: sides.map((itemIds) => ({ itemIds, says: itemIds.join() })),
    reading: 'open',
    text: 'whose it is',
  },
});
const stakeWith = (...claims: Claim[]): Stake => {
  const all = claims.map((claim, position) => ({
    ...claim,
    position,
    id: String(position),
    captureClass: 'transcribed' as const,
  }));
  return stakeOf(all, placesOf(all), { validAt: AT, publicAt: AT, position: 1000 });
};

describe('statements', () => {
  it('that say the same are one, with all who make them; others stand beside it', () => {
    const stake = stakeWith(
      by(PAPER).says(has('org:a'), of('workload:w')),
      by(GAZETTE).says(has('org:a'), of('workload:w')),
      by(BLOG).says(has('org:b'), of('workload:w')),
    );
    const { workload } = stake.entities.get('workload:w')!;
    expect(workload.map(({ value, status, claims }) => [value.customerId, status, claims.length])).toEqual([
      ['org:a', 'corroborated', 2],
      ['org:b', 'reported', 1],
    ]);
  });

  it('that are only denied are none, and those denied by others are disputed', () => {
    const denied = stakeWith(by(PAPER).denies(has('org:a'), of('workload:w')));
    expect(denied.workloads).toEqual([]);
    const disputed = stakeWith(
      by(PAPER).says(has('org:a'), of('workload:w')),
      by(GAZETTE).denies(has('org:a'), of('workload:w')),
    );
    expect(disputed.workloads.map(({ status, denials }) => [status, denials.length])).toEqual([['disputed', 1]]);
  });
});

describe('entities', () => {
  it('are known by whoever names them, not by their subject alone', () => {
    const claim = by(PAPER).says(has('org:a'), of('workload:w'));
    expect(entitiesNamed(claim)).toEqual(['workload:w', 'org:a']);
    const stake = stakeWith(claim);
    expect([...stake.entities.keys()]).toEqual(['org:a', 'workload:w']);
    expect(stake.entities.get('org:a')).toMatchObject({ kind: 'org', name: 'org:a', workload: [] });
  });

  it('are not there before anybody but us spoke of them', () => {
    const ours = [named('org:a', 'Firm A'), named('page:001', 'A page')];
    expect([...stakeWith(...ours).entities.keys()]).toEqual(['page:001']);
    const spoken = stakeWith(...ours, by(PAPER).says(has('org:a'), of('workload:w')));
    expect(spoken.entities.get('org:a')!.name).toBe('Firm A');
  });

  it('are led to by exactly their name where a party is named as affected', () => {
    const stake = stakeWith(
      named('org:a', 'Firm A', ['A']),
      by(PAPER).says(affected('A'), UAE),
      by(PAPER).says(affected('Firm A and others'), UAE),
    );
    expect(stake.entities.get('org:a')!.claims.map(({ predicate }) => predicate)).toEqual(['entity', 'affected-party']);
    expect(stake.affected).toHaveLength(2);
  });

  it('keep the claims their source took back, and state them no more', () => {
    const stake = stakeWith(
      by(PAPER).inItem('i').says(has('org:a'), of('workload:w')),
      by(PAPER).says({ predicate: 'retraction', value: { itemId: 'i', text: 'taken back' } }, of('workload:w')),
    );
    expect(stake.workloads).toEqual([]);
    expect(stake.entities.get('workload:w')!.claims).toHaveLength(2);
  });
});

describe('disagreements', () => {
  const first = by(PAPER).inItem('C001').says(has('org:a'), of('workload:w'));
  const second = by(GAZETTE).inItem('C002').says(has('org:b'), of('workload:w'));
  const apart = by(GAZETTE).inItem('C002').says(has('org:c'), of('workload:x'));
  const numbered = (value: ClaimValue): Claim => by(PAPER).inItem('X01').says(value, of('org:a'));

  it('show a side once all its claims are visible, and are there from two sides on', () => {
    const one = stakeWith(first, numbered(differ([['C001'], ['C002']])));
    expect(one.entities.get('org:a')!.disagreements).toEqual([]);
    const two = stakeWith(first, second, numbered(differ([['C001'], ['C002'], ['C001', 'C003']])));
    const [shown] = two.entities.get('org:a')!.disagreements;
    expect([shown!.number, shown!.sides.map(({ says }) => says), shown!.partial]).toEqual([
      'X01',
      ['C001', 'C002'],
      true,
    ]);
  });

  it('mark the statements they call contradicted, and only those that speak of what they are about', () => {
    const marks = (stake: Stake) =>
      stake.workloads.map(({ value, contradictedIn }) => [value.customerId, contradictedIn]);
    const about = ['org:a', 'org:b'];
    expect(
      marks(stakeWith(first, second, apart, numbered(differ([['C001'], ['C002']], 'contradiction', about)))),
    ).toEqual([
      ['org:a', ['X01']],
      ['org:b', ['X01']],
      ['org:c', []],
    ]);
    expect(marks(stakeWith(first, second, numbered(differ([['C001'], ['C002']], 'compatible', about))))).toEqual([
      ['org:a', []],
      ['org:b', []],
    ]);
  });
});
