import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockOf, standingClaims, type Claim, type ClaimDraft } from '@faultline/evidence';
import { indexOf, message } from '../../../../test/support/cap-messages.js';
import { capFeed } from './index.js';

const NOW = '2026-06-02T00:00:00.000Z';
const SENDER = 'warnings@example.org';

/** One message of a thread: what it refers to, by place in the history, all earlier than itself. */
interface Told {
  readonly kind: 'Alert' | 'Update' | 'Cancel';
  readonly references: readonly number[];
  /** Minutes after midnight. */
  readonly minute: number;
}

/** Alerts, updates that replace some of what went before, that split one alert or join two, and cancellations. */
const histories = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Told['kind']>('Alert', 'Update', 'Update', 'Update', 'Cancel'),
      references: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      later: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((steps) => {
    const told: Told[] = [];
    let minute = 0;
    for (const { kind, references, later } of steps) {
      minute += later;
      const earlier = told.flatMap(({ minute: held }, index) => (held < minute ? [index] : []));
      told.push(
        earlier.length === 0
          ? { kind: 'Alert', references: [], minute }
          : {
              kind,
              references: kind === 'Alert' ? [] : [...new Set(references.map((at) => earlier[at % earlier.length]!))],
              minute,
            },
      );
    }
    return told;
  });

const nameOf = (index: number) => `m-${index}`;
const sentAt = (minute: number) => `2026-06-01T00:${String(minute).padStart(2, '0')}:00Z`;

function textOf(history: readonly Told[], index: number): string {
  const { kind, references, minute } = history[index]!;
  return message({
    identifier: nameOf(index),
    sender: SENDER,
    sent: sentAt(minute),
    msgType: kind,
    references:
      kind === 'Alert'
        ? null
        : references.map((at) => `${SENDER},${nameOf(at)},${sentAt(history[at]!.minute)}`).join(' '),
    info: { headline: `Storm told by ${index}` },
  });
}

/** Documents parsed in their order and recorded as the store does: an identity already held adds nothing. */
function recorded(documents: readonly (readonly string[])[]): Claim[] {
  const held = new Map<string, ClaimDraft>();
  for (const texts of documents) {
    const document = texts.length === 1 ? texts[0]! : indexOf(texts);
    const outcome = capFeed.parse({ bytes: new TextEncoder().encode(document), retrievedAt: NOW });
    if (outcome.outcome !== 'accepted') throw new Error(outcome.reason.code);
    expect(outcome.quarantined).toEqual([]);
    for (const draft of outcome.drafts) {
      const key = JSON.stringify([draft.item.id, draft.item.version, draft.item.part]);
      const said = (of: ClaimDraft) => JSON.stringify({ ...of, locator: null });
      if (held.has(key)) expect(said(draft)).toBe(said(held.get(key)!));
      else held.set(key, draft);
    }
  }
  return [...held.values()].map((draft, position) => ({
    ...draft,
    id: JSON.stringify(draft.item),
    tenantId: 'public',
    feedId: 'cap',
    captureHash: '',
    retrievedAt: NOW,
    recordedAt: NOW,
    position,
  }));
}

const isReplacement = ({ item }: Claim) => item.version.includes('replaced');

/**
 * What stands, whatever its order and the document it came in. Two updates of one second that name other threads for one
 * alert both end it; which of the two words of it is kept is a tie that evidence breaks by arrival, and says the same.
 */
const stateOf = (claims: readonly Claim[]) =>
  standingClaims(claims)
    .map((claim) => {
      const { item, occurredAt, value } = claim;
      if (isReplacement(claim)) return JSON.stringify([item.id, item.part, occurredAt, value]);
      return JSON.stringify({ ...claim, position: null, locator: null });
    })
    .sort();

const numberOf = (claim: Claim) => Number(claim.item.id.split('-').at(-1));
/** What is told still, without that something is replaced. */
const tellingOf = (claims: readonly Claim[]) =>
  standingClaims(claims)
    .filter((claim) => claim.predicate === 'hazard' && !isReplacement(claim))
    .map(numberOf)
    .sort((a, b) => a - b);

