import { describe, expect, it } from '@jest/globals';
import { claimDraftSchema, type Instant } from '@faultline/evidence';
import { utf16 } from '../document/fixtures/utf16.js';
import { asItStood, parsed, told } from './fixtures/gulf.js';
import { awsHealthFeed } from './index.js';

/** What was new in the document of `instant`, by what each claim says. */
function newAt(instant: Instant, before: Instant | null): string[] {
  const known = new Set(
    before === null ? [] : parsed(asItStood(before), before).drafts.map(({ item }) => JSON.stringify(item)),
  );
  const { drafts } = parsed(asItStood(instant), instant);
  return told(
    drafts.filter(
      ({ item, predicate }) => predicate !== 'advice' && item.part !== 'board' && !known.has(JSON.stringify(item)),
    ),
  );
}

const FIRST = '2026-03-01T13:00:00.000Z';
const SECOND = '2026-03-01T15:00:00.000Z';
const OBJECTS = '2026-03-01T18:00:00.000Z';
const BAHRAIN = '2026-03-02T06:00:00.000Z';
const DRONES = '2026-03-03T01:00:00.000Z';
const MONTHS = '2026-05-01T12:00:00.000Z';

describe('the board of March 2026', () => {
  it('says after the first post that AWS investigates, and no cause, zone or duration', () => {
    expect(newAt(FIRST, null)).toEqual([
      'aws:me-central-1 condition investigating',
      'aws:me-central-1 nature connectivity',
      'aws:me-central-1 nature power',
    ]);
  });

  it('says then which zone the power issue befell, that others work, and still no cause', () => {
    expect(newAt(SECOND, FIRST)).toEqual([
      'aws:me-central-1 condition others operational',
      'aws:me-central-1 condition others operational',
      'aws:mec1-az2 condition impaired',
      'aws:mec1-az2 condition impaired',
      'aws:mec1-az2 nature power',
      'aws:mec1-az2 nature power',
    ]);
  });

  it('says that objects struck, and does not say what they were', () => {
    expect(newAt(OBJECTS, SECOND)).toEqual([
      'aws:me-central-1 condition others operational',
      'aws:me-central-1 duration several hours',
      'aws:me-central-1 nature power',
      'aws:mec1-az2 cause struck-by-objects',
      'aws:mec1-az2 condition impaired',
      'aws:mec1-az2 damage fire',
    ]);
  });

  it('says drone strikes from the day AWS does: three zones impaired, two facilities struck, no zone named for a strike', () => {
    const both = newAt(DRONES, BAHRAIN);
    expect(both.filter((line) => line.includes('condition'))).toEqual([
      'aws:mec1-az1 condition operational',
      'aws:mec1-az1 condition operational',
      'aws:mec1-az2 condition impaired',
      'aws:mec1-az2 condition impaired',
      'aws:mec1-az3 condition impaired',
      'aws:mec1-az3 condition impaired',
      'aws:mes1-az2 condition impaired',
      'aws:mes1-az2 condition impaired',
    ]);
    expect(new Set(both.filter((line) => !line.includes('condition')))).toEqual(
      new Set([
        'aws:me-central-1 cause drone-strike',
        'aws:me-central-1 damage power+structural+water (2)',
        'aws:me-central-1 duration at least a day',
        'aws:me-central-1 means drone',
        'aws:me-central-1 nature power',
        'aws:me-south-1 cause drone-strike',
        'aws:me-south-1 damage power+structural+water',
        'aws:me-south-1 duration at least a day',
        'aws:me-south-1 means drone',
        'aws:me-south-1 nature power',
      ]),
    );
  });

  it('passes on the advice of a post in its words, as advice and nothing else', () => {
    const advice = parsed(asItStood(SECOND), SECOND).drafts.filter(({ predicate }) => predicate === 'advice');
    expect(advice).toMatchObject([
      {
        subject: 'aws:me-central-1',
        locator: '/0/event_log/2',
        value: { text: expect.stringContaining('an alternate AWS Region') },
      },
    ]);
    const [event] = asItStood(FIRST);
    const message =
      'Because of the power issue in mec1-az2 we recommend that customers fail over to another AWS Region.';
    const { drafts } = parsed([{ ...event!, event_log: [{ ...event!.event_log[0]!, message }] }], FIRST);
    expect(told(drafts.filter(({ item }) => item.part !== 'board'))).toEqual([
      'aws:me-central-1 advice',
      'aws:me-central-1 condition degraded',
    ]);
  });

  it('takes a clause to be about its own region where it names that, else about those it names', () => {
    const [event] = asItStood(FIRST);
    const naturesOf = (message: string) =>
      parsed([{ ...event!, event_log: [{ ...event!.event_log[0]!, message }] }], FIRST).drafts.filter(
        ({ predicate }) => predicate === 'nature',
      );
    expect(told(naturesOf('We see connectivity issues between ME-CENTRAL-1 and ME-SOUTH-1.'))).toEqual([
      'aws:me-central-1 nature connectivity',
    ]);
    expect(naturesOf('In ME-SOUTH-1 there is packet loss.')).toMatchObject([
      {
        subject: 'aws:me-south-1',
        item: { part: 'nature:connectivity@aws:me-south-1' },
        thread: null,
        occurredAt: null,
      },
    ]);
  });

  it('names the thread and the start of an event only for what lies in its own region', () => {
    const { drafts } = parsed(asItStood(DRONES), DRONES);
    for (const { place, thread, occurredAt, item } of drafts) {
      const isOwn = item.id.includes(place.regionIds[0]!.slice('aws:'.length));
      expect(thread).toBe(isOwn ? item.id : null);
      expect(occurredAt === null).toBe(!isOwn);
    }
  });

  it('says months later that the regions cannot serve, for several months, and nothing of an end', () => {
    const zombie = parsed(asItStood(MONTHS), '2026-11-21T04:00:00.000Z');
    expect(newAt(MONTHS, DRONES)).toEqual([
      'aws:me-central-1 cause conflict-damage',
      'aws:me-central-1 condition unavailable',
      'aws:me-central-1 duration several months',
      'aws:me-south-1 cause conflict-damage',
      'aws:me-south-1 condition unavailable',
      'aws:me-south-1 duration several months',
    ]);
    expect(zombie.newestContentAt).toBe('2026-04-30T18:00:00.000Z');
    for (const { publishedAt, occurredAt, expiresAt } of zombie.drafts) {
      expect(publishedAt!.latest <= '2026-04-30T18:00:00.000Z').toBe(true);
      expect([occurredAt?.end ?? null, expiresAt]).toEqual([null, null]);
    }
  });

  it('lists the impaired services only beside a young post, as of some time since it', () => {
    const board = (retrievedAt: Instant) =>
      parsed(asItStood(OBJECTS), retrievedAt).drafts.filter(({ item }) => item.part === 'board');
    expect(board(OBJECTS)).toMatchObject([
      {
        subject: 'aws:me-central-1',
        value: { state: 'impaired', services: ['ec2', 'rds'] },
        publishedAt: { earliest: '2026-03-01T17:41:00.000Z', latest: OBJECTS, basis: 'inferred' },
      },
    ]);
    expect(board('2026-03-02T17:41:00.000Z')).toHaveLength(1);
    expect(board('2026-03-02T17:41:00.001Z')).toEqual([]);
  });

  it('reads a status as a number and as a digit alike, from either UTF-16 and from UTF-8', () => {
    const text = JSON.stringify(asItStood(DRONES, 'number'));
    const expected = parsed(asItStood(DRONES, 'string'), DRONES);
    for (const bytes of [utf16(text, 'be'), utf16(text, 'le'), new TextEncoder().encode(text)]) {
      expect(awsHealthFeed.parse({ bytes, retrievedAt: DRONES })).toEqual(expected);
    }
  });

  it('makes claims every reader of claims accepts, each with its place in the document', () => {
    for (const draft of parsed(asItStood(MONTHS), MONTHS).drafts) {
      expect(() => claimDraftSchema.parse(draft)).not.toThrow();
      expect(draft.locator).toMatch(/^\/[01](\/event_log\/\d)?$/);
      expect(draft).toMatchObject({
        origin: 'aws',
        confidence: 0.95,
        tlp: 'TLP:CLEAR',
        captureClass: 'captured-primary',
        stance: 'asserts',
      });
    }
  });

  it('keeps the identity of a post from poll to poll, and gives an edited post another', () => {
    const [event] = asItStood(FIRST);
    const later = asItStood(SECOND)[0]!;
    const idsOf = (events: unknown) =>
      parsed(events, SECOND)
        .drafts.filter(({ item }) => item.part !== 'board')
        .map(({ item }) => JSON.stringify(item));
    expect(idsOf([later])).toEqual(expect.arrayContaining(idsOf([event])));
    const edited = {
      ...event!,
      event_log: [
        { ...event!.event_log[0]!, message: 'We are investigating a power issue in a single Availability Zone.' },
      ],
    };
    expect(idsOf([edited]).filter((id) => idsOf([event]).includes(id))).toEqual([]);
  });
});

