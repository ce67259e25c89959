import { describe, expect, it } from '@jest/globals';
import { coverageOf, feedsAt, type FeedDescriptor, type Poll } from '@faultline/evidence';
import { instant } from '../../../../test/support/claims.js';
import { gapsOf } from './gaps.js';

const FEED: FeedDescriptor = {
  ...{ id: 'board', title: 'A board', licence: 'none', attribution: 'none', redistributable: false },
  ...{ url: 'https://board.example', cadenceSeconds: 300, contentAgeBudgetSeconds: null, operatorIds: null },
  covers: ['provider-outage'],
};

function gapsAt(publicAt: string, polls: readonly (readonly [string, Poll['outcome'], Poll['trigger']?])[]) {
  const made = polls.map(([finished, outcome, trigger = 'schedule']): Poll => ({
    ...{ feedId: FEED.id, trigger, startedAt: instant(finished), finishedAt: instant(finished), outcome },
    ...{ reason: null, captureHash: null, items: 0, claimsNew: 0, claimsRepeated: 0, quarantined: {} },
    ...{ newestContentAt: null, validators: { etag: null, lastModified: null } },
  }));
  const place = { operatorId: 'aws', country: 'AE' };
  const at = instant(publicAt);
  const [statement] = coverageOf(place, feedsAt([FEED], made, at), [], at);
  return gapsOf(statement!, [FEED], made, at).map(
    ({ begin, end, reason }) => `${begin?.slice(11, 16) ?? 'ever'}-${end.slice(11, 16)} ${reason}`,
  );
}

describe('gaps of coverage', () => {
  it('are the whole past where nobody ever looked, a file ingested by hand or not', () => {
    expect(gapsAt('2026-03-01T12:00Z', [])).toEqual(['ever-12:00 never-watched']);
    expect(gapsAt('2026-03-01T12:00Z', [['2026-03-01T10:00Z', 'changed', 'ingest']])).toEqual([
      'ever-12:00 never-watched',
    ]);
  });

  it('are what is before the first, between two, and after the last accepted answer', () => {
    expect(
      gapsAt('2026-03-01T12:00Z', [
        ['2026-03-01T10:00Z', 'changed'],
        ['2026-03-01T10:05Z', 'unchanged'],
        ['2026-03-01T10:10Z', 'failed'],
        ['2026-03-01T10:15Z', 'quarantined'],
        ['2026-03-01T11:00Z', 'unchanged'],
        ['2026-03-01T11:20Z', 'unchanged'],
      ]),
    ).toEqual(['ever-10:00 before-the-watch', '10:05-11:00 no-accepted-answer', '11:20-12:00 after-the-watch']);
  });

  it('are none for a poll or two missed, and not of what came after publicAt', () => {
    expect(
      gapsAt('2026-03-01T10:20Z', [
        ['2026-03-01T10:00Z', 'changed'],
        ['2026-03-01T10:15Z', 'changed'],
        ['2026-03-01T14:00Z', 'changed'],
      ]),
    ).toEqual(['ever-10:00 before-the-watch']);
  });
});
