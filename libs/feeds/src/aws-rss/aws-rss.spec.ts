import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ClaimDraft, Instant } from '@faultline/evidence';
import { asItStood, parsed, told } from '../aws-health/fixtures/gulf.js';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { awsRssFeed } from './index.js';

const NOW = '2026-11-21T00:00:00.000Z';
type Accepted = Extract<ParseOutcome, { outcome: 'accepted' }>;

const fixture = readFileSync(new URL('./fixtures/all-2026.xml', import.meta.url), 'utf8');
const parse = (text: string, retrievedAt: Instant = NOW) =>
  awsRssFeed.parse({ bytes: new TextEncoder().encode(text), retrievedAt });

function accepted(text: string, retrievedAt: Instant = NOW): Accepted {
  const outcome = parse(text, retrievedAt);
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}

const channel = (...items: string[]) =>
  `<rss version="2.0"><channel><title>Amazon Web Services Service Status</title>${items.join('')}</channel></rss>`;
interface Fields {
  title?: string;
  guid?: string;
  pubDate?: string;
  description?: string;
}
const item = (fields: Fields) =>
  `<item>${Object.entries({
    title: 'Service disruption: Increased Error Rates',
    guid: 'https://status.aws.amazon.com/#ec2-eu-west-3_1784559720',
    pubDate: 'Mon, 20 Jul 2026 08:02:00 PDT',
    description: 'We are experiencing increased error rates in the EU-WEST-3 Region.',
    ...fields,
  })
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `<${name}><![CDATA[${text}]]></${name}>`)
    .join('')}</item>`;
const itemsOf = (text: string) => [...text.matchAll(/<item>.*?<\/item>/gs)].map(([whole]) => whole);
const ofService = (drafts: readonly ClaimDraft[], key: string) =>
  drafts.filter(({ item: { id } }) => id.startsWith(key));
const conditions = (drafts: readonly ClaimDraft[]) =>
  drafts
    .filter(({ predicate }) => predicate === 'condition')
    .map((draft) => [
      draft.publishedAt!.latest,
      draft.publishedAt!.basis,
      draft.subject,
      (draft.value as { state: string }).state,
      draft.thread,
    ]);

describe('the fixture as a whole', () => {
  const outcome = accepted(fixture);

  it('takes every post and names the newest', () => {
    expect(outcome).toMatchObject({ items: 16, quarantined: [], newestContentAt: '2026-08-05T01:15:00.000Z' });
    expect(new Set(outcome.drafts.map(({ item: { id } }) => id)).size).toBe(16);
  });

  it('is the word of the operator of its own, of the origin the Health board has', () => {
    for (const draft of outcome.drafts)
      expect(draft).toMatchObject({
        source: { id: 'aws', class: 'provider', grade: 'A' },
        origin: 'aws',
        captureClass: 'captured-primary',
      });
  });
});

describe('the Gulf regions in March 2026', () => {
  const gulf = (until: Instant) =>
    accepted(fixture).drafts.filter(
      ({ item: { id }, publishedAt }) => id.startsWith('multipleservices') && publishedAt!.latest <= until,
    );

  it.each(['2026-03-01T13:00:00.000Z', '2026-03-01T14:00:00.000Z', '2026-03-01T18:00:00.000Z', NOW])(
    'tells by %s what the Health board tells',
    (until) => {
      const board = parsed(asItStood(until), until).drafts.filter(({ item: { part } }) => !part.startsWith('board'));
      const goesOn = (draft: ClaimDraft) =>
        draft.predicate === 'condition' &&
        draft.publishedAt!.latest === '2026-03-01T14:09:00.000Z' &&
        draft.subject === 'aws:mec1-az2';
      expect(told(gulf(until))).toEqual(told(board.filter((draft) => !goesOn(draft))));
    },
  );

  it('mends nothing with words that only say the work goes on', () => {
    const ofZone = gulf('2026-03-01T15:00:00.000Z').filter(({ subject }) => subject === 'aws:mec1-az2');
    expect(conditions(ofZone)).toEqual([
      ['2026-03-01T13:19:00.000Z', 'printed', 'aws:mec1-az2', 'impaired', 'multipleservices-me-central-1 2026-03'],
    ]);
  });

  it('says drone only in the post that says it', () => {
    const drones = (until: Instant) => gulf(until).filter(({ item: { part } }) => /drone/.test(part));
    expect(drones('2026-03-02T23:59:59.999Z')).toEqual([]);
    expect(drones('2026-03-03T00:19:00.000Z').length).toBeGreaterThan(0);
  });
});

