import { describe, expect, it } from '@jest/globals';
import type { Claim } from '@faultline/evidence';
import { sha256 } from '@faultline/ledger';
import {
  ADVERSARY,
  attack,
  AWS,
  AZ1,
  AZ2,
  BAHRAIN,
  BLOG,
  by,
  cause,
  condition,
  dataLoss,
  earthquake,
  GAZETTE,
  instant,
  MINISTRY,
  operator,
  PAPER,
  retraction,
  UAE,
  USGS,
} from '../../../../test/support/claims.js';
import type { IncidentAccount } from './account.js';
import { incidentsAt } from './incidents.js';
import { changedFields, revisionStateOf } from './revision.js';

const at = (time: string, claims: readonly Claim[], validAt = time) =>
  incidentsAt(
    sha256,
    claims.map((claim, position) => ({ ...claim, position })),
    { validAt: instant(validAt), publicAt: instant(time), position: claims.length },
  ).incidents;
const only = (incidents: readonly IncidentAccount[]): IncidentAccount => {
  expect(incidents).toHaveLength(1);
  return incidents[0]!;
};
const told = (time: string, state: Parameters<typeof condition>[0], subject = UAE) =>
  by(AWS).at(time).says(condition(state), subject);
const opening = told('2026-03-01T12:00Z', 'impaired', AZ2);

describe('the status of an incident', () => {
  it('is that of what its title says: a confirmed disturbance confirms no strike', () => {
    const claimed = by(ADVERSARY).at('2026-03-01T13:00Z').of('2026-03-01T12:00Z').says(attack('missile-strike'), UAE);
    expect(only(at('2026-03-01T14:00Z', [opening]))).toMatchObject({ peril: 'provider-outage', status: 'confirmed' });
    expect(only(at('2026-03-01T14:00Z', [opening, claimed]))).toMatchObject({
      title: 'Missile strike, aws:me-central-1',
      peril: 'missile-strike',
      status: 'reported',
    });
    const admitted = by(AWS).at('2026-03-01T15:00Z').of('2026-03-01T12:00Z').says(attack('missile-strike'), UAE);
    expect(only(at('2026-03-01T16:00Z', [opening, claimed, admitted])).status).toBe('confirmed');
  });

  it('hears a denial that came first', () => {
    const denial = by(AWS).at('2026-03-01T11:00Z').denies(attack('drone-strike'), UAE);
    const said = by(PAPER).at('2026-03-01T12:00Z').says(attack('drone-strike'), UAE);
    expect(only(at('2026-03-01T13:00Z', [denial, said]))).toMatchObject({ status: 'denied', severity: null });
  });

  it('keeps peril, place and onset to what somebody credible says', () => {
    const blog = by(BLOG)
      .at('2026-03-01T13:00Z')
      .of('2026-03-01T10:00Z')
      .says(cause('other', 'missile-strike'), { ...AZ1, regionIds: [...UAE.regionIds, ...BAHRAIN.regionIds] });
    expect(only(at('2026-03-01T14:00Z', [opening, blog]))).toMatchObject({
      peril: 'provider-outage',
      regionIds: [UAE.id],
      zoneIds: [AZ2.id],
      countries: ['AE'],
      onset: instant('2026-03-01T12:00Z'),
    });
  });

  it('counts origins, not papers', () => {
    const copies = [PAPER, GAZETTE].map((source, index) =>
      by(source).copying('wire').at(`2026-03-01T1${index}:00Z`).says(attack('drone-strike'), UAE),
    );
    expect(only(at('2026-03-01T14:00Z', copies))).toMatchObject({ status: 'reported', originCount: 1 });
  });
});

