import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockOf, claimDraftSchema, standingClaims, type Claim, type ClaimDraft } from '@faultline/evidence';
import type { ParseOutcome, QuarantineCode } from '../model/adapter.js';
import { accepted, document, entries, parse, type Entry } from './fixtures/documents.js';
import { ngaFeed } from './index.js';

const outcome = accepted(document);
const of = (id: string, drafts: readonly ClaimDraft[] = outcome.drafts) => drafts.filter(({ item }) => item.id === id);
const [cable] = entries as [Entry, ...Entry[]];
const only = (changes: Entry) => accepted({ 'broadcast-warn': [{ ...cable, ...changes }] });

describe('the broadcast warnings', () => {
  it('make a claim of each warning and a retraction of each cancellation', () => {
    expect(outcome).toMatchObject({
      items: 11,
      quarantined: [{ code: 'field.invalid', locator: '/broadcast-warn/10/msgNumber' }],
      passedOver: { 'in-force-list': 1 },
      newestContentAt: '2026-07-07T03:15:00.000Z',
    });
    expect(
      outcome.drafts.map((draft) => [
        draft.item.id,
        draft.item.part,
        draft.predicate === 'navigation-warning' ? draft.value.topic : draft.predicate,
      ]),
    ).toEqual([
      ['P-2026-3101', 'warning', 'cable'],
      ['P-2026-3101', 'retraction:P-2026-2990', 'retraction'],
      ['P-2026-3102', 'warning', 'missile'],
      ['4-2026-511', 'warning', 'hazard'],
      ['C-2026-88', 'warning', 'military'],
      ['C-2026-88', 'retraction', 'retraction'],
      ['4-2026-490', 'warning', 'other'],
      ['A-2026-1702', 'warning', 'other'],
      ['A-2026-1702', 'retraction:A-2026-1650', 'retraction'],
      ['A-2026-1702', 'retraction:A-2026-1651', 'retraction'],
      ['A-2026-1702', 'retraction:A-2025-3120', 'retraction'],
      ['A-2026-1703', 'warning', 'military'],
      ['A-2026-1704', 'retraction:A-2026-1688', 'retraction'],
      ['P-2026-3103', 'warning', 'other'],
    ]);
  });

  it('say what is warned of, where, by whom and since when', () => {
    expect(outcome.drafts[0]).toMatchObject({
      item: { id: 'P-2026-3101', version: '2026-07-06T08:10:00.000Z', part: 'warning', revises: true },
      subject: 'nga:P-2026-3101',
      origin: 'navarea-ix',
      locator: '/broadcast-warn/0',
      url: 'https://msi.nga.mil/NavWarnings',
      place: { countries: [], position: { lonLat: [50.66667, 26.25], precisionKm: 9.284 } },
      occurredAt: null,
      publishedAt: { earliest: '2026-07-06T08:10:00.000Z', latest: '2026-07-06T08:10:00.000Z', basis: 'printed' },
      expiresAt: null,
      value: { number: 'HYDROPAC 3101/26(62)' },
    });
    const { value } = outcome.drafts[0] as Extract<ClaimDraft, { predicate: 'navigation-warning' }>;
    expect(value.text).toMatch(/^PERSIAN GULF\.\nBAHRAIN\.\nDNC 10\.\n1\. CABLE OPERATIONS/);
    expect(value.text).toMatch(/\nAuthority: NAVAREA IX 214\/26 060730Z JUL 26\.$/);
  });

  it('end when they say so', () => {
    expect(of('P-2026-3102')).toMatchObject([{ expiresAt: '2026-07-11T14:00:00.000Z' }]);
    expect(of('4-2026-511')).toMatchObject([
      { expiresAt: '2026-08-07T11:00:00.000Z', origin: 'nga', place: { position: { precisionKm: 277.819 } } },
    ]);
  });

  it('are retracted by the entry that says they were cancelled, when that came before their end', () => {
    expect(of('C-2026-88')).toMatchObject([
      { expiresAt: '2026-07-12T22:00:00.000Z' },
      {
        item: { version: '2026-07-05T10:15:00.000Z' },
        publishedAt: { latest: '2026-07-05T10:15:00.000Z' },
        value: { itemId: 'C-2026-88', text: 'HYDROARC 88/26(42) is cancelled by HYDROARC 91/26.' },
      },
    ]);
    const ended = { status: 'C', text: 'SEA. CANCEL THIS MSG 062200Z JUL 26.', cancelDate: '062200Z JUL 2026' };
    expect(only(ended).drafts).toHaveLength(1);
    expect(only({ ...ended, cancelDate: '062159Z JUL 2026' }).drafts).toHaveLength(2);
    expect(only({ ...ended, cancelDate: '062159Z JUL 2026', status: 'A' }).drafts).toHaveLength(1);
    const self = { cancelNavArea: 'P', cancelMsgYear: 2026, cancelMsgNumber: 3101 };
    expect(only({ ...self, status: 'C', text: 'SEA.', cancelDate: '062159Z JUL 2026' }).drafts[1]).toMatchObject({
      value: { text: 'HYDROPAC 3101/26(62) is cancelled.' },
    });
  });

  it('keep the warning of an entry whose cancellation cannot be read', () => {
    expect(only({ status: 'C', cancelDate: '320000Z JUL 2026', text: 'SEA.' })).toMatchObject({
      drafts: [{ predicate: 'navigation-warning' }],
      quarantined: [{ code: 'field.invalid', locator: '/broadcast-warn/0/cancelDate' }],
    });
    expect(only({ status: 'C', cancelDate: '080000Z JUL 2026', text: 'SEA.' }).quarantined).toMatchObject([
      { code: 'time.future' },
    ]);
  });

  it('retract in the block of what they retract, which then stands no more', () => {
    const old = only({ msgNumber: 2990, issueDate: '010810Z JUN 2026', text: 'SEA.' }).drafts[0]!;
    const retraction = outcome.drafts[1]!;
    expect(blockOf(retraction)).toBe(blockOf(old));
    const claims = [old, retraction].map(
      (draft, position) => ({ ...draft, feedId: 'nga', tenantId: 'public', position }) as unknown as Claim,
    );
    expect(standingClaims(claims).map(({ predicate }) => predicate)).toEqual(['retraction']);
  });

  it('have no position where a coordinate cannot be read, and no end before their beginning', () => {
    expect(of('P-2026-3103')).toMatchObject([
      {
        place: { position: null },
        expiresAt: null,
        locator:
          '/broadcast-warn/9 (no position: "20-26.10S" cannot be read; its end "2026-01-01T00:01:00Z" is not after its issue)',
      },
    ]);
    expect(of('A-2026-1702')[0]!.locator).toBe('/broadcast-warn/5 (1 cancellation not read)');
    expect(of('A-2026-1703')).toMatchObject([{ place: { position: null }, locator: '/broadcast-warn/6' }]);
  });

  it('are taken from other names, numbers in words of digits, and areas in Roman numerals', () => {
    const entry = { ...cable, navArea: 'IV', msgYear: '2026', msgNumber: '12', subregion: 24, status: 'in force' };
    for (const list of [{ broadcast_warn: [entry] }, [entry]])
      expect(accepted(list).drafts[0]).toMatchObject({
        item: { id: '4-2026-12' },
        value: { number: 'NAVAREA IV 12/26(24)' },
      });
    expect(only({ issueDate: '2026-07-06' }).drafts[0]).toMatchObject({
      publishedAt: { earliest: '2026-07-05T10:00:00.000Z', latest: '2026-07-07T12:00:00.000Z' },
    });
  });

  it.each<[string, Entry, QuarantineCode]>([
    ['no text', { text: undefined }, 'field.missing'],
    ['an empty text', { text: ' \n\u200b' }, 'field.missing'],
    ['a text with half a character', { text: 'A \ud800' }, 'field.invalid_text'],
    ['a text without end', { text: 'x'.repeat(100_001) }, 'field.too_long'],
    ['an unknown area', { navArea: 'B' }, 'field.enum'],
    ['a year of two digits', { msgYear: 26 }, 'field.range'],
    ['a number in words', { msgNumber: 'ten' }, 'field.invalid'],
    ['no time of issue', { issueDate: null }, 'time.missing'],
    ['an issue to come', { issueDate: '071206Z JUL 2026' }, 'time.future'],
    ['an issue on no day', { issueDate: '310000Z JUN 2026' }, 'field.invalid'],
    ['an issue in 1970', { issueDate: '010000Z JAN 1970' }, 'time.out_of_range'],
    ['an issue without a zone', { issueDate: '2026-07-06T10:00:00' }, 'time.no_zone'],
  ])('set aside one with %s and keep the others', (_, changes, code) => {
    const both = accepted({ 'broadcast-warn': [{ ...cable, ...changes }, entries[6]] });
    expect(both).toMatchObject({ items: 2, drafts: [{ item: { id: 'A-2026-1703' } }], quarantined: [{ code }] });
  });

  it('set aside both of two that bear one number and one time', () => {
    const both = accepted({ 'broadcast-warn': [entries[6], { ...entries[6], text: 'BALTIC SEA.' }] });
    expect(both).toMatchObject({ drafts: [], quarantined: [{ code: 'feed.id_conflict' }] });
  });

  it('lead, and watch nothing', () => {
    expect(ngaFeed).toMatchObject({ id: 'nga', tells: 'leads', covers: ['connectivity'] });
  });
});