describe('a disturbance that is over', () => {
  const drafts = ofService(accepted(fixture).drafts, 'ec2-us-west-2');

  it('is restored when the post says so, and the earlier posts keep their words', () => {
    const printed = conditions(drafts).filter(([, basis]) => basis === 'printed');
    expect(printed).toEqual([
      ['2026-07-20T16:30:00.000Z', 'printed', 'aws:us-west-2', 'restored', 'ec2-us-west-2 2026-07'],
      ['2026-07-20T16:30:00.000Z', 'printed', 'aws:us-west-2', 'restored', 'ec2-us-west-2 2026-06'],
      ['2026-07-20T15:41:00.000Z', 'printed', 'aws:us-west-2', 'impaired', 'ec2-us-west-2 2026-07'],
      ['2026-07-20T15:02:00.000Z', 'printed', 'aws:us-west-2', 'investigating', 'ec2-us-west-2 2026-07'],
    ]);
  });

  it('takes a title changed afterwards as said by the time it was seen, a week after the post at the latest', () => {
    const inferred = drafts.filter(({ publishedAt }) => publishedAt!.basis === 'inferred');
    expect(
      inferred.map(({ publishedAt, occurredAt }) => [publishedAt!.earliest, publishedAt!.latest, occurredAt]),
    ).toEqual([
      ['2026-07-20T15:41:00.000Z', '2026-07-27T15:41:00.000Z', null],
      ['2026-07-20T15:02:00.000Z', '2026-07-27T15:02:00.000Z', null],
    ]);
    const soon = ofService(accepted(fixture, '2026-08-06T00:00:00.000Z').drafts, 'ec2-us-west-2');
    expect(soon).toEqual(drafts);
    const atOnce = accepted(
      channel(item({ title: 'Service disruption: [RESOLVED] Errors', description: 'We are investigating errors.' })),
      '2026-07-20T20:00:00.000Z',
    );
    expect(conditions(atOnce.drafts)).toEqual([
      ['2026-07-20T15:02:00.000Z', 'printed', 'aws:eu-west-3', 'impaired', 'ec2-eu-west-3 2026-07'],
      ['2026-07-20T20:00:00.000Z', 'inferred', 'aws:eu-west-3', 'restored', 'ec2-eu-west-3 2026-07'],
    ]);
  });

  it('is over in the thread of the month it began in', () => {
    expect(conditions(ofService(accepted(fixture).drafts, 'sqs-sa-east-1'))).toEqual([
      ['2026-07-01T00:20:00.000Z', 'printed', 'aws:sa-east-1', 'restored', 'sqs-sa-east-1 2026-07'],
      ['2026-07-01T00:20:00.000Z', 'printed', 'aws:sa-east-1', 'restored', 'sqs-sa-east-1 2026-06'],
      ['2026-06-30T22:50:00.000Z', 'printed', 'aws:sa-east-1', 'degraded', 'sqs-sa-east-1 2026-06'],
    ]);
  });

  it.each([
    ['in the words of the title alone', { title: 'Service is operating normally: Errors', description: '' }],
    [
      'in words the title confirms',
      {
        title: 'Service disruption: [RESOLVED] Errors',
        description: 'As of 1:49 PM PST, we are fully recovered. The Amazon S3 service is operating normally.',
      },
    ],
  ])('is over at its own time, said %s', (_, fields) => {
    expect(conditions(accepted(channel(item(fields))).drafts)[0]).toEqual([
      '2026-07-20T15:02:00.000Z',
      'printed',
      'aws:eu-west-3',
      'restored',
      'ec2-eu-west-3 2026-07',
    ]);
  });
});

