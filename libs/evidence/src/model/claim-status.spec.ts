import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ADVERSARY,
  affected,
  attack,
  AWS,
  AZ2,
  BAHRAIN,
  BLOG,
  by,
  cause,
  condition,
  country,
  damage,
  earthquake,
  GAZETTE,
  histories,
  MINISTRY,
  operator,
  PAPER,
  retraction,
  UAE,
  USGS,
} from '../../../../test/support/claims.js';
import type { Claim } from './claim.js';
import { claimStatus, denies, lastVersions, speaksAsOperator, speaksOfItsOwn, standingClaims } from './claim-status.js';

const drone = attack('drone-strike');
const reported = by(PAPER).at('2026-03-02T10:00Z').says(drone, UAE);
const statusAmong = (...peers: Claim[]) => claimStatus(reported, [reported, ...peers]);

describe('the status of a claim', () => {
  it('is reported while it has one origin', () => {
    expect(statusAmong()).toBe('reported');
  });

  it('is corroborated by a second origin, never by copies of the first', () => {
    const copies = ['2026-03-02T11:00Z', '2026-03-03T11:00Z'].map((time) =>
      by(GAZETTE).copying('gulf-paper').at(time).says(drone, UAE),
    );
    expect(statusAmong(...copies)).toBe('reported');
    expect(statusAmong(...copies, by(GAZETTE).at('2026-03-02T11:00Z').says(drone, UAE))).toBe('corroborated');
  });

  it('is corroborated neither by an adversary nor by a source nobody can rely on', () => {
    expect(statusAmong(by(ADVERSARY).at('2026-03-02T11:00Z').says(drone, UAE))).toBe('reported');
    expect(statusAmong(by(BLOG).at('2026-03-02T11:00Z').says(drone, UAE))).toBe('reported');
  });

  it('is not corroborated by something else said, nor of something else', () => {
    const others = [
      by(GAZETTE).says(attack('missile-strike'), UAE),
      by(GAZETTE).says(drone, BAHRAIN),
      by(GAZETTE).says(cause('drone-strike', 'drone-strike'), UAE),
    ];
    expect(statusAmong(...others)).toBe('reported');
  });

  it('is confirmed by the operator speaking of its own, and by the authority on whose ground it happened', () => {
    expect(statusAmong(by(AWS).at('2026-03-03T00:19Z').says(drone, UAE))).toBe('confirmed');
    const fire = by(PAPER).at('2026-04-01T10:00Z').says(damage('fire'), country('BH'));
    expect(claimStatus(fire, [fire, by(MINISTRY).at('2026-04-01T11:00Z').says(damage('fire'), country('BH'))])).toBe(
      'confirmed',
    );
  });

  it('is not confirmed by words put in the operator’s mouth that nobody can rely on', () => {
    expect(statusAmong(by(AWS).graded('D').at('2026-03-03T00:19Z').says(drone, UAE))).toBe('reported');
  });

  it('is not confirmed by a government that speaks of how somebody else’s zones are', () => {
    const down = by(PAPER).at('2026-03-03T10:00Z').says(condition('unavailable'), BAHRAIN);
    const ministry = by(MINISTRY).at('2026-03-03T11:00Z').says(condition('unavailable'), BAHRAIN);
    expect(claimStatus(down, [down, ministry])).toBe('corroborated');
  });

  it('does not take “the other zones work” for “the region works”', () => {
    const fine = by(PAPER).at('2026-03-01T18:00Z').says(condition('operational'), UAE);
    const others = by(AWS).at('2026-03-01T17:41Z').says(condition('operational', 'other-zones'), UAE);
    expect(claimStatus(fine, [fine, others])).toBe('reported');
  });

  it('is disputed beside a credible denial, even where the operator confirms it', () => {
    const denial = by(GAZETTE).at('2026-03-24T12:00Z').denies(drone, UAE);
    expect(statusAmong(denial)).toBe('disputed');
    expect(statusAmong(denial, by(AWS).at('2026-03-24T10:00Z').says(drone, UAE))).toBe('disputed');
    expect(statusAmong(by(BLOG).at('2026-03-24T12:00Z').denies(drone, UAE))).toBe('reported');
  });

  it('is denied by whoever may confirm it, until they say otherwise', () => {
    const denial = by(AWS).at('2026-03-02T12:00Z').denies(drone, UAE);
    const admission = by(AWS).at('2026-03-03T00:19Z').says(drone, UAE);
    expect(statusAmong(denial)).toBe('denied');
    expect(statusAmong(denial, admission)).toBe('confirmed');
    const again = by(AWS).at('2026-03-04T12:00Z').denies(drone, UAE);
    expect(statusAmong(denial, admission, again)).toBe('denied');
  });

  it('is disputed where the operator says both in one breath', () => {
    const time = '2026-03-02T12:00Z';
    expect(statusAmong(by(AWS).at(time).denies(drone, UAE), by(AWS).at(time).says(drone, UAE))).toBe('disputed');
  });

  it('is retracted when its own source takes the item back, before or after', () => {
    const item = by(PAPER).inItem('story');
    const claim = item.at('2026-03-02T10:00Z').says(drone, UAE);
    for (const time of ['2026-03-01T00:00Z', '2026-03-02T10:00Z', '2026-03-05T00:00Z']) {
      expect(claimStatus(claim, [claim, by(PAPER).at(time).says(retraction('story'), UAE)])).toBe('retracted');
    }
    const others = [
      by(GAZETTE).says(retraction('story'), UAE),
      by(PAPER).through('another-feed').says(retraction('story'), UAE),
      by(PAPER).says(retraction('another-story'), UAE),
      by(PAPER).denies(retraction('story'), UAE),
    ];
    expect(claimStatus(claim, [claim, ...others])).toBe('reported');
    expect(standingClaims([claim, ...others])).toContain(claim);
  });

  it('no longer rests on what its source has taken back', () => {
    const second = by(GAZETTE).inItem('story').at('2026-03-02T11:00Z').says(drone, UAE);
    const denial = by(GAZETTE).inItem('denial').at('2026-03-02T11:00Z').denies(drone, UAE);
    const takeBack = (itemId: string) => by(GAZETTE).at('2026-03-03T00:00Z').says(retraction(itemId), UAE);
    expect(statusAmong(second)).toBe('corroborated');
    expect(statusAmong(second, takeBack('story'))).toBe('reported');
    expect(statusAmong(denial)).toBe('disputed');
    expect(statusAmong(denial, takeBack('denial'))).toBe('reported');
  });

  it('of a retraction is not retracted, though it carries the name of the item it takes back', () => {
    const subject = operator('usgs:q1');
    const takenBack = by(USGS).inItem('q1').at('2026-03-02T10:00Z').says(retraction('q1'), subject);
    const quake = by(USGS).inItem('q1').at('2026-03-02T09:00Z').says(earthquake(5), subject);
    expect(claimStatus(takenBack, [quake, takenBack])).toBe('confirmed');
    expect(claimStatus(quake, [quake, takenBack])).toBe('retracted');
  });

  it('is never more than reported for words nobody can rely on, though others confirm the like', () => {
    const blog = by(BLOG).at('2026-03-02T10:00Z').says(drone, UAE);
    expect(claimStatus(blog, [blog, by(AWS).at('2026-03-03T00:19Z').says(drone, UAE)])).toBe('reported');
  });

  it('does not depend on the order of the peers', () => {
    fc.assert(
      fc.property(
        histories().chain((peers) =>
          fc.tuple(fc.constant(peers), fc.shuffledSubarray(peers, { minLength: peers.length })),
        ),
        ([peers, shuffled]) => {
          for (const claim of peers) expect(claimStatus(claim, shuffled)).toBe(claimStatus(claim, peers));
        },
      ),
    );
  });

  it('is not moved by adding copies, adversaries or sources nobody can rely on', () => {
    fc.assert(
      fc.property(histories(), (peers) => {
        const asserted = peers.filter(({ stance, predicate }) => stance === 'asserts' && predicate !== 'retraction');
        const noise = asserted.flatMap((claim) => [
          { ...claim, id: `${claim.id}-copy` },
          { ...claim, id: `${claim.id}-d`, source: BLOG, origin: 'a-blog', item: { ...claim.item, id: 'd' } },
          { ...claim, id: `${claim.id}-a`, source: ADVERSARY, origin: 'a-party', item: { ...claim.item, id: 'a' } },
        ]);
        for (const claim of peers) expect(claimStatus(claim, [...peers, ...noise])).toBe(claimStatus(claim, peers));
      }),
    );
  });
});