const split = (texts: readonly string[], cuts: readonly number[]) => {
  const documents: string[][] = [[]];
  texts.forEach((text, index) => {
    if (cuts.includes(index) && documents.at(-1)!.length > 0) documents.push([]);
    documents.at(-1)!.push(text);
  });
  return documents;
};

describe('a history of alerts', () => {
  it('ends in one state, in whatever order and however often its messages come', () => {
    const arrival = histories.chain((history) => {
      const all = history.map((_, index) => index);
      return fc.record({
        history: fc.constant(history),
        order: fc
          .tuple(
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray(all),
            fc.shuffledSubarray(all),
          )
          .map(([once, ...again]) => [...once, ...again.flat()]),
        cuts: fc.array(fc.nat(30), { maxLength: 30 }),
      });
    });
    fc.assert(
      fc.property(arrival, ({ history, order, cuts }) => {
        const inOrder = recorded([history.map((_, index) => textOf(history, index))]);
        const shuffled = recorded(
          split(
            order.map((index) => textOf(history, index)),
            cuts,
          ),
        );
        expect(stateOf(shuffled)).toEqual(stateOf(inOrder));
      }),
      { numRuns: 1000 },
    );
  });

  it('tells in the end what no later message replaced or took back, and nothing else', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const superseded = new Set(history.flatMap(({ references }) => references));
        const telling = history.flatMap(({ kind }, index) =>
          kind !== 'Cancel' && !superseded.has(index) ? [index] : [],
        );
        expect(tellingOf(recorded([history.map((_, index) => textOf(history, index))]))).toEqual(telling);
      }),
      { numRuns: 300 },
    );
  });

  const alert: Told = { kind: 'Alert', references: [], minute: 0 };
  const update: Told = { kind: 'Update', references: [0], minute: 1 };
  const one = (history: readonly Told[], indexes: readonly number[]) =>
    recorded(indexes.map((index) => [textOf(history, index)]));

  it('remembers an Update and a Cancel that come before what they speak of', () => {
    expect(tellingOf(one([alert, update], [1, 0]))).toEqual([1]);
    const cancel: Told = { kind: 'Cancel', references: [0, 1], minute: 2 };
    expect(
      stateOf(one([alert, update, cancel], [2, 1, 0])).map((text) => (JSON.parse(text) as Claim).predicate),
    ).toEqual(['retraction', 'retraction']);
  });

  it('does not call what is replaced taken back', () => {
    const claims = one([alert, update], [0, 1]);
    expect(claims.map(({ predicate }) => predicate)).toEqual(['hazard', 'hazard', 'hazard']);
    expect(standingClaims(claims).find((claim) => numberOf(claim) === 0)).toMatchObject({
      occurredAt: { end: '2026-06-01T00:01:00.000Z' },
    });
  });

  it('keeps both of two updates that split one alert', () => {
    expect(tellingOf(one([alert, update, { ...update }], [2, 0, 1]))).toEqual([1, 2]);
  });

  it('stands in the block of the alert it began with', () => {
    const chain = [alert, update, { kind: 'Cancel', references: [0, 1], minute: 2 } as Told];
    expect(new Set(one(chain, [0, 1, 2]).map(blockOf))).toEqual(new Set([`thread:${SENDER},m-0`]));
  });

  it('cuts a circle: of two messages that name each other the later stands', () => {
    const circle = (identifier: string, sent: string, other: string) =>
      message({
        identifier,
        sender: SENDER,
        sent,
        msgType: 'Update',
        references: other,
      });
    const first = circle('m-1', '2026-06-01T01:00:00Z', `${SENDER},m-2,2026-06-01T02:00:00Z`);
    const second = circle('m-2', '2026-06-01T02:00:00Z', `${SENDER},m-1,2026-06-01T01:00:00Z`);
    for (const order of [[[first], [second]], [[second], [first]], [[first, second]]])
      expect(tellingOf(recorded(order))).toEqual([2]);
  });
});
