import {
  ageHours,
  challengesIn,
  basisOf,
  byPublication,
  isBackfilled,
  type Claim,
  type Coordinates,
  type CoverageStatement,
  type Instant,
} from '@faultline/evidence';
import { aheadOf, type Ahead, type ScoreInput } from '@faultline/exposures';
import type { Sha256 } from '@faultline/ledger';
import type { CitedClaim, Report } from './report-schema.js';

// What a report says that follows from the rest of it. The builder and the verifier both call these: whatever is made
// here can be made again from report.json alone.

/** Ahead as the report writes it: a copy, so that nothing but JSON is in it. */
export function aheadPart(ahead: Ahead): Report['ahead'] {
  const scorePart = (scored: NonNullable<Ahead['likelihood']>) => ({
    ...scored,
    contributions: scored.contributions.map((contribution) => ({
      ...contribution,
      claimIds: [...contribution.claimIds],
      parts: contribution.parts.map((part) => ({ ...part, claimIds: [...part.claimIds] })),
    })),
  });
  return {
    ...ahead,
    likelihood: ahead.likelihood && scorePart(ahead.likelihood),
    exposureAtReferenceSize: ahead.exposureAtReferenceSize && scorePart(ahead.exposureAtReferenceSize),
    probabilities: ahead.probabilities.map((probability) => ({ ...probability })),
  };
}

/** Scores a report's own input document again. @throws what the model throws for a document it refuses. */
export function aheadAgain(sha256: Sha256, { model, coverage }: Pick<Report, 'model' | 'coverage'>): Report['ahead'] {
  const conflict = coverage.find(({ incidentClass }) => incidentClass === 'armed-conflict');
  if (conflict === undefined) throw new Error('got no coverage of armed conflict, wanted one statement');
  const { gaps: _gaps, ...statement } = conflict;
  const input: ScoreInput = {
    document: model.input,
    defaulted: [],
    leftOut: [],
    evidence: new Map(model.evidence.map(({ id, label, claimIds }) => [id, { label, claimIds }])),
    zonesLeft: model.zonesLeft,
  };
  return aheadPart(aheadOf(sha256, input, statement satisfies CoverageStatement));
}

/** What the report rests on: how many of its dated claims were recorded only afterwards. */
export function basisPart(claims: readonly Claim[], cadenceOf: (feedId: string) => number): Report['basis'] {
  const basis = basisOf(claims, cadenceOf);
  const text =
    basis.basis === 'reconstruction'
      ? `Put together afterwards: ${basis.backfilled} of ${basis.claims} dated claims were recorded later than their feed’s cadence after publication.`
      : `Could have been given at the time: all ${basis.claims} dated claims were recorded within their feed’s cadence.`;
  return { ...basis, text };
}

/** What follows from a claim and the report's coordinates. */
export function agePart(
  claim: Claim,
  publicAt: Instant,
  cadenceOf: (feedId: string) => number,
): Pick<CitedClaim, 'ageHours' | 'backfilled'> {
  return {
    ageHours: ageHours(claim.publishedAt?.latest ?? null, publicAt),
    backfilled: isBackfilled(claim, cadenceOf(claim.feedId)),
  };
}

/** The challenges to the claims of a report that stand at its coordinates. */
export function challengesPart(claims: readonly Claim[]): Report['challenges'] {
  const items = [...challengesIn(claims)].flatMap(([ofClaimId, challenges]) =>
    challenges.map(({ challengeId, state, text, by, since }) => ({
      claimId: challengeId,
      ofClaimId,
      state,
      text,
      by,
      since,
    })),
  );
  const open = items.filter(({ state }) => state === 'open').length;
  const text =
    items.length === 0
      ? 'Nobody has challenged a claim of this report.'
      : `${items.length} challenges to claims of this report, ${open} of them open. They change no number.`;
  return { count: items.length, text, items };
}

