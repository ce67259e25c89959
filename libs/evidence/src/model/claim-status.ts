import type { Claim, Grade } from './claim.js';

/** Derived from the claims side by side, never typed in. */
export type ClaimStatus = 'reported' | 'corroborated' | 'confirmed' | 'disputed' | 'denied' | 'retracted';

const CREDIBLE: ReadonlySet<Grade> = new Set(['A', 'B', 'C']);
const INTERESTED = new Set(['adversary']);

/** A source grade that lets a claim confirm, deny or corroborate anything. */
export function isCredible(claim: Pick<Claim, 'source'>): boolean {
  return CREDIBLE.has(claim.source.grade);
}

/** The operator or the competent authority speaking about its own. */
export function speaksOfItsOwn(claim: Pick<Claim, 'source' | 'subject' | 'place'>): boolean {
  if (claim.source.class === 'provider') {
    return claim.subject === claim.source.id || claim.subject.startsWith(`${claim.source.id}:`);
  }
  if (claim.source.class === 'government') {
    return claim.place.countries.some((country) => claim.source.id.startsWith(`gov:${country.toLowerCase()}`));
  }
  return claim.source.class === 'sensor' && claim.subject.startsWith(`${claim.source.id}:`);
}

/** What two claims must share to speak of the same thing: subject, predicate and the stated value, not its wording. */
export function statementKey(claim: Pick<Claim, 'predicate' | 'value' | 'subject'>): string {
  return `${claim.subject} ${claim.predicate} ${valueKey(claim)}`;
}

/** The stated value in one word, without its wording. */
export function valueKey(claim: Pick<Claim, 'predicate' | 'value'>): string {
  const value = claim.value as Record<string, unknown>;
  for (const field of ['state', 'nature', 'cause', 'means', 'actor', 'reason', 'phrase', 'peril', 'party', 'what']) {
    if (typeof value[field] === 'string') return value[field];
  }
  if (Array.isArray(value['kinds'])) return [...(value['kinds'] as string[])].sort().join('+');
  return claim.predicate;
}

/**
 * The status of `claim` among `peers`, all visible at the same coordinates and about the same incident or subject.
 * Copies of one origin count once; a party with an interest in the matter corroborates nobody.
 */
export function claimStatus(claim: Claim, peers: readonly Claim[]): ClaimStatus {
  const retracted = peers.some(
    (peer) => peer.predicate === 'retraction' && peer.feedId === claim.feedId && peer.value.itemId === claim.item.id,
  );
  if (retracted) return 'retracted';
  if (claim.stance === 'denies') return 'reported';
  const key = statementKey(claim);
  const same = peers.filter((peer) => peer.predicate === claim.predicate && statementKey(peer) === key);
  const denials = peers.filter(
    (peer) =>
      peer.stance === 'denies' && peer.predicate === claim.predicate && peer.subject === claim.subject && isCredible(peer),
  );
  if (denials.some(speaksOfItsOwn)) return 'denied';
  const confirmed = same.some((peer) => peer.stance === 'asserts' && speaksOfItsOwn(peer));
  if (denials.length > 0) return 'disputed';
  if (confirmed) return 'confirmed';
  const origins = new Set(
    same
      .filter((peer) => peer.stance === 'asserts' && isCredible(peer) && !INTERESTED.has(peer.source.class))
      .map((peer) => peer.origin),
  );
  return origins.size >= 2 ? 'corroborated' : 'reported';
}
