import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { msOf, standingClaims, type Claim, type ClaimDraft } from '@faultline/evidence';
import { FEEDS } from '@faultline/feeds';
import { incidentsAt, type IncidentAccount } from '@faultline/incidents';
import { derivedId, sha256 } from '@faultline/ledger';
import {
  alertHistories,
  boardHistories,
  disasterHistories,
  documentOf,
  quakeHistories,
  type Telling,
} from '../support/told-histories.js';

/** Five kinds of histories make 1,000 of them; `HISTORIES=1000` makes as many of each kind. */
const RUNS = Number(process.env['HISTORIES'] ?? 200);
const SEED = 20_261_121;
const END = '2026-07-01T00:00:00.000Z';
/** Every poll comes later than all that is told: what was public when is then the same whenever it was fetched. */
const FIRST_POLL_MS = Date.UTC(2026, 5, 20);
const POLL_EVERY_MS = 60_000;

/** The whole history in its order as one document of each feed, against its tellings in any order, repeated, in pieces. */
interface Arrival {
  readonly history: readonly Telling[];
  readonly order: readonly number[];
  readonly cuts: readonly number[];
}

function arrivals(histories: fc.Arbitrary<Telling[]>): fc.Arbitrary<Arrival> {
  return histories.chain((history) => {
    const all = history.map((_, index) => index);
    const once = fc.shuffledSubarray(all, { minLength: all.length });
    return fc.record({
      history: fc.constant(history),
      order: fc.tuple(once, fc.shuffledSubarray(all), fc.shuffledSubarray(all)).chain(([first, ...again]) => {
        const told = [...first, ...again.flat()];
        return fc.shuffledSubarray(told, { minLength: told.length });
      }),
      cuts: fc.array(fc.nat(40), { maxLength: 40 }),
    });
  });
}

/** Tellings in the order they come, cut into documents; each document is of one feed. */
function pollsOf({ history, order, cuts }: Arrival): Telling[][] {
  const polls: Telling[][] = [];
  order.forEach((index, step) => {
    const telling = history[index]!;
    const last = polls.at(-1);
    if (last === undefined || cuts.includes(step) || last[0]!.feedId !== telling.feedId) polls.push([telling]);
    else last.push(telling);
  });
  return polls;
}

function inOrder(history: readonly Telling[]): Telling[][] {
  return [...new Set(history.map(({ feedId }) => feedId))].map((feedId) =>
    history.filter((telling) => telling.feedId === feedId),
  );
}

/** Parses documents with the real readers and records what they say as the store does: the first of an identity stays. */
function recorded(polls: readonly (readonly Telling[])[]): Claim[] {
  const held = new Map<string, Claim>();
  polls.forEach((tellings, poll) => {
    const { feedId } = tellings[0]!;
    const retrievedAt = new Date(FIRST_POLL_MS + poll * POLL_EVERY_MS).toISOString();
    const outcome = FEEDS.get(feedId)!.parse({ bytes: documentOf(feedId, tellings), retrievedAt });
    if (outcome.outcome !== 'accepted') throw new Error(`${feedId}: ${JSON.stringify(outcome.reason)}`);
    if (outcome.quarantined.length > 0) throw new Error(`${feedId}: ${JSON.stringify(outcome.quarantined)}`);
    for (const draft of outcome.drafts) {
      const id = claimIdOf(feedId, draft);
      const key = JSON.stringify([feedId, draft.item.id, draft.item.version, draft.item.part]);
      if (held.has(key)) continue;
      held.set(key, {
        ...draft,
        id,
        tenantId: 'public',
        feedId,
        captureHash: String(poll),
        retrievedAt,
        recordedAt: retrievedAt,
        position: held.size,
      });
    }
  });
  return [...held.values()];
}

/** As the store names a claim; the time in the name of one whose publication is only inferred is left out, for it is ours. */
function claimIdOf(feedId: string, { item, publishedAt, occurredAt }: ClaimDraft): string {
  const time = publishedAt?.basis === 'inferred' ? publishedAt.earliest : (publishedAt?.latest ?? occurredAt?.begin);
  return derivedId(sha256, time ? msOf(time) : 0, `claim|public|${feedId}|${item.id}|${item.version}|${item.part}`);
}

/** Without what only tells when and where it came: the rest must be the same. */
function saidBy(claim: Claim): unknown {
  const {
    position: _position,
    recordedAt: _recordedAt,
    retrievedAt: _retrievedAt,
    captureHash: _hash,
    ...said
  } = claim;
  const { publishedAt } = said;
  const isInferred = publishedAt?.basis === 'inferred';
  return {
    ...said,
    locator: null,
    publishedAt: isInferred ? { ...publishedAt, latest: 'by our retrieval' } : publishedAt,
  };
}

