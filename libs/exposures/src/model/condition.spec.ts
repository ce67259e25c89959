import { describe, expect, it } from '@jest/globals';
import type { Claim } from '@faultline/evidence';
import {
  ADVERSARY,
  attack,
  AWS,
  AZ2,
  BLOG,
  by,
  condition,
  duration,
  GAZETTE,
  instant,
  MINISTRY,
  PAPER,
  UAE,
  zone,
} from '../../../../test/support/claims.js';
import { conditionOf, conditionOfOtherZones, isCondition, reachOf } from './condition.js';

type State = Parameters<typeof condition>[0];

const coordinates = (time: string, validAt = time) => ({
  validAt: instant(validAt),
  publicAt: instant(time),
  position: 99,
});
const stated = (time: string, claims: readonly Claim[], validAt = time) =>
  conditionOf(UAE.id, claims.filter(isCondition), coordinates(time, validAt), null);
const stateAt = (time: string, ...claims: Claim[]) => stated(time, claims)?.state ?? null;
const says = (source: typeof AWS, time: string, state: State) => by(source).at(time).says(condition(state), UAE);
const LATER = '2026-03-02T00:00Z';

describe('the condition in force', () => {
  it('is the operator’s last word, good or bad', () => {
    const words = [says(AWS, '2026-03-01T10:00Z', 'unavailable'), says(AWS, '2026-03-01T12:00Z', 'recovering')];
    expect(stateAt(LATER, ...words)).toBe('recovering');
    expect(stateAt('2026-03-01T11:00Z', words[0]!)).toBe('unavailable');
    expect(stateAt(LATER, ...words, says(AWS, '2026-03-01T13:00Z', 'impaired'))).toBe('impaired');
  });

  it('is none without a statement of this very subject', () => {
    const near = zone({ ...UAE, regionIds: ['aws:me-central-10'] }, 'aws:me-central-10');
    expect(stateAt(LATER)).toBeNull();
    expect(stateAt(LATER, by(AWS).at('2026-03-01T10:00Z').says(condition('impaired'), AZ2))).toBeNull();
    expect(stateAt(LATER, by(AWS).at('2026-03-01T10:00Z').says(condition('impaired'), near))).toBeNull();
    const others = by(AWS).at('2026-03-01T10:00Z').says(condition('operational', 'other-zones'), UAE);
    expect(stateAt(LATER, others)).toBeNull();
  });

  it('is the graver of two words of one moment', () => {
    for (const [a, b] of [
      ['operational', 'impaired'],
      ['impaired', 'unavailable'],
      ['restored', 'investigating'],
    ] as const) {
      const time = '2026-03-01T10:00Z';
      expect(stateAt(LATER, says(AWS, time, a), says(AWS, time, b))).toBe(b);
      expect(stateAt(LATER, says(AWS, time, b), says(AWS, time, a))).toBe(b);
    }
  });

  it('begins and ends when it says it does', () => {
    const span = by(AWS)
      .at('2026-03-01T08:00Z')
      .of('2026-03-01T10:00Z', '2026-03-01T12:00Z')
      .says(condition('unavailable'), UAE);
    const at = (time: string) => stated('2026-03-03T00:00Z', [span], time)?.state ?? null;
    expect(['2026-03-01T09:59Z', '2026-03-01T10:00Z', '2026-03-01T11:59Z', '2026-03-01T12:00Z'].map(at)).toEqual([
      null,
      'unavailable',
      'unavailable',
      null,
    ]);
    const others = by(AWS)
      .at('2026-03-01T08:00Z')
      .of('2026-03-01T10:00Z', '2026-03-01T12:00Z')
      .says(condition('operational', 'other-zones'), UAE);
    const ofOthers = (time: string) =>
      conditionOfOtherZones(UAE.id, [others].filter(isCondition), coordinates('2026-03-03T00:00Z', time));
    expect(ofOthers('2026-03-01T11:00Z')?.state).toBe('operational');
    expect(ofOthers('2026-03-01T12:00Z')).toBeNull();
  });

  it('of an earlier day may rest on what was published since, and only on what held then', () => {
    const told = by(AWS).at('2026-03-05T00:00Z').of('2026-03-01T10:00Z').says(condition('impaired'), UAE);
    const later = says(AWS, '2026-03-04T00:00Z', 'unavailable');
    expect(stated('2026-03-06T00:00Z', [told, later], '2026-03-02T00:00Z')?.state).toBe('impaired');
    expect(stated('2026-03-06T00:00Z', [told, later], '2026-02-28T00:00Z')).toBeNull();
  });
});

