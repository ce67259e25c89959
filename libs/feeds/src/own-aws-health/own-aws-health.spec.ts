import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimDraftSchema, type ClaimDraft, type Instant } from '@faultline/evidence';
import type { ParseOutcome } from '../model/adapter.js';
import { ownAwsHealthFeed } from './index.js';

const NOW: Instant = '2026-11-21T00:00:00.000Z';
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const parse = (text: string, retrievedAt = NOW): ParseOutcome =>
  ownAwsHealthFeed.parse({ bytes: new TextEncoder().encode(text), retrievedAt });
function accepted(value: unknown) {
  const outcome = parse(typeof value === 'string' ? value : JSON.stringify(value));
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome.reason));
  return outcome;
}
interface Envelope {
  readonly detail: Record<string, unknown>;
}
const OPEN = JSON.parse(fixture('eventbridge-open')) as Envelope;
const changed = (detail: Record<string, unknown>) => ({ ...OPEN, detail: { ...OPEN.detail, ...detail } });
const stateOf = (draft: ClaimDraft) => (draft.value as { state?: string }).state;

describe('an event of EventBridge', () => {
  it('is read by the words of its English description, of the zone and region it is of', () => {
    const { items, drafts, quarantined, newestContentAt } = accepted(OPEN);
    expect([items, quarantined, newestContentAt]).toEqual([1, [], '2026-03-01T14:30:00.000Z']);
    expect(drafts.map(({ subject, predicate }) => [subject, predicate])).toEqual([
      ['aws:mec1-az2', 'condition'],
      ['aws:mec1-az2', 'nature'],
    ]);
    expect(drafts[0]).toMatchObject({
      value: { services: ['ec2'] },
      thread: OPEN.detail['eventArn'],
      place: { regionIds: ['aws:me-central-1'], zoneIds: ['aws:mec1-az2'] },
      publishedAt: { latest: '2026-03-01T14:30:00.000Z', basis: 'printed' },
      occurredAt: { begin: '2026-03-01T12:10:00.000Z' },
    });
  });

  it('is the tenant’s: labelled so, without an address, and nothing of accounts or resources', () => {
    const { drafts } = accepted(OPEN);
    for (const draft of drafts) expect(draft).toMatchObject({ tlp: 'TLP:AMBER', url: null, origin: 'aws' });
    expect(JSON.stringify(drafts)).not.toMatch(/111122223333|i-0123456789abcdef0/);
    expect(ownAwsHealthFeed).toMatchObject({ tenantOnly: true, covers: [], url: null });
  });

  it('is one item from its first word to its last, each update a version', () => {
    const [first] = accepted(OPEN).drafts;
    const [later] = accepted(changed({ lastUpdatedTime: 'Sun, 1 Mar 2026 15:30:00 GMT' })).drafts;
    expect(later!.item.id).toBe(first!.item.id);
    expect(later!.item.version).not.toBe(first!.item.version);
    expect(accepted([OPEN, OPEN]).drafts).toHaveLength(2);
  });

  it.each([
    [{ eventTypeCategory: 'scheduledChange' }, 'planned-change'],
    [{ statusCode: 'upcoming' }, 'planned-change'],
    [{ eventTypeCategory: 'accountNotification' }, 'notice-to-the-account'],
    [{ eventTypeCategory: 'of-next-year' }, 'notice-to-the-account'],
  ])('with %j is passed over as %s', (detail, reason) => {
    expect(accepted(changed(detail))).toMatchObject({ drafts: [], quarantined: [], passedOver: { [reason]: 1 } });
  });

  it('without a description is told by its type', () => {
    const [draft] = accepted(changed({ eventDescription: [] })).drafts;
    expect(draft!.value).toMatchObject({ state: 'degraded', text: 'AWS_EC2_OPERATIONAL_ISSUE' });
  });
});