describe('a document of another kind', () => {
  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['a page', '<html><title>Login</title></html>', 'feed.wrong_type'],
    ['an answer about an error', '{"status":503}', 'feed.wrong_type'],
    ['a list of something else', '[{"id":1},[2]]', 'feed.wrong_type'],
    ['warnings that are none', '{"broadcast-warn":"none"}', 'feed.wrong_type'],
    [
      'a number twice',
      document.replace('"msgNumber": 3101,', '"msgNumber": 3101, "msgNumber": 3101,'),
      'feed.duplicate_key',
    ],
  ])('is refused: %s', (_, given, code) => {
    expect(parse(given)).toMatchObject({ outcome: 'quarantined', reason: { code } });
  });

  it('may be empty', () => {
    expect(parse({ 'broadcast-warn': [] })).toEqual({
      outcome: 'accepted',
      items: 0,
      drafts: [],
      quarantined: [],
      passedOver: {},
      newestContentAt: null,
    });
  });
});

describe('the broadcast warnings, whatever comes', () => {
  const whole = new TextEncoder().encode(document);
  const expectSound = (given: ParseOutcome) => {
    if (given.outcome === 'accepted')
      for (const draft of given.drafts) expect(claimDraftSchema.safeParse(draft).error).toBeUndefined();
  };
  const setOf = (drafts: readonly ClaimDraft[]) =>
    drafts.map((draft) => JSON.stringify({ ...draft, locator: null })).sort();

  it('are refused when cut', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (cut) => expect(parse(whole.slice(0, cut)).outcome).toBe('quarantined')),
      { numRuns: 300 },
    );
  });

  it('give sound claims when some bytes are changed', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        expectSound(parse(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('give sound claims with any values', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(...entries.flatMap((entry) => Object.values(entry))),
      fc.constantFrom<unknown>({ toString: 'x' }, 1e300, -0, 'NaN', '\u202e', JSON.parse('{"__proto__":{"text":"x"}}')),
    );
    const names = [...Object.keys(cable), '__proto__', 'constructor'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (changes) => {
        const given = JSON.stringify({ 'broadcast-warn': [{ ...cable, ...changes }, entries[6]] });
        expectSound(accepted(given));
      }),
      { numRuns: 500 },
    );
  });

  it('say the same whatever the order, and in pieces', () => {
    const said = setOf(outcome.drafts);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(entries, { minLength: entries.length }),
        fc.nat(entries.length - 1),
        (order, cut) => {
          const list = (some: Entry[]) => accepted({ 'broadcast-warn': some }).drafts;
          expect(setOf(list(order))).toEqual(said);
          expect(setOf([...list(order.slice(0, cut)), ...list([...order.slice(cut)])])).toEqual(said);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('cut what is far too long, and take out what is not seen', () => {
    const [draft] = only({ text: `SEA. \u202e${'X'.repeat(9000)}`, authority: null }).drafts;
    expect(draft!.predicate === 'navigation-warning' && draft!.value.text).toHaveLength(4000);
    expect(draft!.locator).toBe('/broadcast-warn/0 (1 hidden characters removed; cut from 9005 to 4000 characters)');
  });

  it('read a text made to be slow', () => {
    for (const piece of ['1-1', '10-10.0N ', 'CANCEL ', 'HYDROPAC 1/26, ', 'WITHIN 1 MILES OF ', 'NAVAL '])
      expectSound(only({ text: piece.repeat(Math.floor(99_000 / piece.length)) }));
  });
});
