import type { Claim, Grade } from './claim.js';
import { isFooting } from './footing.js';
import { isStake } from './stake.js';

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
  const { source, subject } = claim;
  switch (source.class) {
    case 'provider':
      return subject === source.id || subject.startsWith(`${source.id}:`);
    case 'government':
      return claim.place.countries.some((country) => {
        const own = `gov:${country.toLowerCase()}`;
        return source.id === own || source.id.startsWith(`${own}-`);
      });
    case 'sensor':
      return subject.startsWith(`${source.id}:`);
    case 'research':
    case 'media':
    case 'adversary':
    case 'analyst':
      return false;
  }
}

/** The operator speaking about its own: the only one whose word settles a condition. */
export function speaksAsOperator(claim: Pick<Claim, 'source' | 'subject' | 'place'>): boolean {
  return claim.source.class === 'provider' && speaksOfItsOwn(claim);
}

/** What two claims must share to speak of the same thing: subject, predicate and the stated value, not its wording. */
export function statementKey(claim: Pick<Claim, 'predicate' | 'value' | 'subject'>): string {
  const held = statementKeys.get(claim);
  if (held !== undefined) return held;
  const made = keyOfStatement(claim);
  statementKeys.set(claim, made);
  return made;
}

/** Claims never change, and each is compared with all that speak of the same thing. */
const statementKeys = new WeakMap<object, string>();

function keyOfStatement(claim: Pick<Claim, 'predicate' | 'value' | 'subject'>): string {
  const scope = (claim.value as { scope?: string }).scope === 'other-zones' ? ' of other zones' : '';
  return `${claim.subject} ${claim.predicate} ${valueKey(claim)}${scope}`;
}

/** The stated value in one word, without its wording. */
export function valueKey(claim: Pick<Claim, 'predicate' | 'value'>): string {
  const value = claim.value as Record<string, unknown>;
  // These state several fields at once: two claims say the same only where all of them agree.
  if (isStake(claim.predicate) || isFooting(claim.predicate)) return sortedText(value);
  for (const field of [
    'state',
    'nature',
    'cause',
    'means',
    'actor',
    'reason',
    'phrase',
    'peril',
    'party',
    'what',
    'signal',
    'topic',
  ]) {
    if (typeof value[field] === 'string') return value[field];
  }
  if (Array.isArray(value['kinds'])) return [...(value['kinds'] as string[])].sort().join('+');
  return claim.predicate;
}

function sortedText({ text: _wording, condition: _clause, ...value }: Record<string, unknown>): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field !== 'object' || field === null || Array.isArray(field)
      ? field
      : Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

/** Troubles, each of which the one before it is part of: to deny one is to deny all that are worse. */
const TROUBLES: readonly string[] = ['investigating', 'degraded', 'impaired', 'unavailable', 'permanently-lost'];

/** Whether `denial` denies what `claim` asserts, rather than something else about the same subject. */
export function denies(denial: Claim, claim: Claim): boolean {
  if (denial.stance !== 'denies' || denial.predicate !== claim.predicate || denial.subject !== claim.subject)
    return false;
  if (denial.predicate === 'condition' && claim.predicate === 'condition') {
    const denied = TROUBLES.indexOf(denial.value.state);
    if (denied === -1 || denial.value.scope !== claim.value.scope) return statementKey(denial) === statementKey(claim);
    return TROUBLES.indexOf(claim.value.state) >= denied;
  }
  if (denial.predicate === 'damage' && claim.predicate === 'damage') {
    const { kinds } = claim.value;
    return denial.value.kinds.some((kind) => kinds.includes(kind));
  }
  if (denial.predicate === 'attack' && claim.predicate === 'attack') {
    const perils = [denial.value.peril, claim.value.peril];
    return perils[0] === perils[1] || perils.includes('armed-attack');
  }
  return statementKey(denial) === statementKey(claim);
}

/** The claims that their own source has neither taken back, whichever of the two came first, nor replaced. */
export function standingClaims(claims: readonly Claim[]): Claim[] {
  const takenBack = new Set(claims.filter(isRetraction).map(retractedItem));
  const last = lastVersions(claims);
  if (takenBack.size === 0) return last;
  return last.filter((claim) => claim.predicate === 'retraction' || !takenBack.has(ownItem(claim)));
}

