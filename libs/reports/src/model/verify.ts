import { claimDraftSchema, type Claim, tlpOf } from '@faultline/evidence';
import { canonicalJson, hexOf, type Sha256 } from '@faultline/ledger';
import { leafHash } from '@faultline/merkle';
import { firstDifference, pointerOf, shortOf } from './compare.js';
import {
  agePart,
  aheadAgain,
  basisPart,
  challengesPart,
  decisionsPart,
  hindsightOf,
  hostingClaimsPart,
  oldestInputOf,
} from './derive.js';
import type { Finding } from './finding.js';
import { reportSchema, type CitedClaim, type Report } from './report-schema.js';

export type ReportCheck =
  { readonly outcome: 'sound'; readonly report: Report } | { readonly outcome: 'unsound'; readonly finding: Finding };

/** Carries the first finding out of the checks. */
class Mismatch extends Error {
  constructor(readonly finding: Finding) {
    super();
  }
}

const encoder = new TextEncoder();

/**
 * Checks a report.json against itself: its form, the leaf of every claim, that every number of the score comes out of
 * the input document again, and that everything cited is there. It says nothing of who made it.
 */
export function checkReport(sha256: Sha256, bytes: Uint8Array): ReportCheck {
  try {
    const report = readForm(bytes);
    const claims = report.claims.map((cited, index) => claimOf(sha256, report, cited, index));
    checkOrder(report);
    checkCitations(report, report, [], new Set(report.claims.map(({ id }) => id)));
    checkDerived(report, claims);
    checkStatements(report, claims);
    checkScore(sha256, report, claims);
    return { outcome: 'sound', report };
  } catch (error) {
    if (error instanceof Mismatch) return { outcome: 'unsound', finding: error.finding };
    throw error;
  }
}

function refuse(path: readonly PropertyKey[], got: string, wanted: string): never {
  throw new Mismatch({ file: 'report.json', at: pointerOf(path) || '/', got, wanted });
}

function same(got: unknown, wanted: unknown, path: readonly PropertyKey[]): void {
  const found = firstDifference(got, wanted, path);
  if (found) throw new Mismatch({ file: 'report.json', ...found });
}

function readForm(bytes: Uint8Array): Report {
  const atByte = (byte: number, got: string, wanted: string): never => {
    throw new Mismatch({ file: 'report.json', at: `byte ${byte}`, got, wanted });
  };
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return atByte(firstInvalid(bytes), 'bytes that are no UTF-8', 'UTF-8');
  }
  try {
    value = JSON.parse(text);
  } catch (error) {
    const character = /position (\d+)/.exec((error as Error).message)?.[1];
    const byte = character === undefined ? bytes.length : encoder.encode(text.slice(0, Number(character))).length;
    return atByte(byte, byte === bytes.length ? 'the end' : 'what is no JSON', 'a whole JSON document');
  }
  let canonical: string;
  try {
    canonical = canonicalJson(value);
  } catch (error) {
    return refuse([], `JSON that has no canonical form: ${(error as Error).message}`, 'canonical JSON, RFC 8785');
  }
  if (canonical !== text) {
    let at = 0;
    while (text[at] === canonical[at]) at++;
    const byte = encoder.encode(text.slice(0, at)).length;
    return atByte(byte, shortOf(text.slice(at, at + 20)), `canonical JSON, ${shortOf(canonical.slice(at, at + 20))}`);
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(issue!.path, shortOf(valueAt(value, issue!.path)), `what the form says: ${issue!.message}`);
}

function firstInvalid(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < bytes.length; at++) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true });
    } catch {
      return at;
    }
  }
  return bytes.length;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (held, step) => (typeof held === 'object' && held !== null ? Reflect.get(held, step) : undefined),
    value,
  );
}