function accountWithout(account: IncidentAccount): unknown {
  const lastIsInferred = account.links.some(
    ({ claim }) => claim.publishedAt?.basis === 'inferred' && claim.publishedAt.latest === account.lastStatementAt,
  );
  return {
    ...account,
    lastStatementAt: lastIsInferred ? 'by our retrieval' : account.lastStatementAt,
    links: account.links.map(({ claim, score, reasons }) => [claim.id, score, reasons]).sort(byText),
    aspects: account.aspects.map(({ aspect, outcome, statements }) => [
      aspect,
      outcome,
      statements.map(({ key }) => key).sort(),
    ]),
  };
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Everything that holds in the end, in a form that only its content orders. */
function stateOf(claims: readonly Claim[]) {
  const view = incidentsAt(sha256, claims, { validAt: END, publicAt: END, position: claims.length });
  return {
    claims: claims.map(saidBy).sort(byText),
    standing: standingClaims(claims).map(saidBy).sort(byText),
    incidents: view.incidents.map(accountWithout).sort(byText),
    unlinked: view.unlinked.map(({ id }) => id).sort(),
    kinships: [...view.kinships].sort(byText),
  };
}

/** Nothing that was ever taken back stands, and the last issue of the rest does. */
function expectNothingLost(claims: readonly Claim[]): void {
  const takenBack = new Set(claims.flatMap((claim) => (claim.predicate === 'retraction' ? [claim.value.itemId] : [])));
  const standing = standingClaims(claims);
  for (const { predicate, item } of standing)
    if (predicate !== 'retraction') expect(takenBack.has(item.id)).toBe(false);
  for (const { predicate, item, feedId } of claims) {
    if (predicate === 'retraction' || takenBack.has(item.id)) continue;
    expect(standing.some((claim) => claim.feedId === feedId && claim.item.id === item.id)).toBe(true);
  }
}

const FEED_HISTORIES = [
  ['earthquakes of USGS', quakeHistories],
  ['events of GDACS', disasterHistories],
  ['the board of AWS Health', boardHistories],
  ['CAP alerts', alertHistories],
  [
    'all four together',
    fc.tuple(quakeHistories, disasterHistories, boardHistories, alertHistories).map((told) => told.flat()),
  ],
] as const;

describe(`${RUNS} histories of each kind, in any order, repeated, cut into polls`, () => {
  it.each(FEED_HISTORIES)(
    '%s end in one state',
    (_, histories) => {
      fc.assert(
        fc.property(arrivals(histories), (arrival) => {
          const claims = recorded(pollsOf(arrival));
          expectNothingLost(claims);
          expect(stateOf(claims)).toEqual(stateOf(recorded(inOrder(arrival.history))));
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    900_000,
  );
});

describe('a history', () => {
  it('shows the comparison a claim that is lost, one that is doubled and one that is other', () => {
    const [history] = fc.sample(quakeHistories, { numRuns: 1, seed: SEED }) as [Telling[]];
    const claims = recorded(inOrder(history));
    const [first] = claims as [Claim];
    const state = stateOf(claims);
    expect(stateOf(claims.slice(1))).not.toEqual(state);
    expect(stateOf([...claims, { ...first, id: first.id.replace(/.$/, 'x') }])).not.toEqual(state);
    expect(stateOf([{ ...first, subject: 'usgs:other' }, ...claims.slice(1)])).not.toEqual(state);
  });

  it.each([
    ['a deletion of USGS', quakeHistories, 'usgs'],
    ['a cancellation of CAP', alertHistories, 'cap'],
  ])('%s that comes before all it takes back still takes it back', (_, histories, feedId) => {
    const isRetraction = (telling: Telling) => {
      const retrievedAt = new Date(FIRST_POLL_MS).toISOString();
      const outcome = FEEDS.get(feedId)!.parse({ bytes: documentOf(feedId, [telling]), retrievedAt });
      return outcome.outcome === 'accepted' && outcome.drafts.some(({ predicate }) => predicate === 'retraction');
    };
    let seen = 0;
    for (const history of fc.sample(histories, { numRuns: 100, seed: SEED })) {
      const back = history.filter(isRetraction);
      if (back.length === 0) continue;
      seen += 1;
      const first = [...back, ...history.filter((telling) => !back.includes(telling)).reverse()];
      const claims = recorded(first.map((telling) => [telling]));
      expectNothingLost(claims);
      expect(stateOf(claims)).toEqual(stateOf(recorded(inOrder(history))));
    }
    expect(seen).toBeGreaterThan(20);
  });
});