/** Without the versions of an item that a later one revises. Later is what was published later, then what we recorded later. */
export function lastVersions(claims: readonly Claim[]): Claim[] {
  const last = new Map<string, Claim>();
  for (const claim of claims) {
    if (!claim.item.revises) continue;
    const held = last.get(itemKey(claim));
    if (held === undefined || isLater(claim, held)) last.set(itemKey(claim), claim);
  }
  return claims.filter((claim) => !claim.item.revises || last.get(itemKey(claim)) === claim);
}

function itemKey({ tenantId, feedId, item }: Claim): string {
  return `${tenantId} ${feedId} ${item.part.length} ${item.part} ${item.id}`;
}

function isLater(a: Claim, b: Claim): boolean {
  const [x, y] = [a.publishedAt?.latest ?? '', b.publishedAt?.latest ?? ''];
  if (x !== y) return x > y;
  // Never by arrival: of two issues of one instant the same one must win in every order.
  if (a.item.version !== b.item.version) return a.item.version > b.item.version;
  return a.id > b.id;
}

function retractedItem({ feedId, source, value }: Retraction): string {
  return `${feedId} ${source.id} ${value.itemId}`;
}

function ownItem({ feedId, source, item }: Claim): string {
  return `${feedId} ${source.id} ${item.id}`;
}

type Retraction = Extract<Claim, { predicate: 'retraction' }>;

function isRetraction(claim: Claim): claim is Retraction {
  return claim.predicate === 'retraction' && claim.stance === 'asserts';
}

function isRetracted(claim: Claim, retractions: readonly Retraction[]): boolean {
  return retractions.some(
    ({ feedId, source, value }) =>
      claim.predicate !== 'retraction' &&
      value.itemId === claim.item.id &&
      feedId === claim.feedId &&
      source.id === claim.source.id,
  );
}

/**
 * The status of `claim` among `peers`, all visible at the same coordinates and about the same incident or subject.
 * Copies of one origin count once; a party with an interest in the matter corroborates nobody; of what the operator or
 * the competent authority said both ways, the later word counts.
 */
export function claimStatus(claim: Claim, peers: readonly Claim[]): ClaimStatus {
  const retractions = peers.filter(isRetraction);
  if (isRetracted(claim, retractions)) return 'retracted';
  if (claim.stance === 'denies') return 'reported';
  const key = statementKey(claim);
  const alike = peers.filter(
    (peer) =>
      peer.predicate === claim.predicate &&
      peer.subject === claim.subject &&
      isCredible(peer) &&
      !isRetracted(peer, retractions),
  );
  const assertions = alike.filter((peer) => peer.stance === 'asserts' && statementKey(peer) === key);
  const denials = alike.filter((peer) => denies(peer, claim));
  const asserted = lastTold(assertions.filter(settles));
  const denied = lastTold(denials.filter(settles));
  if (denied !== undefined && (asserted === undefined || denied > asserted)) return 'denied';
  if (denials.some((peer) => !settles(peer)) || (denied !== undefined && denied === asserted)) return 'disputed';
  // What others confirm in so many words need not be what an unreliable text meant by them.
  if (!isCredible(claim)) return 'reported';
  if (asserted !== undefined) return 'confirmed';
  const origins = new Set(assertions.filter((peer) => !INTERESTED.has(peer.source.class)).map((peer) => peer.origin));
  return origins.size >= 2 ? 'corroborated' : 'reported';
}

/** The status of each of `claims` among all of them, by id: what `claimStatus` says, without comparing all with all. */
export function claimStatuses(claims: readonly Claim[]): Map<string, ClaimStatus> {
  const retractions = claims.filter(isRetraction);
  const alike = new Map<string, Claim[]>();
  const keyOf = ({ subject, predicate }: Claim) => `${predicate} ${subject}`;
  for (const claim of claims) {
    if (claim.predicate === 'retraction') continue;
    const held = alike.get(keyOf(claim));
    if (held) held.push(claim);
    else alike.set(keyOf(claim), [...retractions, claim]);
  }
  return new Map(claims.map((claim) => [claim.id, claimStatus(claim, alike.get(keyOf(claim)) ?? retractions)]));
}

/** An authority may speak of what happened on its ground, but not of how somebody else's zones are. */
function settles(claim: Claim): boolean {
  return claim.predicate === 'condition' ? speaksAsOperator(claim) : speaksOfItsOwn(claim);
}

function lastTold(claims: readonly Claim[]): string | undefined {
  return claims
    .map((claim) => claim.publishedAt?.latest ?? '')
    .sort()
    .at(-1);
}
