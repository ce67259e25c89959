import type { ClaimDraft } from './claim.js';
import { isEntityId } from './stake.js';

/** What a source with ids of its own tells of the world: each occurrence has a thread. */
const MEASURED: ReadonlySet<string> = new Set(['earthquake', 'hazard', 'telemetry']);

/**
 * The block a claim is compared in when incidents are made of claims: claims of different blocks are never linked.
 * A cloud region for what is said of it or its zones; the source's own thread for a natural occurrence; a country, an
 * operator or the subject itself for the rest; an entity of the stake side has a block of its own. A retraction stands where the claim it takes back stands, so it has that
 * claim's subject, place and thread.
 */
export function blockOf(draft: Pick<ClaimDraft, 'predicate' | 'subject' | 'place' | 'thread'>): string {
  if (draft.predicate.startsWith('place.')) return 'place';
  if (draft.predicate === 'review' || draft.predicate === 'challenge') return 'review';
  // By the subject, not the predicate: a retraction stands where the claim it takes back stands.
  if (isEntityId(draft.subject)) return `stake:${draft.subject}`;
  if (MEASURED.has(draft.predicate)) return `thread:${draft.thread ?? draft.subject}`;
  if (draft.predicate === 'declared-threat') return 'threat';
  if (draft.place.regionIds.includes(draft.subject)) return `region:${draft.subject}`;
  const [region] = draft.place.regionIds;
  if (region !== undefined && draft.place.zoneIds.includes(draft.subject)) return `region:${region}`;
  if (draft.predicate === 'retraction' && draft.thread !== null) return `thread:${draft.thread}`;
  return draft.subject.startsWith('country:') ? draft.subject : `subject:${draft.subject}`;
}