/** The claim of a citation, with its leaf made again. */
function claimOf(sha256: Sha256, { coordinates }: Report, cited: CitedClaim, index: number): Claim {
  const path = ['claims', index];
  const { ledger } = cited;
  if (canonicalJson(cited.claim) !== ledger.record) {
    refuse([...path, 'ledger', 'record'], shortOf(ledger.record), 'the text of the object in `claim`');
  }
  const salt = Uint8Array.from(ledger.salt.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const hash = hexOf(leafHash(sha256, encoder.encode(ledger.record), salt));
  same(ledger.leafHash, hash, [...path, 'ledger', 'leafHash']);
  const draft = claimDraftSchema.safeParse(cited.claim);
  if (!draft.success) {
    const [issue] = draft.error.issues;
    return refuse([...path, 'claim', ...issue!.path], 'another form', `a claim: ${issue!.message}`);
  }
  const { feedId, captureHash, retrievedAt } = cited.claim;
  if (typeof feedId !== 'string' || typeof captureHash !== 'string' || typeof retrievedAt !== 'string') {
    return refuse([...path, 'claim'], 'a claim without its capture', 'feedId, captureHash and retrievedAt');
  }
  if (ledger.position >= coordinates.position) {
    refuse([...path, 'ledger', 'position'], `${ledger.position}`, `a position below ${coordinates.position}`);
  }
  const { publishedAt } = draft.data;
  if (publishedAt !== null && publishedAt.latest > coordinates.publicAt) {
    refuse([...path, 'claim', 'publishedAt', 'latest'], publishedAt.latest, `at most ${coordinates.publicAt}`);
  }
  return {
    ...draft.data,
    ...{ id: cited.id, tenantId: 'public', feedId, captureHash, retrievedAt },
    ...{ recordedAt: ledger.recordedAt, position: ledger.position },
  };
}

/** Every id and every position once. */
function checkOrder({ claims }: Report): void {
  const ids = new Set<string>();
  const positions = new Set<number>();
  claims.forEach(({ id, ledger }, index) => {
    if (ids.has(id)) refuse(['claims', index, 'id'], id, 'an id that no other claim has');
    if (positions.has(ledger.position)) {
      refuse(['claims', index, 'ledger', 'position'], `${ledger.position}`, 'a position that no other claim has');
    }
    ids.add(id);
    positions.add(ledger.position);
  });
}

const CITING = new Set(['claimId', 'claimIds', 'against', 'quorumClaimIds']);

function checkCitations(
  report: Report,
  value: unknown,
  path: readonly PropertyKey[],
  known: ReadonlySet<string>,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, held] of Object.entries(value)) {
    const here = [...path, key];
    // The records themselves name what is theirs, the input document repeats ids that are checked with the score.
    if (path.length === 0 && key === 'claims') continue;
    if (path.length === 1 && path[0] === 'model' && (key === 'input' || key === 'parameters')) continue;
    if (!CITING.has(key)) {
      checkCitations(report, held, here, known);
      continue;
    }
    const ids: unknown[] = Array.isArray(held) ? held : held === null ? [] : [held];
    ids.forEach((id, index) => {
      if (typeof id === 'string' && known.has(id)) return;
      refuse(Array.isArray(held) ? [...here, index] : here, shortOf(id), 'the id of a claim in /claims');
    });
  }
}

/** What follows from the claims and the coordinates. */
function checkDerived(report: Report, claims: readonly Claim[]): void {
  const { coordinates, feeds, model, ahead } = report;
  const cadences = new Map(feeds.map(({ id, cadenceSeconds }) => [id, cadenceSeconds]));
  claims.forEach((claim, index) => {
    if (!cadences.has(claim.feedId)) refuse(['feeds'], 'no such feed', `the feed ${claim.feedId} of /claims/${index}`);
  });
  const cadenceOf = (feedId: string) => cadences.get(feedId) ?? 0;
  claims.forEach((claim, index) => {
    const { ageHours, backfilled } = report.claims[index]!;
    same({ ageHours, backfilled }, agePart(claim, coordinates.publicAt, cadenceOf), ['claims', index]);
  });
  same(report.basis, basisPart(claims, cadenceOf), ['basis']);
  same(report.tlp, tlpOf(claims), ['tlp']);
  same(report.oldestInput, oldestInputOf(claims, coordinates.publicAt), ['oldestInput']);
  const hindsight = hindsightOf(claims, coordinates, ahead.modelVersion, model.parameterBasis);
  same(report.hindsight, hindsight, ['hindsight']);
}