describe('another’s word', () => {
  const fine = says(AWS, '2026-03-01T10:00Z', 'operational');
  const down = says(AWS, '2026-03-01T10:00Z', 'unavailable');

  it('counts where the operator is silent, and its later bad news over the operator’s good news', () => {
    expect(stateAt(LATER, says(PAPER, '2026-03-01T12:00Z', 'impaired'))).toBe('impaired');
    expect(stateAt(LATER, fine, says(PAPER, '2026-03-01T12:00Z', 'impaired'))).toBe('impaired');
    expect(stateAt(LATER, fine, says(PAPER, '2026-03-01T09:00Z', 'impaired'))).toBe('operational');
    expect(stateAt(LATER, fine, says(PAPER, '2026-03-01T12:00Z', 'degraded'))).toBe('operational');
  });

  it('is never good news against the operator’s bad news, though it be a government’s', () => {
    for (const source of [PAPER, { ...MINISTRY, id: 'gov:ae' }, ADVERSARY, BLOG]) {
      expect(stateAt(LATER, down, says(source, '2026-03-01T12:00Z', 'restored'))).toBe('unavailable');
    }
  });

  it('moves nothing where nobody can rely on it, in whoever’s name', () => {
    const forged = by(AWS).graded('D').at('2026-03-01T12:00Z').says(condition('restored'), UAE);
    expect(stateAt(LATER, down, forged)).toBe('unavailable');
    expect(stateAt(LATER, says(BLOG, '2026-03-01T12:00Z', 'unavailable'))).toBeNull();
    expect(stateAt(LATER, fine, says(BLOG, '2026-03-01T12:00Z', 'unavailable'))).toBe('operational');
  });

  it('is not overruled in silence: what contradicts the word in force stands beside it', () => {
    const paper = says(PAPER, '2026-03-01T12:00Z', 'restored');
    const blog = says(BLOG, '2026-03-01T09:00Z', 'restored');
    const agrees = says(GAZETTE, '2026-03-01T12:00Z', 'impaired');
    const before = says(GAZETTE, '2026-03-01T08:00Z', 'restored');
    expect(
      stated(LATER, [down, paper, blog, agrees, before])!
        .against.map(({ id }) => id)
        .sort(),
    ).toEqual([paper.id, blog.id].sort());
  });

  it('of an adversary overrules nobody', () => {
    const boast = says(ADVERSARY, '2026-03-01T12:00Z', 'permanently-lost');
    expect(stateAt(LATER, fine, boast)).toBe('operational');
    const paper = says(PAPER, '2026-03-01T11:00Z', 'degraded');
    expect(stated(LATER, [paper, boast])!.claim.id).toBe(paper.id);
  });
});

describe('a denial', () => {
  const paper = says(PAPER, '2026-03-01T10:00Z', 'unavailable');
  const denies = (source: typeof AWS, time: string, state: State) => by(source).at(time).denies(condition(state), UAE);

  it('of the operator takes out of force what it denies, and not what is said after it', () => {
    expect(stateAt(LATER, paper, denies(AWS, '2026-03-01T11:00Z', 'unavailable'))).toBeNull();
    expect(stateAt(LATER, paper, denies(AWS, '2026-03-01T11:00Z', 'degraded'))).toBeNull();
    expect(stateAt(LATER, paper, denies(AWS, '2026-03-01T11:00Z', 'permanently-lost'))).toBe('unavailable');
    expect(stateAt(LATER, paper, denies(AWS, '2026-03-01T09:00Z', 'unavailable'))).toBe('unavailable');
  });

  it('of another stands beside it', () => {
    const denial = denies(GAZETTE, '2026-03-01T11:00Z', 'unavailable');
    const held = stated(LATER, [paper, denial])!;
    expect(held.state).toBe('unavailable');
    expect(held.against).toEqual([denial]);
  });

  it('is no statement', () => {
    expect(stateAt(LATER, denies(AWS, '2026-03-01T11:00Z', 'unavailable'))).toBeNull();
  });
});

