import { instantOf, spanOfDate, type Instant } from '@faultline/evidence';

/** Everywhere on Earth a day is over 36 hours after its midnight in UTC. */
const DAY_EVERYWHERE_MS = 36 * 3_600_000;
const CANDIDATE_VERSION = /^\d{2}\.0\d?\.\d{1,2}/;

/**
 * Until when a row was published, for no row says when: the earliest is the day after which it can be told, the latest the
 * release at which it was certainly out. Rows of the annual GED are out by 1 August of the year after. Candidate rows,
 * which a version `26.0.N` or a `code_status` other than Clear gives away, are out by the end of the month after next.
 */
export function releaseOf(
  lastDay: Instant,
  edition: 'annual' | 'candidate',
): { earliest: Instant; latest: Instant; basis: 'inferred' } {
  const [endYear, endMonth] = lastDay.slice(0, 7).split('-').map(Number) as [number, number];
  if (edition === 'candidate') {
    const latest = instantOf(Date.UTC(endYear, endMonth + 2, 0) + DAY_EVERYWHERE_MS);
    return { earliest: lastDay, latest, basis: 'inferred' };
  }
  return { earliest: lastDay, latest: spanOfDate(`${endYear + 1}-08-01`)!.latest, basis: 'inferred' };
}

/** Whether a row is of the monthly Candidate dataset, as far as the row itself tells. */
export function isCandidate({ codeStatus, version }: { codeStatus: string; version: string }): boolean {
  return CANDIDATE_VERSION.test(version) || (codeStatus !== '' && codeStatus.toLowerCase() !== 'clear');
}
