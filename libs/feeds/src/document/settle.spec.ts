import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft } from '@faultline/evidence';
import { settleDrafts } from './settle.js';

function draft(text: string, locator: string, version = '1'): ClaimDraft {
  return {
    item: { id: 'event', version, part: 'advice' },
    subject: 'aws:me-central-1',
    stance: 'asserts',
    place: { regionIds: ['aws:me-central-1'], zoneIds: [], countries: [], position: null },
    thread: 'event',
    source: { id: 'aws', name: 'AWS', class: 'provider', grade: 'A' },
    origin: 'aws',
    url: null,
    locator,
    occurredAt: null,
    publishedAt: null,
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    predicate: 'advice',
    value: { text },
  };
}

describe('settleDrafts', () => {
  it('keeps one of the same draft wherever it stood', () => {
    expect(settleDrafts([draft('move', '/0'), draft('move', '/7')])).toEqual({
      drafts: [draft('move', '/0')],
      quarantined: [],
    });
  });

  it('keeps versions apart', () => {
    expect(settleDrafts([draft('move', '/0'), draft('stay', '/1', '2')]).drafts).toHaveLength(2);
  });

  it('sets both aside where one identity says two things, in either order', () => {
    for (const pair of [
      [draft('move', '/0'), draft('stay', '/1')],
      [draft('stay', '/1'), draft('move', '/0')],
    ]) {
      const settled = settleDrafts(pair);
      expect(settled.drafts).toEqual([]);
      expect(settled.quarantined).toMatchObject([{ code: 'feed.id_conflict' }]);
    }
  });

  it('sets aside what is no valid claim, with the place of it', () => {
    expect(settleDrafts([draft('', '/3')])).toMatchObject({
      drafts: [],
      quarantined: [{ code: 'field.invalid', locator: '/3' }],
    });
  });
});