describe('an answer of the Health API', () => {
  it('gives what is over as restored since it ended, and passes over what is no disturbance', () => {
    const { items, drafts, passedOver } = accepted(fixture('details-closed'));
    expect([items, passedOver]).toEqual([4, { 'notice-to-the-account': 1, 'planned-change': 1 }]);
    const conditions = drafts.filter(({ predicate }) => predicate === 'condition');
    expect(conditions.map((draft) => [draft.subject, stateOf(draft)])).toEqual([
      ['aws:me-central-1', 'restored'],
      ['aws', 'investigating'],
    ]);
    expect(conditions[0]).toMatchObject({
      occurredAt: { begin: '2026-03-01T21:20:00.000Z' },
      thread: OPEN.detail['eventArn'],
    });
    // A zone by its letter is another one in every account.
    expect(JSON.stringify(drafts)).not.toContain('me-central-1a');
  });

  it('without details is read as well', () => {
    const { successfulSet } = JSON.parse(fixture('details-closed')) as { successfulSet: { event: unknown }[] };
    expect(accepted({ events: successfulSet.map(({ event }) => event) }).drafts).toHaveLength(2);
    expect(accepted({ events: [] })).toMatchObject({ items: 0, drafts: [] });
  });
});

describe('what is set aside', () => {
  it.each([
    [{ eventArn: 'arn:aws:s3:::bucket' }, 'field.invalid'],
    [{ eventArn: undefined }, 'field.missing'],
    [{ eventRegion: 'eu-west-1' }, 'field.invalid'],
    [{ statusCode: 'gone' }, 'field.enum'],
    [{ startTime: undefined }, 'time.missing'],
    [{ startTime: '2026-03-01T12:10:00' }, 'time.no_zone'],
    [{ lastUpdatedTime: 'Sun, 1 Mar 2099 14:30:00 GMT' }, 'time.future'],
    [{ startTime: 1 }, 'time.out_of_range'],
    [{ startTime: { toString: 1 } }, 'field.invalid'],
    [{ eventDescription: [{ language: 'en_US', latestDescription: '\u0000' }] }, 'field.invalid_text'],
    [{ eventDescription: [{ language: 'en_US', latestDescription: 'x'.repeat(200_000) }] }, 'field.too_long'],
    [{ service: '<script>' }, 'field.invalid'],
  ])('an event with %j: %s', (detail, code) => {
    const { drafts, quarantined } = accepted(changed(detail));
    expect([drafts, quarantined.map((fault) => fault.code)]).toEqual([[], [code]]);
  });

  it.each([
    ['another source', JSON.stringify({ ...OPEN, source: 'aws.ec2' }), 'feed.wrong_type'],
    ['no object', '"aws.health"', 'feed.wrong_type'],
    ['an empty list', '[]', 'feed.wrong_type'],
    ['nothing', '', 'feed.empty'],
    ['half', fixture('eventbridge-open').slice(0, 900), 'feed.malformed'],
    ['a key twice', '{"source":"aws.health","source":"aws.health","detail":{}}', 'feed.duplicate_key'],
    ['too many', JSON.stringify({ events: Array(1001).fill({}) }), 'feed.too_large'],
  ])('the whole document, where it is %s', (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('harms no other, whatever stands in an event, and every claim is one', () => {
    const name = fc.constantFrom(...Object.keys(OPEN.detail));
    fc.assert(
      fc.property(name, fc.jsonValue(), (field, value) => {
        const other = { eventArn: `${String(OPEN.detail['eventArn'])}-other` };
        const { drafts, items } = accepted([changed({ ...other, [field]: value }), OPEN]);
        expect(items).toBe(2);
        for (const draft of drafts) expect(claimDraftSchema.safeParse(draft).success).toBe(true);
        expect(drafts.length).toBeGreaterThanOrEqual(2);
      }),
    );
    fc.assert(
      fc.property(fc.nat(fixture('eventbridge-open').trim().length - 1), (length) => {
        expect(parse(fixture('eventbridge-open').slice(0, length)).outcome).toBe('quarantined');
      }),
    );
  });
});