/** What is repeated of a claim elsewhere. */
function checkStatements(report: Report, claims: readonly Claim[]): void {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const { subject, hosting } = report;
  const region = byId.get(subject.claimId)!;
  if (region.predicate !== 'place.region')
    refuse(['subject', 'claimId'], region.predicate, 'a claim of a cloud region');
  same(subject.id, region.subject, ['subject', 'id']);
  const { kind: _kind, id: _id, claimId: _claimId, ...fields } = subject;
  const { listed: _listed, ...value } = region.value;
  same(fields, value, ['subject']);
  report.incidents.forEach(({ aspects }, i) =>
    aspects.forEach(({ statements }, j) =>
      statements.forEach(({ claimId, stance }, k) =>
        same(stance, byId.get(claimId)!.stance, ['incidents', i, 'aspects', j, 'statements', k, 'stance']),
      ),
    ),
  );
  same(report.challenges, challengesPart(claims), ['challenges']);
  same(report.reviewerDecisions, decisionsPart(claims), ['reviewerDecisions']);
  same(hosting.claims, hostingClaimsPart(claims, subject.id), ['hosting', 'claims']);
  hosting.searches.forEach((search, index) => {
    const claim = byId.get(search.claimId)!;
    const path = ['hosting', 'searches', index];
    if (claim.predicate !== 'hosting-search') return refuse(path, claim.predicate, 'a search for hosting claims');
    const { searchedFor, searchedIn } = claim.value;
    const publishedAt = claim.publishedAt?.latest ?? null;
    same(search, { claimId: claim.id, searchedFor, searchedIn, publishedAt, retrievedAt: claim.retrievedAt }, path);
  });
}

function checkScore(sha256: Sha256, report: Report, claims: readonly Claim[]): void {
  const { ahead, model, coordinates } = report;
  const hashOf = (value: unknown) => hexOf(sha256(encoder.encode(canonicalJson(value))));
  same(model.input.as_of, coordinates.publicAt, ['model', 'input', 'as_of']);
  same(ahead.inputHash, hashOf(model.input), ['ahead', 'inputHash']);
  same(ahead.parameterHash, hashOf(model.parameters), ['ahead', 'parameterHash']);
  checkSums(ahead);
  checkReports(model.input, claims);
  let again: Report['ahead'];
  try {
    again = aheadAgain(sha256, report);
  } catch (error) {
    return refuse(['model', 'input'], `a document the model refuses: ${(error as Error).message}`, 'one it scores');
  }
  same(ahead.modelVersion, again.modelVersion, ['ahead', 'modelVersion']);
  // Words may be put better in another build; numbers, bands, hashes and claims may not differ.
  same(withoutWords(ahead), withoutWords(again), ['ahead']);
}

function withoutWords({ reason: _reason, ...ahead }: Report['ahead']): unknown {
  const bare = (scored: Report['ahead']['likelihood']) =>
    scored && {
      ...scored,
      contributions: scored.contributions.map(({ label: _label, parts, ...contribution }) => ({
        ...contribution,
        parts: parts.map(({ label: _partLabel, ...part }) => part),
      })),
    };
  return {
    ...ahead,
    likelihood: bare(ahead.likelihood),
    exposureAtReferenceSize: bare(ahead.exposureAtReferenceSize),
  };
}

/** Reference and contributions must add up to the score, exact and as shown. */
function checkSums(ahead: Report['ahead']): void {
  for (const name of ['likelihood', 'exposureAtReferenceSize'] as const) {
    const scored = ahead[name];
    if (scored === null) continue;
    const total = scored.contributions.reduce((sum, { points }) => sum + points, scored.reference);
    const shown = scored.contributions.reduce((sum, { shownPoints }) => sum + shownPoints, scored.shownReference);
    same(scored.score, total, ['ahead', name, 'score']);
    same(scored.shownScore, shown, ['ahead', name, 'shownScore']);
  }
}

interface InputReport {
  readonly id?: unknown;
  readonly origin?: unknown;
  readonly grade?: unknown;
  readonly stance?: unknown;
}

/** Every report the model was given must be a claim of this report, with its origin, grade and stance. */
function checkReports(input: Report['model']['input'], claims: readonly Claim[]): void {
  const byId = new Map<unknown, Claim>(claims.map((claim) => [claim.id, claim]));
  for (const list of ['incidents', 'claims'] as const) {
    const items = input[list];
    if (!Array.isArray(items)) continue;
    items.forEach((item: { reports?: unknown } | null, i) => {
      if (!Array.isArray(item?.reports)) return;
      item.reports.forEach((given: InputReport | null, j: number) => {
        const path = ['model', 'input', list, i, 'reports', j];
        const claim = byId.get(given?.id);
        if (claim === undefined) return refuse([...path, 'id'], shortOf(given?.id), 'the id of a claim in /claims');
        same(given?.origin, claim.origin, [...path, 'origin']);
        same(given?.grade, claim.source.grade, [...path, 'grade']);
        same(given?.stance, claim.stance === 'asserts' ? 1 : -1, [...path, 'stance']);
      });
    });
  }
}
