import { describe, expect, it } from '@jest/globals';
import type { Claim, CoverageStatement } from '@faultline/evidence';
import { incidentsAt } from '@faultline/incidents';
import { sha256 } from '@faultline/ledger';
import { placesOf } from '@faultline/places';
import { score } from '@faultline/scoring';
import {
  ADVERSARY,
  attack,
  AWS,
  AZ2,
  BAHRAIN,
  BLOG,
  by,
  cause,
  condition,
  country,
  duration,
  GAZETTE,
  instant,
  operator,
  PAPER,
  placeRegion,
  reason,
  retraction,
  threat,
  UAE,
} from '../../../../test/support/claims.js';
import { aheadOf } from './ahead.js';
import { nowOf } from './now.js';
import { scoreInputOf } from './score-input.js';

type Place = NonNullable<Parameters<typeof placeRegion>[0]>;
const CONFLICT: CoverageStatement = {
  incidentClass: 'armed-conflict',
  state: 'record-only',
  feedIds: ['record'],
  from: instant('2026-02-28T00:00Z'),
  to: instant('2026-09-21T00:00Z'),
  text: '',
};

function inputAt(time: string, claims: readonly Claim[], place: Place = {}) {
  const coordinates = { validAt: instant(time), publicAt: instant(time), position: claims.length + 1 };
  const facts = [by(PAPER).says(placeRegion(place), UAE), ...claims];
  const view = incidentsAt(
    sha256,
    facts.map((claim, position) => ({ ...claim, position })),
    coordinates,
  );
  const region = placesOf(view.visible).regions.get(UAE.id)!;
  const now = nowOf(region, view.visible, [], coordinates);
  const to = CONFLICT.to! < coordinates.publicAt ? CONFLICT.to : coordinates.publicAt;
  return scoreInputOf(region, now, view.incidents, view.visible, { ...CONFLICT, to }, coordinates.publicAt);
}
const azsOf = (input: ReturnType<typeof inputAt>) => input.document.regions![0]!.azs;
const leftOut = (input: ReturnType<typeof inputAt>) => input.leftOut.map(({ reason: why }) => why);
const strike = (source: typeof AWS, subject = UAE) =>
  by(source).at('2026-03-03T00:00Z').of('2026-03-01T12:30Z').says(attack('drone-strike'), subject);

describe('the zones the model is given', () => {
  it('are as many as the operator has, though only one of them was ever named', () => {
    const named = [by(AWS).at('2026-03-01T10:00Z').says(condition('impaired'), AZ2)];
    const counted = inputAt('2026-03-02T00:00Z', named, { zoneIds: [], zoneCount: 4 });
    expect(azsOf(counted).map(({ id, share }) => [id, share])).toEqual([
      [AZ2.id, 0.25],
      ...[2, 3, 4].map((n) => [`${UAE.id}/zone-${n}`, 0.25]),
    ]);
    expect(counted.defaulted).toContainEqual(expect.objectContaining({ field: 'zones', value: '3, unnamed' }));
    const uncounted = inputAt('2026-03-02T00:00Z', named, { zoneIds: [], zoneCount: null });
    expect(azsOf(uncounted)).toHaveLength(3);
    expect(inputAt('2026-03-02T00:00Z', named).defaulted.map(({ field }) => field)).not.toContain('zones');
  });

  it('are at the metro with its precision, and at most as many as the model takes', () => {
    const [az] = azsOf(inputAt('2026-03-02T00:00Z', []));
    expect(az).toMatchObject({ lon: 54.8, lat: 24.8, precision_km: 100 });
    const many = Array.from({ length: 15 }, (_, index) => `aws:mec1-az${index + 1}`);
    const input = inputAt('2026-03-02T00:00Z', [], { zoneIds: many, zoneCount: 15 });
    expect(input.zonesLeft).toBe(12);
    expect(() => score(input.document)).not.toThrow();
  });

  it('are none where the operator says the whole region is lost, named or not', () => {
    const lost = by(AWS).at('2026-09-15T00:00Z').says(condition('permanently-lost'), UAE);
    for (const place of [{}, { zoneIds: [], zoneCount: null }]) {
      const input = inputAt('2026-09-16T00:00Z', [lost], place);
      expect(input.zonesLeft).toBe(0);
      expect(leftOut(input).filter((why) => why === 'zone-permanently-lost')).toHaveLength(3);
      expect(aheadOf(sha256, input, CONFLICT).outcome).toBe('no-forward-score');
    }
    const paper = by(PAPER).at('2026-09-15T00:00Z').says(condition('permanently-lost'), UAE);
    expect(inputAt('2026-09-16T00:00Z', [paper]).zonesLeft).toBe(3);
  });
});

