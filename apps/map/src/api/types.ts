/** The answers of the service as the map reads them, one type per named schema of its OpenAPI document. */

export interface Coordinates {
  validAt: string;
  publicAt: string;
  position: number;
  basis: 'contemporaneous' | 'reconstruction';
  claims: number;
  backfilled: number;
  undated: number;
}

export interface Source {
  id: string;
  name: string;
  class: string;
  grade: string;
}

export interface Claim {
  id: string;
  feedId: string;
  subject: string;
  predicate: string;
  stance: 'asserts' | 'denies';
  text: string;
  value: Record<string, unknown>;
  source: Source;
  origin: string;
  url: string | null;
  locator: string | null;
  place: { regionIds: string[]; zoneIds: string[]; countries: string[] };
  occurredAt: { begin: string | null; end: string | null } | null;
  publishedAt: { earliest: string; latest: string; basis: string } | null;
  retrievedAt: string;
  recordedAt: string;
  position: number;
  backfilled: boolean;
  captureClass: string;
  captureHash: string;
  status: 'reported' | 'corroborated' | 'confirmed' | 'disputed' | 'denied' | 'retracted';
  freshness: 'fresh' | 'aging' | 'stale' | 'unknown' | 'future';
  ageHours: number | null;
  tlp: string;
}

export interface NowSummary {
  state:
    | 'permanently-lost'
    | 'unavailable'
    | 'impaired'
    | 'degraded'
    | 'investigating'
    | 'recovering'
    | 'contested'
    | 'restored'
    | 'no-impairment-stated'
    | 'unmonitored';
  label: string;
  since: string | null;
  statedBy: Source | null;
  statedAt: string | null;
  ageHours: number | null;
  freshness: Claim['freshness'];
  demoted: boolean;
  zonesTotal: number | null;
  zonesDown: number;
  zonesLost: number;
  quorum: 'held' | 'lost' | 'not-known';
  quorumText: string;
}

export interface AheadSummary {
  outcome: 'scored' | 'prior-only' | 'frozen' | 'no-forward-score' | 'failed';
  reason: string;
  likelihoodScore: number | null;
  likelihoodBand: 'minimal' | 'low' | 'moderate' | 'high' | 'severe' | null;
  probability30: { p05: number; p50: number; p95: number; pDamage: number } | null;
}

export interface ExposureSummary {
  regionId: string;
  name: string;
  operatorId: string;
  partitionId: string;
  metro: string;
  country: string;
  lonLat: [number, number];
  precisionKm: number;
  now: NowSummary;
  ahead: AheadSummary;
  coverage: 'watched' | 'partly' | 'stale' | 'failing' | 'record-only' | 'unmonitored';
}

export interface ZoneNow {
  id: string;
  state: NowSummary['state'] | 'no-statement';
  label: string;
  text: string | null;
  claimId: string | null;
  source: Source | null;
  statedAt: string | null;
  ageHours: number | null;
  freshness: Claim['freshness'] | null;
  alreadyLost: boolean;
}

export interface Contribution {
  factor: string;
  label: string;
  points: number;
  shownPoints: number;
  claimIds: string[];
  parts: { id: string; label: string; points: number; claimIds: string[] }[];
}

export interface Score {
  score: number;
  shownScore: number;
  band: 'minimal' | 'low' | 'moderate' | 'high' | 'severe';
  reference: number;
  shownReference: number;
  interval: { p05: number; p50: number; p95: number } | null;
  contributions: Contribution[];
}

export interface Probability {
  horizonDays: number;
  pDamage: number;
  pOutage: number;
  p05: number;
  p50: number;
  p95: number;
}

export interface Ahead extends AheadSummary {
  likelihood: Score | null;
  exposureAtReferenceSize: Score | null;
  probabilities: Probability[];
  frozenSince: string | null;
  modelVersion: string;
  parameterHash: string;
  inputHash: string;
  limits: string[];
}

export interface Position {
  lonLat: [number, number];
  precisionKm: number;
  method: string;
}

export interface Statement {
  claimId: string;
  text: string;
  key: string;
  stance: 'asserts' | 'denies';
  status: Claim['status'];
  source: Source;
  publishedAt: string | null;
  ageHours: number | null;
}

export interface Aspect {
  aspect: 'act' | 'nature' | 'cause' | 'means' | 'damage' | 'zones' | 'duration' | 'attribution' | 'motive';
  outcome: 'stated' | 'not-stated' | 'contested';
  statedByOperator: boolean;
  statements: Statement[];
}

export interface IncidentSummary {
  id: string;
  title: string;
  peril: string;
  lifecycle: 'unfolding' | 'ongoing' | 'recovering' | 'resolved' | 'permanent-loss' | 'retracted';
  status: Claim['status'];
  onset: string | null;
  lastStatementAt: string | null;
  regionIds: string[];
  zoneIds: string[];
  countries: string[];
  position: Position | null;
  severity: number | null;
  claimCount: number;
  originCount: number;
  freshness: string;
}

export interface Coincident {
  incident: IncidentSummary;
  link: 'no link asserted';
  reason: string;
}

export interface Incident extends IncidentSummary {
  aspects: Aspect[];
  links: { claimId: string; score: number; reasons: string[] }[];
  claims: Claim[];
  coincident: Coincident[];
  revision: number | null;
}

export interface CloudRegion {
  id: string;
  name: string;
  operatorId: string;
  partitionId: string;
  metro: string;
  country: string;
  lonLat: [number, number];
  precisionKm: number;
  precisionMethod: string;
  zoneIds: string[];
  zoneCount: number | null;
  listed: string;
  claimId: string;
  source: string;
  sourceUrl: string | null;
  retrievedAt: string;
}

export interface CoverageCell {
  incidentClass: string;
  state: 'watched' | 'stale' | 'failing' | 'record-only' | 'unmonitored';
  feedIds: string[];
  from: string | null;
  to: string | null;
  text: string;
}

export interface Coverage {
  regionId: string;
  classes: CoverageCell[];
}

export interface Exposure {
  region: CloudRegion;
  now: NowSummary & {
    zones: ZoneNow[];
    against: Statement[];
    operatorsWord: { claimId: string; text: string; publishedAt: string; ageHours: number } | null;
    incidents: Incident[];
    coincident: Coincident[];
  };
  ahead: Ahead;
  yours: { outcome: 'no-portfolio'; text: string };
  notKnown: { aspect: string; text: string }[];
  defaulted: { field: string; value: string; reason: string }[];
  leftOut: { id: string; reason: string; text: string }[];
  hosting: { outcome: 'none-found' | 'not-searched' | 'found'; text: string; claimIds: string[] };
  claims: Claim[];
  coverage: CoverageCell[];
}

export interface Feed {
  id: string;
  title: string;
  licence: string;
  attribution: string;
  url: string | null;
  polled: boolean;
  cadenceSeconds: number;
  contentAgeBudgetSeconds: number | null;
  covers: string[];
  health: 'healthy' | 'degraded' | 'failing' | 'stale' | 'never-polled' | 'not-polled';
  reason: string;
  lastPollAt: string | null;
  lastSuccessAt: string | null;
  newestContentAt: string | null;
  contentAgeHours: number | null;
  polls: number;
  failures: number;
  claims: number;
  quarantined: number;
}

export interface TimelineBucket {
  begin: string;
  end: string;
  statements: number;
  firstText: string | null;
}