describe('one post', () => {
  const first = (fields: Fields) => accepted(channel(item(fields))).drafts[0]!;

  it.each([
    ['Informational message: Errors', 'degraded'],
    ['Service degradation: Errors', 'degraded'],
    ['Performance issues: Errors', 'degraded'],
    ['Service impact: Errors', 'degraded'],
    ['Service disruption: Errors', 'impaired'],
    ['Errors', 'degraded'],
  ])('%s', (title, state) => {
    expect(first({ title })).toMatchObject({
      subject: 'aws:eu-west-3',
      value: { state, services: ['ec2'] },
      item: { id: 'ec2-eu-west-3_1784559720' },
      url: 'https://status.aws.amazon.com/#ec2-eu-west-3_1784559720',
    });
  });

  it('of a service without a region is of AWS as a whole', () => {
    expect(ofService(accepted(fixture).drafts, 'cloudfront')).toMatchObject([
      { subject: 'aws', value: { state: 'investigating', services: ['cloudfront'] }, place: { regionIds: [] } },
    ]);
  });

  it('in two languages is read in English', () => {
    expect(told(ofService(accepted(fixture).drafts, 'ec2-ap-northeast-1'))).toEqual([
      'aws:apne1-az1 condition degraded',
      'aws:apne1-az1 nature connectivity',
    ]);
  });

  it('is of an interval where its date and its guid differ, and of the guid where it has no date', () => {
    expect(first({ pubDate: 'Mon, 20 Jul 2026 09:02:00 PDT' }).publishedAt).toEqual({
      earliest: '2026-07-20T15:02:00.000Z',
      latest: '2026-07-20T16:02:00.000Z',
      basis: 'printed',
    });
    expect(first({ pubDate: '' }).publishedAt).toMatchObject({ latest: '2026-07-20T15:02:00.000Z' });
    const id = 'https://status.aws.amazon.com/#ec2-eu-west-3_100';
    expect(first({ guid: id }).publishedAt).toMatchObject({ earliest: '2026-07-20T15:02:00.000Z' });
  });

  it('has one identity by either scheme, and another for other words', () => {
    const [plain, secure, other] = [
      first({ guid: 'http://status.aws.amazon.com/#ec2-eu-west-3_1784559720' }),
      first({}),
      first({ description: 'We see recovery.' }),
    ];
    expect(plain.item).toEqual(secure.item);
    expect(other.item.id).toBe(secure.item.id);
    expect(other.item.version).not.toBe(secure.item.version);
  });
});

describe('what is set aside', () => {
  it.each<[string, Fields, QuarantineCode, string]>([
    ['no guid', { guid: '' }, 'field.missing', 'guid'],
    ['a guid of another kind', { guid: 'https://example.org/?p=1' }, 'field.invalid', 'guid'],
    ['a guid without a time', { guid: 'https://status.aws.amazon.com/#ec2-us-west-2_outage' }, 'field.invalid', 'guid'],
    ['a date without a zone', { pubDate: '2026-07-20T08:02:00' }, 'time.no_zone', 'pubDate'],
    ['a date in words', { pubDate: 'last Monday' }, 'field.invalid', 'pubDate'],
    ['a date to come', { pubDate: 'Mon, 20 Jul 2027 08:02:00 PDT' }, 'time.future', 'pubDate'],
    ['1970', { pubDate: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 'time.out_of_range', 'pubDate'],
    ['nothing said', { title: '', description: '' }, 'field.missing', 'description'],
    ['an endless text', { description: 'x'.repeat(60_000) }, 'field.too_long', 'description'],
    ['an endless title', { title: 'x'.repeat(60_000) }, 'field.too_long', 'title'],
  ])('%s', (_, fields, code, field) => {
    const outcome = accepted(channel(...itemsOf(fixture).slice(0, 1), item(fields)));
    expect(outcome).toMatchObject({ items: 2, quarantined: [{ code, locator: `/channel/item/1/${field}` }] });
    expect(new Set(outcome.drafts.map(({ item: { id } }) => id)).size).toBe(1);
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<!doctype html><html></html>', 'feed.wrong_type'],
    ['an error document', '<Error><Code>AccessDenied</Code></Error>', 'feed.wrong_type'],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>AWS</title></feed>', 'feed.wrong_type'],
    ['another channel', '<rss><channel><title>Azure Status</title></channel></rss>', 'feed.wrong_type'],
    ['an entity of its own', `<!DOCTYPE r [<!ENTITY a "b">]>${channel()}`, 'feed.doctype_forbidden'],
    ['a cut document', fixture.slice(0, 2000), 'feed.malformed'],
  ])('%s is refused whole', (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('is nothing in an empty channel', () => {
    expect(accepted(channel())).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});
