import path from 'node:path';
import { visibleClaims, type Claim, type ClaimDraft } from '@faultline/evidence';
import { FEEDS, ownDocuments } from '@faultline/feeds';
import { placesOf } from '@faultline/places';
import { stakeOf, type Stake } from '@faultline/workloads';

const ROOT = path.resolve(import.meta.dirname, '../..');
const READ_AT = '2026-11-21T12:00:00.000Z';

/** Drafts as if they had been recorded one after the other. */
export function recorded(drafts: readonly ClaimDraft[], feedId: string, from = 0): Claim[] {
  return drafts.map((draft, index) => ({
    ...draft,
    id: `${feedId} ${draft.item.id} ${draft.item.part}`,
    tenantId: 'public',
    feedId,
    captureHash: '0'.repeat(64),
    retrievedAt: draft.retrievedAt ?? READ_AT,
    recordedAt: READ_AT,
    position: from + index,
  }));
}

/** Every claim of our own data, as if it had been recorded in the order of the feeds. */
export function ownClaims(): Claim[] {
  return ownDocuments(ROOT).flatMap(({ feed, bytes }, index) => {
    const outcome = FEEDS.get(feed.id)!.parse({ bytes, retrievedAt: READ_AT });
    if (outcome.outcome !== 'accepted') throw new Error(`${feed.id}: ${outcome.reason.code}`);
    return recorded(outcome.drafts, feed.id, index * 100_000);
  });
}

/** The stake side of our own data, with `more` claims beside it, as of `at`. */
export function ownStake(more: readonly Claim[] = [], at = READ_AT): Stake {
  const coordinates = { validAt: at, publicAt: at, position: 1_000_000_000 };
  const visible = visibleClaims([...ownClaims(), ...more], coordinates);
  return stakeOf(visible, placesOf(visible), coordinates);
}