describe('an outage going on', () => {
  const down = by(AWS).at('2026-04-30T12:00Z').says(condition('unavailable'), UAE);
  const months = by(AWS).at('2026-04-30T12:00Z').says(duration('several months'), UAE);

  it('runs as long as was said or is assumed, and says which', () => {
    const input = inputAt('2026-06-01T00:00Z', [down, months]);
    expect(azsOf(input).map(({ out_until: until }) => until)).toEqual(Array(3).fill(instant('2026-10-27T12:00Z')));
    expect(input.defaulted.filter(({ field }) => field.endsWith('out_until'))).toHaveLength(3);
    const until = by(AWS).at('2026-05-01T12:00Z').says(duration('until then', '2026-07-01'), UAE);
    const stated = inputAt('2026-06-01T00:00Z', [down, months, until]);
    expect(azsOf(stated)[0]!.out_until).toBe(instant('2026-07-02T12:00Z'));
    expect(stated.defaulted.filter(({ field }) => field.endsWith('out_until'))).toEqual([]);
  });

  it('with no end, or with one that is past, is left out of the figure and said to be', () => {
    for (const input of [inputAt('2026-06-01T00:00Z', [down]), inputAt('2026-11-21T00:00Z', [down, months])]) {
      expect(azsOf(input).every((az) => az.out_until === undefined)).toBe(true);
      expect(leftOut(input).filter((why) => why === 'no-end-stated')).toHaveLength(3);
      expect(input.defaulted.filter(({ field }) => field.endsWith('out_until'))).toEqual([]);
    }
    expect(inputAt('2026-11-21T00:00Z', [down, months]).leftOut[0]!.text).toMatch(/2026-10-27, is past/);
  });
});