/** The decisions of reviewers on the incidents of a report, in the order they were made. */
export function decisionsPart(claims: readonly Claim[]): Report['reviewerDecisions'] {
  const items = claims.flatMap((claim) =>
    claim.predicate === 'review'
      ? [
          {
            claimId: claim.id,
            decision: claim.value.decision,
            incidentIds: [...claim.value.incidentIds],
            text: claim.value.text,
            by: claim.source.name,
          },
        ]
      : [],
  );
  const text =
    items.length === 0
      ? 'No reviewer has decided on the incidents of this report: links and statuses are computed from the claims.'
      : `${items.length} decisions of reviewers on the incidents of this report; of two on one thing the later holds.`;
  return { count: items.length, text, items };
}

/** What is claimed to be hosted in the region, by the claims of a report. */
export function hostingClaimsPart(claims: readonly Claim[], regionId: string): Report['hosting']['claims'] {
  return claims.flatMap((claim) =>
    claim.predicate === 'hosting' && claim.place.regionIds.includes(regionId)
      ? [{ claimId: claim.id, subject: claim.subject, stance: claim.stance, text: claim.value.text }]
      : [],
  );
}

/** The dated claim that was published first, and its age at publicAt. */
export function oldestInputOf(claims: readonly Claim[], publicAt: Instant): Report['oldestInput'] {
  const [oldest] = claims.filter((claim) => claim.publishedAt !== null).sort(byPublication);
  if (!oldest?.publishedAt) return null;
  const { latest } = oldest.publishedAt;
  return { claimId: oldest.id, publishedAt: latest, ageHours: ageHours(latest, publicAt) ?? 0 };
}

/** The day from which the parameters of a model version stood as they are. */
const PARAMETERS_STAND_SINCE: Readonly<Record<string, Instant>> = {
  'faultline-score/1': '2026-11-21T00:00:00.000Z',
};

/** Whatever was decided after publicAt and shaped the report all the same. */
export function hindsightOf(
  claims: readonly Claim[],
  { publicAt }: Pick<Coordinates, 'publicAt'>,
  modelVersion: string,
  parameterBasis: Report['model']['parameterBasis'],
): Report['hindsight'] {
  const later = claims.filter((claim) => claim.retrievedAt > publicAt);
  const grades = new Map<string, Claim[]>();
  for (const claim of later) {
    const key = `${claim.source.id} ${claim.source.grade} ${claim.retrievedAt}`;
    grades.set(key, [...(grades.get(key) ?? []), claim]);
  }
  const entries: Report['hindsight'] = [...grades]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, graded]) => {
      const { source, retrievedAt } = graded[0]!;
      return {
        kind: 'grade',
        text: `${source.name}: grade ${source.grade} assigned on ${retrievedAt}`,
        claimIds: graded.map(({ id }) => id),
      };
    });
  const transcribed = later.filter(({ captureClass }) => captureClass === 'transcribed');
  if (transcribed.length > 0) {
    entries.push({
      kind: 'transcription',
      text: 'Transcribed after publicAt: which sentence became which claim was decided then, knowing what came later',
      claimIds: transcribed.map(({ id }) => id),
    });
  }
  const undated = later.filter(({ publishedAt }) => publishedAt === null);
  if (undated.length > 0) {
    entries.push({
      kind: 'undated-reference',
      text: 'Reference facts without a time of publication: read after publicAt, and taken as visible then',
      claimIds: undated.map(({ id }) => id),
    });
  }
  const since = PARAMETERS_STAND_SINCE[modelVersion];
  if (since === undefined || publicAt < since)
    entries.push({ kind: 'model', text: modelWords(modelVersion, parameterBasis), claimIds: [] });
  return entries;
}

function modelWords(modelVersion: string, parameterBasis: Report['model']['parameterBasis']): string {
  const fitted = Object.entries(parameterBasis)
    .filter(([, { reason }]) => reason.includes('Gulf'))
    .map(([name]) => name)
    .sort();
  return `The parameters of ${modelVersion} were chosen after the strikes of March 2026, ${fitted.join(', ')} from those strikes themselves: nobody could have computed these numbers at publicAt`;
}