describe('how long it has been so', () => {
  const sinceOf = (...claims: Claim[]) => stated(LATER, claims)!.since;

  it('is back through the operator’s unbroken trouble, and not beyond the last time it was over', () => {
    const words = [
      says(AWS, '2026-03-01T01:00Z', 'impaired'),
      says(AWS, '2026-03-01T02:00Z', 'restored'),
      by(AWS).at('2026-03-01T04:00Z').of('2026-03-01T03:00Z').says(condition('investigating'), UAE),
      says(AWS, '2026-03-01T05:00Z', 'unavailable'),
    ];
    expect(sinceOf(...words)).toBe(instant('2026-03-01T03:00Z'));
    const rumour = says(PAPER, '2026-03-01T04:30Z', 'restored');
    expect(sinceOf(...words, rumour)).toBe(instant('2026-03-01T03:00Z'));
    expect(sinceOf(...words, says(AWS, '2026-03-01T06:00Z', 'restored'))).toBe(instant('2026-03-01T06:00Z'));
  });
});

describe('several disturbances of one subject', () => {
  const thread = (name: string, time: string, state: State) =>
    by(AWS).through('board').inThread(name).at(time).says(condition(state), UAE);

  it('are weighed by the last word of each, the worst of them', () => {
    const words = [thread('a', '2026-03-01T10:00Z', 'unavailable'), thread('b', '2026-03-01T11:00Z', 'degraded')];
    expect(stateAt(LATER, ...words)).toBe('unavailable');
    expect(stateAt(LATER, ...words, thread('a', '2026-03-01T12:00Z', 'restored'))).toBe('degraded');
  });

  it('do not end because another one did: trouble gone stale is shown as stale', () => {
    const old = thread('a', '2026-02-01T10:00Z', 'unavailable');
    const over = thread('b', '2026-03-01T11:00Z', 'restored');
    expect(stated(LATER, [old, over])).toMatchObject({ state: 'unavailable', freshness: 'stale' });
    expect(stated(LATER, [old, thread('b', '2026-03-01T11:00Z', 'degraded')])).toMatchObject({
      state: 'degraded',
      freshness: 'fresh',
    });
  });

  it('are all ended by a later word outside any thread', () => {
    const open = thread('a', '2026-03-01T10:00Z', 'unavailable');
    expect(stateAt(LATER, open, says(AWS, '2026-03-01T11:00Z', 'restored'))).toBe('restored');
    expect(stateAt(LATER, says(AWS, '2026-03-01T09:00Z', 'impaired'), open)).toBe('unavailable');
  });
});

describe('how far a word reaches', () => {
  const lasts = (phrase: string, until: string | null = null, source: typeof AWS = AWS) =>
    by(source).at('2026-04-30T12:00Z').says(duration(phrase, until), UAE);

  it('is to the end the operator gave, a day counting to its last instant anywhere', () => {
    expect(reachOf(UAE.id, [lasts('until then', '2026-06-01T00:00+04:00')])).toMatchObject({
      until: instant('2026-05-31T20:00Z'),
      assumed: false,
    });
    expect(reachOf(UAE.id, [lasts('until then', '2026-06-01')])).toMatchObject({
      until: instant('2026-06-02T12:00Z'),
      assumed: false,
    });
  });

  it('is 180 days, assumed, for "several months", and nothing for what says nothing', () => {
    expect(reachOf(UAE.id, [lasts('Several Months')])).toMatchObject({
      until: instant('2026-10-27T12:00Z'),
      assumed: true,
    });
    expect(reachOf(UAE.id, [lasts('several months', 'autumn 2026')])).toMatchObject({ assumed: true });
    for (const phrase of ['at least a day', 'within a month', 'unknown']) {
      expect(reachOf(UAE.id, [lasts(phrase)])).toBeNull();
    }
    expect(reachOf(UAE.id, [lasts('a while', '2026-05')])).toBeNull();
  });

  it('is only as far as the operator says', () => {
    for (const source of [PAPER, { ...MINISTRY, id: 'gov:ae' }]) {
      expect(reachOf(UAE.id, [lasts('several months', null, source)])).toBeNull();
    }
    expect(reachOf('aws:me-central-10', [lasts('several months')])).toBeNull();
    expect(reachOf(UAE.id, [by(AWS).at('2026-04-30T12:00Z').says(attack('drone-strike'), UAE)])).toBeNull();
  });

  it('is of its last word', () => {
    const shorter = by(AWS).at('2026-05-30T12:00Z').says(duration('a day'), UAE);
    expect(reachOf(UAE.id, [lasts('several months'), shorter])).toBeNull();
  });
});