describe('a hostile act', () => {
  it('is of this region where somebody credible says so, and else only of its theatre', () => {
    const targets = (...claims: Claim[]) =>
      inputAt('2026-03-04T00:00Z', claims).document.incidents!.map((incident) => incident.targets ?? []);
    expect(targets(strike(AWS))).toEqual([[UAE.id]]);
    expect(targets(strike(AWS, AZ2))).toEqual([[`${UAE.id}/${AZ2.id}`]]);
    expect(targets(strike(BLOG))).toEqual([[]]);
    expect(targets(strike(PAPER, country('AE')))).toEqual([[]]);
    expect(targets(strike(PAPER, BAHRAIN))).toEqual([]);
  });

  it('at a zone that is lost since is one at the region', () => {
    const lost = by(AWS).at('2026-09-15T00:00Z').says(condition('permanently-lost'), AZ2);
    const input = inputAt('2026-09-16T00:00Z', [strike(AWS, AZ2), lost]);
    expect(input.document.incidents).toMatchObject([{ targets: [UAE.id] }]);
    expect(() => score(input.document)).not.toThrow();
  });

  it('that its source took back is not reported any more', () => {
    const story = by(PAPER).inItem('story').at('2026-03-03T00:00Z').says(attack('drone-strike'), UAE);
    const back = by(PAPER).at('2026-03-04T00:00Z').says(retraction('story'), UAE);
    const input = inputAt('2026-03-05T00:00Z', [story, back]);
    expect(input.document.incidents).toEqual([]);
    expect(leftOut(input)).toEqual(['no-report-of-the-act']);
    const second = by(GAZETTE).at('2026-03-03T01:00Z').says(attack('drone-strike'), UAE);
    const reports = inputAt('2026-03-05T00:00Z', [story, back, second]).document.incidents![0]!.reports;
    expect(reports.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is told with who denies it', () => {
    const denial = by(GAZETTE).at('2026-03-03T02:00Z').denies(attack('drone-strike'), UAE);
    const reports = inputAt('2026-03-04T00:00Z', [strike(AWS), denial]).document.incidents![0]!.reports;
    expect(reports.map(({ origin, grade, stance }) => [origin, grade, stance])).toEqual([
      ['aws', 'A', 1],
      ['gazette', 'C', -1],
    ]);
  });

  it('is as grave as the gravest credible word, and no blog makes it graver', () => {
    const minor = by(PAPER).at('2026-03-03T00:00Z').says(attack('drone-strike', 1), UAE);
    const severity = (...claims: Claim[]) =>
      inputAt('2026-03-04T00:00Z', claims).document.incidents!.map((incident) => incident.severity);
    const grave = (source: typeof AWS) => by(source).at('2026-03-03T01:00Z').says(attack('drone-strike', 3), UAE);
    expect(severity(minor, grave(BLOG))).toEqual([1]);
    expect(severity(minor, grave(GAZETTE))).toEqual([3]);
  });

  it('without a report of the act itself is named as left out', () => {
    const why = by(AWS).at('2026-03-03T00:00Z').says(cause('conflict-damage', 'armed-attack'), UAE);
    const input = inputAt('2026-03-04T00:00Z', [why]);
    expect(input.document.incidents).toEqual([]);
    expect(input.leftOut).toMatchObject([{ reason: 'no-report-of-the-act' }]);
    expect(input.leftOut[0]!.text).toMatch(/^Armed attack, aws:me-central-1: /);
  });
});

describe('a belief', () => {
  it('is visible from its publication, an undated one at every time', () => {
    const undated = by(ADVERSARY).says(reason('military-hosting'), UAE);
    const [belief] = inputAt('2026-03-04T00:00Z', [undated]).document.claims!;
    expect(belief!.reports[0]!.published_at).toBe(instant('2026-03-04T00:00Z'));
    const dated = by(ADVERSARY).at('2026-03-06T00:00Z').says(reason('military-hosting'), UAE);
    expect(inputAt('2026-03-05T00:00Z', [dated]).document.claims).toEqual([]);
    expect(inputAt('2026-03-07T00:00Z', [dated]).document.claims).toHaveLength(1);
  });

  it('is of the regions the party meant: by region, or by operator and country', () => {
    const about = (...claims: Claim[]) => inputAt('2026-03-13T00:00Z', claims).document.claims!.length;
    const names = (operators: string[], countries: string[]) =>
      by(ADVERSARY)
        .at('2026-03-12T00:00Z')
        .says(threat(operators, countries), operator('aws', ...countries));
    expect(about(names(['aws'], ['AE']))).toBe(1);
    expect(about(names(['azure'], ['AE']))).toBe(0);
    expect(about(names(['aws'], ['IL']))).toBe(0);
    expect(about(by(ADVERSARY).at('2026-03-12T00:00Z').says(reason('military-hosting'), BAHRAIN))).toBe(0);
    expect(about(by(ADVERSARY).at('2026-03-12T00:00Z').says(reason('other'), UAE))).toBe(0);
  });

  it('that is only denied, or taken back, is none', () => {
    const denial = by(PAPER)
      .at('2026-03-12T00:00Z')
      .denies(threat(['aws'], ['AE']), operator('aws', 'AE'));
    const input = inputAt('2026-03-13T00:00Z', [denial]);
    expect(input.document.claims).toEqual([]);
    expect(leftOut(input)).toEqual(['belief-not-credited']);
    const said = by(ADVERSARY).inItem('list').at('2026-03-11T00:00Z').says(reason('military-hosting'), UAE);
    const back = by(ADVERSARY).at('2026-03-12T00:00Z').says(retraction('list'), UAE);
    expect(inputAt('2026-03-13T00:00Z', [said, back]).document.claims).toEqual([]);
  });
});

describe('a score that rests on a watch gone quiet', () => {
  it('says so beside the number', () => {
    const input = inputAt('2026-09-20T00:00Z', []);
    const reasonOf = (state: CoverageStatement['state']) => aheadOf(sha256, input, { ...CONFLICT, state }).reason;
    expect(reasonOf('watched')).toBe('');
    expect(reasonOf('record-only')).toMatch(/not on a live watch/);
    expect(reasonOf('failing')).toMatch(/failing: complete up to 2026-09-21/);
    expect(reasonOf('stale')).toMatch(/stale/);
  });
});

describe('how grave an act was', () => {
  const near = (source = AWS) =>
    by(source).at('2026-03-24T00:00Z').of('2026-03-23T00:00Z').inThread('second').says(attack('drone-strike', 1), UAE);
  const disrupted = (source = AWS) =>
    by(source).at('2026-03-24T00:00Z').of('2026-03-23T00:00Z').inThread('second').says(condition('impaired'), UAE);
  const severities = (...claims: Claim[]) =>
    inputAt('2026-03-25T00:00Z', claims).document.incidents!.map(({ severity }) => severity);

  it('is as it was told, until the operator says that it put the region out of order', () => {
    expect(severities(near())).toEqual([1]);
    const input = inputAt('2026-03-25T00:00Z', [near(), disrupted()]);
    expect(input.document.incidents!.map(({ severity }) => severity)).toEqual([3]);
    expect(input.defaulted).toContainEqual(
      expect.objectContaining({ field: expect.stringMatching(/^incidents\[.*\]\.severity$/), value: '3' }),
    );
    const [{ claimIds } = { claimIds: [] }] = [...input.evidence.values()];
    expect(claimIds).toContain(disrupted().id);
  });

  it('is not raised by another’s word for the act or for the outage', () => {
    expect(severities(near(PAPER), disrupted())).toEqual([1]);
    expect(severities(near(), disrupted(PAPER))).toEqual([1]);
    expect(severities(near(ADVERSARY), disrupted(ADVERSARY))).toEqual([1]);
  });

  it('is not raised by what the operator has taken back', () => {
    const wrong = by(AWS)
      .inItem('wrong')
      .at('2026-03-24T00:00Z')
      .of('2026-03-23T00:00Z')
      .says(condition('impaired'), UAE);
    const back = by(AWS).at('2026-03-24T12:00Z').says(retraction('wrong'), UAE);
    expect(severities(near(), wrong)).toEqual([3]);
    expect(severities(near(), wrong, back)).toEqual([1]);
  });
});
