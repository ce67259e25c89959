import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AWS, by, condition, histories, instant, PAPER, search, UAE } from '../../../../test/support/claims.js';
import { basisOf, byPublication, isBackfilled, visibleClaims } from './as-of.js';

const at = (text: string, position = 100) => ({ validAt: instant(text), publicAt: instant(text), position });

describe('what is visible', () => {
  it('is what had certainly been published, and nothing of the instant after', () => {
    const claim = by(AWS).at('2026-03-01T12:51Z').says(condition('investigating'), UAE);
    expect(visibleClaims([claim], at('2026-03-01T12:50:59.999Z'))).toEqual([]);
    expect(visibleClaims([claim], at('2026-03-01T12:51Z'))).toEqual([claim]);
  });

  it('leaves out a claim of a day until that day is over everywhere', () => {
    const claim = by(PAPER).on('2026-03-01').says(condition('degraded'), UAE);
    expect(visibleClaims([claim], at('2026-03-02T11:59Z'))).toEqual([]);
    expect(visibleClaims([claim], at('2026-03-02T12:00Z'))).toEqual([claim]);
  });

  it('has an undated fact at every time, before all dated ones', () => {
    const undated = by(PAPER).says(search('workloads'), UAE);
    const dated = by(AWS).at('2026-03-01T12:51Z').says(condition('investigating'), UAE);
    expect(visibleClaims([dated, undated], at('2026-03-01T13:00Z'))).toEqual([undated, dated]);
    expect(visibleClaims([dated, undated], at('1999-01-01T00:00Z'))).toEqual([undated]);
  });

  it('is what the ledger of that size held', () => {
    const claims = [3, 4, 5].map((position) =>
      by(AWS).at('2026-03-01T12:51Z').inItem(`item-${position}`).recorded(position).says(condition('degraded'), UAE),
    );
    const positions = (size: number) =>
      visibleClaims(claims, at('2026-03-02T00:00Z', size)).map(({ position }) => position);
    expect([3, 4, 5, 6].map((size) => positions(size).sort())).toEqual([[], [3], [3, 4], [3, 4, 5]]);
  });

  it('lets nothing leak from the future, of publication or of recording', () => {
    const times = fc.constantFrom('2026-03-05T00:00Z', '2026-03-10T06:00Z', '2026-03-20T11:00Z');
    fc.assert(
      fc.property(histories(), times, fc.nat(18), (history, publicAt, position) => {
        const coordinates = at(publicAt, position);
        const claims = history.map((claim, index) => ({ ...claim, position: index }));
        const visible = visibleClaims(claims, coordinates);
        for (const claim of visible) {
          expect(claim.position).toBeLessThan(position);
          expect((claim.publishedAt?.latest ?? '') <= coordinates.publicAt).toBe(true);
        }
        const hidden = claims.filter((claim) => !visible.includes(claim));
        for (const { position: own, publishedAt } of hidden) {
          expect(own >= position || publishedAt!.latest > coordinates.publicAt).toBe(true);
        }
      }),
    );
  });

  it('has one order, whatever order it came in', () => {
    fc.assert(
      fc.property(
        histories().chain((history) =>
          fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
        ),
        ([history, shuffled]) => {
          expect([...shuffled].sort(byPublication)).toEqual([...history].sort(byPublication));
        },
      ),
    );
  });
});

describe('the basis of an answer', () => {
  const published = by(AWS).at('2026-03-01T12:00Z');
  const inTime = published.recorded(0, instant('2026-03-01T12:01Z')).says(condition('degraded'), UAE);
  const late = published.recorded(1, instant('2026-03-01T12:01:00.001Z')).says(condition('impaired'), UAE);
  const undated = by(PAPER).says(search('workloads'), UAE);

  it('knows a claim recorded later than its feed’s cadence after publication', () => {
    expect([inTime, late, undated].map((claim) => isBackfilled(claim, 60))).toEqual([false, true, false]);
  });

  it('is a reconstruction as soon as one claim is backfilled, and says of how many', () => {
    expect(basisOf([inTime, late, undated], () => 60)).toEqual({
      basis: 'reconstruction',
      claims: 2,
      backfilled: 1,
      undated: 1,
    });
    expect(basisOf([inTime, undated], () => 60)).toMatchObject({ basis: 'contemporaneous', claims: 1, backfilled: 0 });
  });

  it('asks each feed for its own cadence', () => {
    const slow = by(PAPER).through('slow').at('2026-03-01T12:00Z').recorded(2, instant('2026-03-01T18:00Z'));
    const cadences: Record<string, number> = { slow: 86_400, record: 60 };
    expect(basisOf([slow.says(condition('degraded'), UAE), late], (feedId) => cadences[feedId]!)).toMatchObject({
      claims: 2,
      backfilled: 1,
    });
  });
});
