import { describe, expect, it } from '@jest/globals';
import { awsHealthFeed } from './index.js';
import { fixture, told, type Accepted } from './fixtures/gulf.js';

const RETRIEVED = '2021-12-07T17:05:00.000Z';

function parse(document: unknown): Accepted {
  const outcome = awsHealthFeed.parse({
    bytes: new TextEncoder().encode(JSON.stringify(document)),
    retrievedAt: RETRIEVED,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const document = JSON.parse(fixture('status-2021.json')) as {
  archive: Record<string, unknown>[];
  current: Record<string, unknown>[];
};
const outcome = parse(document);
const of = (itemId: string) => outcome.drafts.filter(({ item }) => item.id === itemId);

describe('the older document', () => {
  it('takes every event of both its lists', () => {
    expect([outcome.items, outcome.quarantined]).toEqual([4, []]);
    expect(outcome.newestContentAt).toBe('2021-12-07T17:01:30.000Z');
  });

  it('reads what an archived event went through, and that it is over for its region and its zone', () => {
    const drafts = of('ec2-us-west-2/1630435612');
    expect(told(drafts)).toEqual([
      'aws:us-west-2 condition degraded',
      'aws:us-west-2 condition investigating',
      'aws:us-west-2 condition others operational',
      'aws:us-west-2 condition restored',
      'aws:us-west-2 nature connectivity',
      'aws:usw2-az2 condition degraded',
      'aws:usw2-az2 condition restored',
      'aws:usw2-az2 nature connectivity',
    ]);
    const closing = drafts.filter(({ item }) => item.part.startsWith('board'));
    // The last update does not say so itself: the archive does, which is known a day later at the latest.
    expect(closing.map(({ publishedAt }) => publishedAt)).toEqual(
      Array(2).fill({ earliest: '2021-08-31T21:40:59.999Z', latest: '2021-09-01T21:40:59.999Z', basis: 'inferred' }),
    );
  });

  it('dates an update by the minute printed on it, and by the event where that is the same minute', () => {
    const published = of('s3-us-standard/1546242610').map(({ publishedAt }) => publishedAt);
    expect(published).toEqual([
      { earliest: '2018-12-31T07:50:10.000Z', latest: '2018-12-31T07:50:10.000Z', basis: 'printed' },
      { earliest: '2018-12-31T08:20:00.000Z', latest: '2018-12-31T08:20:59.999Z', basis: 'printed' },
    ]);
  });

  it('places US Standard, GovCloud, and a service without a region', () => {
    const subjects = new Map(
      outcome.drafts.map(({ item, subject, place }) => [item.id.split('/')[0], [subject, place.regionIds]]),
    );
    expect(subjects.get('s3-us-standard')).toEqual(['aws:us-east-1', ['aws:us-east-1']]);
    expect(subjects.get('lambda-us-gov-west-1')).toEqual(['aws:us-gov-west-1', ['aws:us-gov-west-1']]);
    expect(subjects.get('management-console')).toEqual(['aws', []]);
  });

  it('reads no words in another language, only the status', () => {
    expect(told(of('lambda-us-gov-west-1/1638896490'))).toEqual(['aws:us-gov-west-1 condition degraded']);
  });

  it('keeps text and no markup', () => {
    for (const draft of outcome.drafts) expect(JSON.stringify(draft.value)).not.toMatch(/<\w|&nbsp;|&amp;/);
    expect(JSON.stringify(outcome.drafts)).toContain('See AWS Support & your account team.');
  });

  it('takes the time between the event and our retrieval where none can be derived', () => {
    const [event] = document.current;
    const undated = {
      ...event!,
      description: '<div><span class="yellowfg">yesterday</span>&nbsp;We are investigating errors.</div>',
    };
    const { drafts, newestContentAt } = parse({ archive: [], current: [undated] });
    expect(drafts[0]).toMatchObject({
      publishedAt: { earliest: '2021-12-07T16:22:56.000Z', latest: RETRIEVED, basis: 'inferred' },
      value: { state: 'investigating' },
    });
    expect(newestContentAt).toBe('2021-12-07T16:22:56.000Z');
  });

  it('sets aside an update from the future and keeps the others', () => {
    const [event] = document.current;
    const late = {
      ...event!,
      description: `${String(event!['description'])}<div><span> 9:30 AM PST</span>&nbsp;Later.</div>`,
    };
    expect(parse({ archive: [], current: [late] })).toMatchObject({
      drafts: [{}, {}],
      quarantined: [{ code: 'time.future', locator: '/current/0/description (update 3)' }],
    });
  });
});
