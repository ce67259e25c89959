import type { Claim } from './claim.js';
import { msOf } from './instant.js';

/** How long what a feed says takes to us, in seconds: half of it within `p50`, all but a twentieth within `p95`. */
export interface Lag {
  readonly claims: number;
  readonly publishedToRetrieved: { readonly p50: number; readonly p95: number };
  readonly retrievedToRecorded: { readonly p50: number; readonly p95: number };
}

const LAST_CLAIMS = 500;
/** Read later than this after its publication, a claim is out of an archive and tells nothing of the feed's speed. */
const ARCHIVE_SECONDS = 30 * 86_400;

/**
 * The lag of a feed from its last 500 claims with a printed time of publication that we captured ourselves. Null where
 * there is none: that is not known, not zero.
 */
export function lagOf(claims: readonly Claim[]): Lag | null {
  const measured = claims
    .filter(({ captureClass, publishedAt }) => captureClass === 'captured-primary' && publishedAt?.basis === 'printed')
    .filter(({ publishedAt }) => publishedAt!.earliest === publishedAt!.latest)
    .map(({ publishedAt, retrievedAt, recordedAt }) => ({
      waited: (msOf(retrievedAt) - msOf(publishedAt!.latest)) / 1000,
      kept: (msOf(recordedAt) - msOf(retrievedAt)) / 1000,
    }))
    .filter(({ waited, kept }) => waited >= 0 && waited <= ARCHIVE_SECONDS && kept >= 0 && kept <= ARCHIVE_SECONDS)
    .slice(-LAST_CLAIMS);
  if (measured.length === 0) return null;
  return {
    claims: measured.length,
    publishedToRetrieved: quantiles(measured.map(({ waited }) => waited)),
    retrievedToRecorded: quantiles(measured.map(({ kept }) => kept)),
  };
}

function quantiles(seconds: readonly number[]): { p50: number; p95: number } {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!);
  return { p50: at(0.5), p95: at(0.95) };
}