describe('the versions of an item', () => {
  const version = (number: number, time: string, revises: boolean) => {
    const claim = by(PAPER).inItem('story', String(number)).at(time).recorded(number).says(drone, UAE);
    return { ...claim, item: { ...claim.item, revises } };
  };

  it('stand beside each other, unless they revise', () => {
    const statements = [version(1, '2026-03-01T00:00Z', false), version(2, '2026-03-02T00:00Z', false)];
    expect(standingClaims(statements)).toEqual(statements);
    const revisions = [version(1, '2026-03-01T00:00Z', true), version(2, '2026-03-02T00:00Z', true)];
    expect(standingClaims(revisions)).toEqual([revisions[1]]);
  });

  it('are revised by the last published, of two published together by the last recorded', () => {
    const late = version(1, '2026-03-02T00:00Z', true);
    const backfilled = version(2, '2026-03-01T00:00Z', true);
    expect(lastVersions([late, backfilled])).toEqual([late]);
    expect(lastVersions([backfilled, late])).toEqual([late]);
    const together = [version(1, '2026-03-01T00:00Z', true), version(2, '2026-03-01T00:00Z', true)];
    expect(lastVersions([together[1]!, together[0]!])).toEqual([together[1]]);
  });

  it('revise no other part, feed or item', () => {
    const first = version(1, '2026-03-01T00:00Z', true);
    const second = version(2, '2026-03-02T00:00Z', true);
    for (const other of [
      { ...second, item: { ...second.item, part: 'another' } },
      { ...second, item: { ...second.item, id: 'another' } },
      { ...second, feedId: 'another' },
    ]) {
      expect(lastVersions([first, other])).toEqual([first, other]);
    }
  });
});