describe('an incident is resolved', () => {
  const lifecycle = (...more: Claim[]) => only(at('2026-03-08T00:00Z', [opening, ...more])).lifecycle;

  it('by the operator of the region, for the zones it had spoken of before', () => {
    expect(lifecycle(told('2026-03-05T00:00Z', 'restored'))).toBe('resolved');
    expect(lifecycle(told('2026-03-05T00:00Z', 'restored'), told('2026-03-06T00:00Z', 'impaired', AZ1))).toBe(
      'ongoing',
    );
  });

  it('not where the same breath leaves a zone out, and not by another zone', () => {
    // Of one moment, ids decide what is read first: it must not matter.
    for (const minute of ['00', '01', '02', '03', '04', '05']) {
      const time = `2026-03-05T00:${minute}Z`;
      expect(lifecycle(told(time, 'impaired', AZ1), told(time, 'restored'))).toBe('ongoing');
    }
    expect(lifecycle(told('2026-03-05T00:00Z', 'restored', AZ1))).toBe('ongoing');
  });

  it('by nobody else: not a paper, an authority, an adversary, nor words nobody can rely on', () => {
    const speakers = [
      by(PAPER),
      by({ ...MINISTRY, id: 'gov:ae' }),
      by(ADVERSARY),
      by(BLOG),
      by(AWS).graded('D'),
      by({ ...AWS, id: 'azure' }),
    ];
    for (const speaker of speakers) {
      expect(lifecycle(speaker.at('2026-03-05T00:00Z').says(condition('restored'), UAE))).toBe('ongoing');
    }
  });

  it('not before it is, when the end was announced', () => {
    const announced = by(AWS).at('2026-03-05T00:00Z').of('2026-03-07T00:00Z').says(condition('restored'), AZ2);
    expect(only(at('2026-03-06T00:00Z', [opening, announced])).lifecycle).toBe('ongoing');
    expect(only(at('2026-03-07T00:00Z', [opening, announced])).lifecycle).toBe('resolved');
    // What is public now may be asked of an earlier day.
    expect(only(at('2026-03-08T00:00Z', [opening, announced], '2026-03-06T00:00Z')).lifecycle).not.toBe('resolved');
  });

  it('by the end its own source gives, in its last version, and by no outsider’s', () => {
    const span = (source: typeof AWS, version: string, end: string | null) =>
      by(source)
        .inItem('event', version)
        .at(`2026-03-0${version}T00:00Z`)
        .of('2026-03-01T00:00Z', end)
        .says(condition('degraded'), UAE);
    const open = span(AWS, '1', null);
    expect(only(at('2026-03-08T00:00Z', [open, span(AWS, '2', '2026-03-03T00:00Z')]))).toMatchObject({
      lifecycle: 'resolved',
      lifecycleReason: 'end-stated-by-source',
    });
    expect(only(at('2026-03-08T00:00Z', [open, span(AWS, '2', '2026-03-09T00:00Z')])).lifecycle).toBe('ongoing');
    for (const source of [PAPER, BLOG]) {
      expect(only(at('2026-03-08T00:00Z', [span(source, '2', '2026-03-03T00:00Z')])).lifecycle).toBe('ongoing');
    }
  });

  it('in one thread without the other', () => {
    const thread = (name: string, time: string, state: 'degraded' | 'restored') =>
      by(AWS).through('board').inThread(name).at(time).says(condition(state), UAE);
    const both = [thread('a', '2026-03-01T12:30Z', 'degraded'), thread('b', '2026-03-01T13:00Z', 'degraded')];
    const half = [...both, thread('a', '2026-03-02T00:00Z', 'restored')];
    expect(only(at('2026-03-08T00:00Z', half)).lifecycle).toBe('ongoing');
    expect(only(at('2026-03-08T00:00Z', [...half, thread('b', '2026-03-02T00:00Z', 'restored')])).lifecycle).toBe(
      'resolved',
    );
  });
});

describe('a loss for good', () => {
  it('is one the operator or a credible outlet states, not an adversary’s boast nor a blog’s', () => {
    const says = (source: typeof AWS) => by(source).at('2026-03-02T00:00Z').says(dataLoss('all of it'), UAE);
    const lifecycle = (source: typeof AWS) => only(at('2026-03-08T00:00Z', [opening, says(source)])).lifecycle;
    expect([AWS, PAPER, ADVERSARY, BLOG].map(lifecycle)).toEqual([
      'permanent-loss',
      'permanent-loss',
      'ongoing',
      'ongoing',
    ]);
  });
});

describe('an earthquake', () => {
  const subject = operator('usgs:q1');
  const version = (number: number, magnitude: number, lon: number) =>
    by(USGS)
      .inItem('q1', String(number))
      .inThread('q1')
      .at(`2026-03-01T0${number}:00Z`)
      .of('2026-03-01T00:00Z')
      .near(lon, 26)
      .says(earthquake(magnitude), subject);

  it('is one incident through its versions, told and placed by the last', () => {
    const quake = only(at('2026-03-02T00:00Z', [version(1, 5.1, 50), version(2, 4.7, 51)]));
    expect(quake).toMatchObject({ title: 'M 4.7', position: { lonLat: [51, 26] }, lifecycle: 'resolved' });
    expect(quake.id).toBe(only(at('2026-03-01T01:30Z', [version(1, 5.1, 50), version(2, 4.7, 51)])).id);
  });
});

describe('a retraction', () => {
  it('reaches the claim of a region that it takes back, and no other’s', () => {
    const list = by(PAPER).inItem('list').at('2026-07-24T00:00Z').says(condition('unavailable'), UAE);
    const back = by(PAPER).at('2026-07-25T00:00Z').says(retraction('list'), UAE);
    expect(only(at('2026-07-26T00:00Z', [list, back])).lifecycle).toBe('retracted');
    expect(only(at('2026-07-24T12:00Z', [list, back])).lifecycle).toBe('unfolding');
    const stranger = by(GAZETTE).at('2026-07-25T00:00Z').says(retraction('list'), UAE);
    expect(only(at('2026-07-26T00:00Z', [list, stranger])).lifecycle).toBe('ongoing');
  });

  it('leaves unanswered what only the retracted claim had answered', () => {
    const why = by(PAPER).inItem('why').at('2026-03-01T13:00Z').says(cause('software'), UAE);
    const back = by(PAPER).at('2026-03-02T00:00Z').says(retraction('why'), UAE);
    const outcome = (...claims: Claim[]) =>
      only(at('2026-03-03T00:00Z', claims)).aspects.find(({ aspect }) => aspect === 'cause')!.outcome;
    expect(outcome(opening, why)).toBe('stated');
    expect(outcome(opening, why, back)).toBe('not-stated');
    const other = by(GAZETTE).at('2026-03-01T14:00Z').says(cause('network'), UAE);
    expect(outcome(opening, why, other)).toBe('contested');
    expect(outcome(opening, why, other, back)).toBe('stated');
  });
});

describe('a first revision', () => {
  it('names every field, and of the aspects those that somebody has answered', () => {
    const state = revisionStateOf(only(at('2026-03-01T14:00Z', [opening])));
    const changed = changedFields(undefined, state);
    expect(changed).toContain('title');
    expect(changed.filter((field) => field.startsWith('aspects.'))).toEqual(['aspects.zones']);
    expect(changedFields(state, state)).toEqual([]);
    expect(state.lifecycle).toBe('open');
  });
});