describe('what is over', () => {
  const [event] = asItStood(SECOND);
  const closing = {
    summary: '[RESOLVED] Increased Error Rates',
    message: 'Power is back.',
    status: '0',
    timestamp: event!.event_log.at(-1)!.timestamp + 600,
  };

  it('is restored in the region and in every zone that was in trouble', () => {
    const closed = {
      ...event!,
      status: '0',
      summary: closing.summary,
      event_log: [...event!.event_log, closing],
      impacted_services: {},
    };
    const last = parsed([closed], SECOND).drafts.filter(({ locator }) => locator === '/0/event_log/3');
    expect(told(last)).toEqual(['aws:me-central-1 condition restored', 'aws:mec1-az2 condition restored']);
  });

  it('is told by a 0 only after trouble: before it, 0 is a board without trouble', () => {
    const early = { ...closing, summary: 'Planned work', message: 'Nothing is amiss.', timestamp: Number(event!.date) };
    const bare = { ...event!, status: '0', impacted_services: {} };
    expect(told(parsed([{ ...bare, event_log: [early] }], SECOND).drafts)[0]).toBe(
      'aws:me-central-1 condition operational',
    );
    const late = { ...early, timestamp: closing.timestamp };
    const last = parsed([{ ...bare, event_log: [event!.event_log[0]!, late] }], SECOND).drafts;
    expect(told(last.filter(({ locator }) => locator === '/0/event_log/1'))).toEqual([
      'aws:me-central-1 condition restored',
    ]);
  });

  it('says nothing of a zone of another region, however much was said of it before', () => {
    const events = asItStood(DRONES);
    const end = { ...closing, timestamp: events[0]!.event_log.at(-1)!.timestamp + 600 };
    const closed = { ...events[0]!, status: '0', summary: closing.summary, event_log: [...events[0]!.event_log, end] };
    const restored = parsed([closed], '2026-03-03T02:00:00.000Z').drafts.filter(
      (draft) => draft.predicate === 'condition' && draft.value.state === 'restored',
    );
    expect(told(restored)).toEqual([
      'aws:me-central-1 condition restored',
      'aws:mec1-az2 condition restored',
      'aws:mec1-az3 condition restored',
    ]);
  });

  it('is restored too where only the event says so, at some time before we saw it', () => {
    const closed = { ...event!, status: '0', summary: closing.summary, impacted_services: {} };
    const retrievedAt = '2026-06-01T00:00:00.000Z';
    const board = parsed([closed], retrievedAt).drafts.filter(({ item }) => item.part.startsWith('board'));
    expect(told(board)).toEqual(['aws:me-central-1 condition restored', 'aws:mec1-az2 condition restored']);
    expect(board[0]!.publishedAt).toEqual({
      earliest: '2026-03-01T14:09:00.000Z',
      latest: retrievedAt,
      basis: 'inferred',
    });
  });
});