describe('a denial', () => {
  const says = (what: Parameters<ReturnType<typeof by>['says']>[0]) => by(PAPER).says(what, UAE);
  const isDenied = (denied: Claim, said: Claim) => denies({ ...denied, stance: 'denies' }, said);

  it('is of what it denies, not of all that is said of the subject', () => {
    expect(isDenied(says(affected('one bank')), says(affected('one bank')))).toBe(true);
    expect(isDenied(says(affected('one bank')), says(affected('another bank')))).toBe(false);
    expect(isDenied(says(cause('software')), says(cause('drone-strike', 'drone-strike')))).toBe(false);
    expect(isDenied(says(drone), by(PAPER).says(drone, AZ2))).toBe(false);
    expect(denies(says(drone), says(drone))).toBe(false);
  });

  it('of any attack is one of each kind, of one kind of damage is one of that kind', () => {
    expect(isDenied(says(attack('armed-attack')), says(drone))).toBe(true);
    expect(isDenied(says(attack('missile-strike')), says(drone))).toBe(false);
    expect(isDenied(says(damage('structural')), says(damage('structural', 'power')))).toBe(true);
    expect(isDenied(says(damage('water')), says(damage('structural', 'power')))).toBe(false);
  });

  it('of a trouble denies all that is worse, and nothing that is less', () => {
    expect(isDenied(says(condition('impaired')), says(condition('unavailable')))).toBe(true);
    expect(isDenied(says(condition('unavailable')), says(condition('impaired')))).toBe(false);
    expect(isDenied(says(condition('restored')), says(condition('restored')))).toBe(true);
    expect(isDenied(says(condition('restored')), says(condition('operational')))).toBe(false);
    expect(isDenied(says(condition('impaired')), says(condition('impaired', 'other-zones')))).toBe(false);
  });
});

describe('speaking of one’s own', () => {
  it('is for the operator of the subject, not for one whose name begins like it', () => {
    expect(speaksAsOperator(by(AWS).says(drone, UAE))).toBe(true);
    expect(speaksAsOperator(by(AWS).says(drone, operator('aws')))).toBe(true);
    expect(speaksAsOperator(by({ ...AWS, id: 'aws-powertools' }).says(drone, UAE))).toBe(false);
    expect(speaksAsOperator(by({ ...AWS, id: 'aw' }).says(drone, UAE))).toBe(false);
    expect(speaksAsOperator(by({ ...AWS, class: 'media' }).says(drone, UAE))).toBe(false);
  });

  it('is for a government in its own country, and does not make it the operator', () => {
    expect(speaksOfItsOwn(by(MINISTRY).says(drone, BAHRAIN))).toBe(true);
    expect(speaksAsOperator(by(MINISTRY).says(drone, BAHRAIN))).toBe(false);
    expect(speaksOfItsOwn(by(MINISTRY).says(drone, UAE))).toBe(false);
    expect(speaksOfItsOwn(by({ ...MINISTRY, id: 'gov:bhutan' }).says(drone, BAHRAIN))).toBe(false);
    expect(speaksOfItsOwn(by({ ...MINISTRY, id: 'gov:bh' }).says(drone, BAHRAIN))).toBe(true);
  });
});
