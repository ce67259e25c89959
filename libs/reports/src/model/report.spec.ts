import { describe, expect, it } from '@jest/globals';
import type { Claim } from '@faultline/evidence';
import { canonicalJson, sha256 } from '@faultline/ledger';
import fc from 'fast-check';
import { AWS, AZ2, by, condition, histories, placeRegion, retraction, UAE } from '../../../../test/support/claims.js';
import { exposureIn, leavesFor, STRIKE, worldOf } from '../../../../test/support/reports.js';
import { reportOf } from './report.js';
import { reportSchema, type Report } from './report-schema.js';
import { checkReport } from './verify.js';

function report(asOf: string, claims: readonly Claim[] = STRIKE, position = claims.length): Report {
  const world = worldOf(claims, asOf, position);
  return reportOf(exposureIn(world), world, [], leavesFor(claims));
}
const bytesOf = (made: Report) => new TextEncoder().encode(canonicalJson(made));

describe('an exposure report', () => {
  it('says what was known at its time and not what came later', () => {
    const early = report('2026-03-01T18:00Z');
    const [incident] = early.incidents;
    const outcomes = Object.fromEntries(incident!.aspects.map(({ aspect, outcome }) => [aspect, outcome]));
    expect(outcomes).toMatchObject({ nature: 'stated', cause: 'stated', means: 'not-stated', motive: 'not-stated' });
    expect(early.claims.map(({ claim }) => claim['predicate'])).not.toContain('alleged-target-reason');
    expect(early.hosting).toMatchObject({ outcome: 'not-searched', searches: [] });
    const late = report('2026-03-07T00:00Z');
    expect(late.hosting).toMatchObject({
      outcome: 'none-found',
      searches: [{ searchedFor: 'workloads of a government' }],
    });
    expect(late.claims.map(({ claim }) => claim['predicate'])).toContain('alleged-target-reason');
  });

  it('shows what happened beside it as coincident, with no link asserted, and with its claims', () => {
    const { coincident, incidents } = report('2026-03-01T18:00Z');
    expect(coincident).toMatchObject([{ link: 'no link asserted', reason: 'same-country-same-time' }]);
    expect(coincident[0]!.claimIds).toEqual([STRIKE[1]!.id]);
    expect(incidents.flatMap(({ links }) => links.map(({ claimId }) => claimId))).not.toContain(STRIKE[1]!.id);
  });

  it('cites for every part only claims that it gives in full', () => {
    const made = report('2026-03-07T00:00Z');
    expect(made.claims.map(({ id }) => id).sort()).toEqual(STRIKE.map(({ id }) => id).sort());
    expect(checkReport(sha256, bytesOf(made))).toEqual({ outcome: 'sound', report: made });
    expect(made.now).toMatchObject({ claimId: expect.any(String), quorumText: expect.any(String) });
    expect(made.now.zones.find(({ id }) => id === AZ2.id)).toMatchObject({ state: 'impaired', claimId: STRIKE[3]!.id });
  });

  it('carries the challenges to what it cites and the decisions on its incidents, and no others', () => {
    const desk: Claim['source'] = { id: 'desk:a', name: 'A. Analyst', class: 'analyst', grade: 'A' };
    const [incident] = report('2026-03-01T18:00Z').incidents;
    const disputes = (claimId: string, state: 'open' | 'dismissed', at: string) =>
      by(desk)
        .at(at)
        .says({ predicate: 'challenge', value: { claimId, state, text: 'Not so.' } }, UAE);
    const decides = (id: string) => {
      const value = { decision: 'split' as const, incidentIds: [id, '00000000-0000-7000-8000-000000000001'] };
      return by(desk)
        .at('2026-03-01T17:30Z')
        .says({ predicate: 'review', value: { ...value, claimId: null, seedClaimId: null, text: 'Two.' } }, UAE);
    };
    const claims = [
      ...STRIKE,
      disputes(STRIKE[3]!.id, 'open', '2026-03-01T15:00Z'),
      disputes('00000000-0000-7000-8000-000000000002', 'open', '2026-03-01T15:00Z'),
      decides(incident!.id),
      decides('00000000-0000-7000-8000-000000000003'),
      disputes(STRIKE[3]!.id, 'dismissed', '2026-03-02T15:00Z'),
    ].map((claim, position) => ({
      ...claim,
      place: { ...claim.place, regionIds: position < STRIKE.length ? claim.place.regionIds : [] },
      position,
    }));
    const made = report('2026-03-01T18:00Z', claims);
    expect(made.challenges.items).toEqual([
      expect.objectContaining({ ofClaimId: STRIKE[3]!.id, state: 'open', by: 'A. Analyst', text: 'Not so.' }),
    ]);
    expect(made.reviewerDecisions.items).toEqual([expect.objectContaining({ decision: 'split', text: 'Two.' })]);
    expect(checkReport(sha256, bytesOf(made))).toEqual({ outcome: 'sound', report: made });
    const later = report('2026-03-03T18:00Z', claims);
    expect(later.challenges.items.map(({ state }) => state)).toEqual(['dismissed']);
    const changed = { ...made, challenges: { count: 0, text: 'None.', items: [] } };
    expect(checkReport(sha256, bytesOf(changed))).toMatchObject({
      outcome: 'unsound',
      finding: { at: '/challenges/count' },
    });
  });

  it('names the basis, the oldest input and its age', () => {
    const made = report('2026-03-01T20:00Z');
    expect(made.basis).toMatchObject({ basis: 'reconstruction', claims: 6, backfilled: 6, undated: 1 });
    expect(made.oldestInput).toEqual({
      claimId: STRIKE[1]!.id,
      publishedAt: '2026-02-28T20:00:00.000Z',
      ageHours: 24,
    });
  });

  it('lists as hindsight every grade given later, the transcription, what is undated, and the parameters', () => {
    const { hindsight } = report('2026-03-01T18:00Z');
    expect(hindsight.map(({ kind }) => kind)).toEqual([
      'grade',
      'grade',
      'transcription',
      'undated-reference',
      'model',
    ]);
    expect(hindsight[0]!.text).toBe('AWS: grade A assigned on 2026-11-21T00:00:00.000Z');
    expect(hindsight.at(-1)!.text).toContain('a_max');
    expect(report('2026-12-01T00:00Z').hindsight).toEqual([]);
  });

  it('is as restricted as the most restricted claim in it', () => {
    expect(report('2026-03-07T00:00Z').tlp).toBe('TLP:CLEAR');
    const amber = STRIKE.map((claim, index) => (index === 5 ? { ...claim, tlp: 'TLP:AMBER' as const } : claim));
    expect(report('2026-03-07T00:00Z', amber).tlp).toBe('TLP:AMBER');
    expect(report('2026-03-01T13:00Z', amber).tlp).toBe('TLP:CLEAR');
  });

  it('gives the words by which a source took a cited claim back', () => {
    const claims = [
      by(AWS).says(placeRegion(), UAE),
      by(AWS).at('2026-03-01T14:00Z').inItem('event-1').says(condition('impaired'), AZ2),
      by(AWS)
        .at('2026-03-01T15:00Z')
        .inItem('event-2')
        .says(retraction('event-1'), { ...UAE, id: 'aws', regionIds: [] }),
    ].map((claim, position) => ({ ...claim, position }));
    const made = report('2026-03-01T16:00Z', claims);
    expect(made.claims.map(({ claim }) => claim['predicate'])).toEqual(['place.region', 'condition', 'retraction']);
    expect(made.claims[1]!.status).toBe('retracted');
  });

  it('says of each class of incident when nobody looked', () => {
    const { coverage } = report('2026-10-07T00:00Z');
    const of = (name: string) => coverage.find(({ incidentClass }) => incidentClass === name)!;
    expect(of('armed-conflict').gaps).toEqual([
      { begin: null, end: '2026-02-01T00:00:00.000Z', reason: 'before-the-watch' },
      {
        begin: '2026-02-01T00:00:00.000Z',
        end: '2026-09-30T00:00:00.000Z',
        reason: 'record-made-afterwards',
      },
      { begin: '2026-09-30T00:00:00.000Z', end: '2026-10-07T00:00:00.000Z', reason: 'after-the-watch' },
    ]);
    expect(of('natural-hazard')).toMatchObject({
      state: 'unmonitored',
      gaps: [{ begin: null, end: '2026-10-07T00:00:00.000Z', reason: 'never-watched' }],
    });
  });

  it('is refused where a claim it rests on has no leaf', () => {
    const world = worldOf(STRIKE, '2026-03-07T00:00Z');
    const leaves = leavesFor(STRIKE.slice(0, -1));
    expect(() => reportOf(exposureIn(world), world, [], leaves)).toThrow(STRIKE.at(-1)!.id);
  });

  it('has the same bytes whatever was recorded later', () => {
    const before = bytesOf(report('2026-03-07T00:00Z'));
    const more = [
      ...STRIKE,
      by(AWS).at('2026-03-02T09:00Z').recorded(STRIKE.length).says(condition('unavailable'), UAE),
    ];
    expect(bytesOf(report('2026-03-07T00:00Z', more, STRIKE.length))).toEqual(before);
    expect(bytesOf(report('2026-03-07T00:00Z', more))).not.toEqual(before);
  });

  it('of any history has its form and verifies', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const claims = [by(AWS).says(placeRegion(), UAE), ...history].map((claim, position) => ({
          ...claim,
          position,
        }));
        const made = report('2026-03-20T00:00Z', claims);
        expect(reportSchema.parse(made)).toEqual(made);
        expect(checkReport(sha256, bytesOf(made)).outcome).toBe('sound');
      }),
      { numRuns: 60 },
    );
  });
});
