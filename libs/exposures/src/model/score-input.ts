import {
  byPublication,
  isCredible,
  speaksAsOperator,
  type Claim,
  type CoverageStatement,
  type Instant,
} from '@faultline/evidence';
import { familyOfPeril, type IncidentAccount } from '@faultline/incidents';
import type { CloudRegion } from '@faultline/places';
import {
  DEFAULT_PARAMETERS,
  MODEL_VERSION,
  type AzRecord,
  type ClaimKind,
  type ClaimRecord,
  type IncidentRecord,
  type ReportRecord,
  type ScoreDocument,
  type Severity,
} from '@faultline/scoring';
import { isCondition, isDown } from './condition.js';
import type { Now } from './now.js';
import { toldBy } from './told.js';
import { withinSourceCaps } from './source-caps.js';

/** A field of the model's input that no claim gave, with what stands there instead and why. */
export interface Defaulted {
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

/** Something known that the model was not given, with the named reason. */
export interface LeftOut {
  readonly id: string;
  readonly reason:
    | 'not-a-hostile-act'
    | 'no-mode-stated'
    | 'no-onset'
    | 'no-report-of-the-act'
    | 'zone-permanently-lost'
    | 'no-end-stated'
    | 'belief-not-credited'
    | 'source-cap';
  readonly text: string;
}

/** The model's input for one cloud region, and where each part of it comes from. */
export interface ScoreInput {
  readonly document: ScoreDocument;
  readonly defaulted: readonly Defaulted[];
  readonly leftOut: readonly LeftOut[];
  /** Claims behind each incident and each claim of the document, by the id it has there. */
  readonly evidence: ReadonlyMap<string, { readonly label: string; readonly claimIds: readonly string[] }>;
  readonly zonesLeft: number;
}

const REFERENCE_ZONES = 3;
const MAX_ZONES = 12;

type AttackClaim = Extract<Claim, { predicate: 'attack' }>;

/**
 * Makes the model's input for a region from what is visible. Pure, and honest about its gaps: every field that no claim
 * gave is listed as defaulted, every incident the model does not take is listed with the reason.
 */
export function scoreInputOf(
  region: CloudRegion,
  now: Now,
  incidents: readonly IncidentAccount[],
  visible: readonly Claim[],
  conflictCoverage: CoverageStatement,
  asOf: Instant,
): ScoreInput {
  const defaulted: Defaulted[] = [];
  const leftOut: LeftOut[] = [];
  const evidence = new Map<string, { label: string; claimIds: string[] }>();
  const azs = zonesOf(region, now, asOf, defaulted, leftOut);
  const zoneIds = new Set(azs.map((az) => az.id));
  const told = toldBy(visible);
  const { standingIds } = told;
  const beliefs = [...told.of('alleged-target-reason'), ...told.of('declared-threat')].sort(byPublication);
  const reportOf = (claim: Claim) => reportAt(claim, asOf);
  const incidentRecords = incidentsOf(
    region,
    incidents,
    { zoneIds, standingIds, reportOf },
    { defaulted, leftOut, evidence },
  );
  const claims = beliefsOf(region, beliefs, reportOf, leftOut, evidence);
  defaultRest(region, azs, conflictCoverage, defaulted);
  const document: ScoreDocument = {
    schema: MODEL_VERSION,
    as_of: asOf,
    theatres: [
      {
        id: region.country,
        coverage_start: conflictCoverage.from ?? asOf,
        coverage_end: conflictCoverage.to ?? asOf,
      },
    ],
    regions: [{ id: region.id, theatre: region.country, capacity_mw: DEFAULT_PARAMETERS.ref_mw, azs }],
    incidents: incidentRecords,
    claims,
  };
  return { document, defaulted, leftOut, evidence, zonesLeft: azs.length };
}

function zonesOf(region: CloudRegion, now: Now, asOf: Instant, defaulted: Defaulted[], leftOut: LeftOut[]): AzRecord[] {
  const known = now.zones.map((zone) => zone.id);
  const count = region.zoneIds.length > 0 ? known.length : Math.max(known.length, region.zoneCount ?? REFERENCE_ZONES);
  const unnamed = Array.from(
    { length: count - known.length },
    (_, index) => `${region.id}/zone-${known.length + index + 1}`,
  );
  const ids = [...known, ...unnamed];
  if (unnamed.length > 0) {
    defaulted.push({
      field: 'zones',
      value: `${unnamed.length}, unnamed`,
      reason:
        region.zoneCount === null
          ? 'the operator publishes no number of zones: the reference region’s'
          : 'zone ids are not published',
    });
  }
  const ofRegion = now.stated?.claim.subject === region.id && speaksAsOperator(now.stated.claim);
  const isLost = now.state === 'permanently-lost' && ofRegion;
  const lost = isLost ? ids : now.zones.filter((zone) => zone.alreadyLost).map((zone) => zone.id);
  for (const id of lost) {
    leftOut.push({
      id,
      reason: 'zone-permanently-lost',
      text: `${id} is already lost: it cannot be lost again, shares are those of the zones left`,
    });
  }
  const left = ids.filter((id) => !lost.includes(id)).slice(0, MAX_ZONES);
  const reach = now.reach !== null && now.reach.until > asOf ? now.reach : null;
  const regionDown = now.state === 'unavailable' && now.stated?.claim.subject === region.id;
  return left.map((id) => {
    const zone = now.zones.find((candidate) => candidate.id === id);
    const down = regionDown || zone?.state === 'unavailable' || zone?.state === 'impaired';
    if (down && !reach) {
      const end = now.reach
        ? `the end given or assumed, ${now.reach.until.slice(0, 10)}, is past`
        : 'no end or length is stated';
      leftOut.push({
        id,
        reason: 'no-end-stated',
        text: `${id} is down and ${end}: its ongoing loss is not in the figure`,
      });
    }
    if (down && reach?.assumed) {
      defaulted.push({
        field: `zones[${id}].out_until`,
        value: reach.until,
        reason: 'the operator gave a length without a date: publication + 180 days, assumed',
      });
    }
    return {
      id,
      lat: region.lonLat[1],
      lon: region.lonLat[0],
      precision_km: region.precisionKm,
      share: 1 / left.length,
      ...(down && reach ? { out_until: reach.until } : {}),
    };
  });
}

function defaultRest(
  region: CloudRegion,
  azs: readonly AzRecord[],
  coverage: CoverageStatement,
  defaulted: Defaulted[],
): void {
  defaulted.push(
    {
      field: 'capacity_mw',
      value: `${DEFAULT_PARAMETERS.ref_mw} MW`,
      reason: 'capacity is not public: the reference size, so E is shown “at reference size” and ranks nothing',
    },
    {
      field: 'base_value_usd_per_day',
      value: `derived from capacity`,
      reason: 'value is not public: capacity × revenue per MW and year ÷ 365',
    },
    {
      field: 'zones[].position',
      value: `the metro, ± ${region.precisionKm} km`,
      reason: `zone positions are not public: ${region.precisionMethod}`,
    },
    { field: 'failover_share', value: '0', reason: 'no portfolio: nothing known to fail over' },
  );
  if (azs.length > 0) {
    defaulted.push(
      { field: 'zones[].share', value: `1/${azs.length} each`, reason: 'shares of capacity are not public: equal' },
      {
        field: 'quorum',
        value: `${Math.floor(azs.length / 2) + 1} of ${azs.length}`,
        reason: 'not stated: a majority of zones',
      },
    );
  }
  if (coverage.from === null) {
    defaulted.push({
      field: 'theatre.coverage',
      value: 'none',
      reason: 'nobody watches armed conflict here: the long-run rate is the prior, not an observation',
    });
  }
}

/** What is told beside the document. */
interface Told {
  readonly defaulted: Defaulted[];
  readonly leftOut: LeftOut[];
  readonly evidence: Map<string, { label: string; claimIds: string[] }>;
}

interface Given {
  readonly zoneIds: ReadonlySet<string>;
  /** Of the claims that their source has not taken back. */
  readonly standingIds: ReadonlySet<string>;
  readonly reportOf: (claim: Claim) => ReportRecord;
}

function incidentsOf(
  region: CloudRegion,
  incidents: readonly IncidentAccount[],
  { zoneIds, standingIds, reportOf }: Given,
  { defaulted, leftOut, evidence }: Told,
): IncidentRecord[] {
  const sources = new Map<string, string[]>();
  const records = incidents.flatMap((incident): IncidentRecord[] => {
    const here = incident.regionIds.includes(region.id) || incident.countries.includes(region.country);
    if (!here || familyOfPeril(incident.peril) === 'threat') return [];
    const leave = (reason: LeftOut['reason'], text: string): IncidentRecord[] => {
      if (incident.regionIds.includes(region.id) || familyOfPeril(incident.peril) === 'hostile') {
        leftOut.push({ id: incident.id, reason, text: `${incident.title}: ${text}` });
      }
      return [];
    };
    const acts = incident.links
      .map(({ claim }) => claim)
      .filter((claim) => claim.predicate === 'attack')
      .filter(({ id }) => standingIds.has(id));
    const asserted = acts.filter((claim) => claim.stance === 'asserts');
    if (asserted.length === 0) {
      return familyOfPeril(incident.peril) === 'hostile'
        ? leave('no-report-of-the-act', 'a hostile cause is stated, but no report of the act itself')
        : leave('not-a-hostile-act', 'no claim linked to it states a hostile act; the model scores those only');
    }
    if (incident.onset === null) return leave('no-onset', 'nobody says when');
    const telling = mostTelling(asserted);
    evidence.set(incident.id, { label: incident.title, claimIds: acts.map((claim) => claim.id) });
    sources.set(
      incident.id,
      acts.map(({ source }) => source.id),
    );
    const { position } = incident;
    const disrupting = disruptionOf(region, incident, standingIds);
    const severity = disrupting ? SEVERITY_OF_A_HIT : (telling.value.severity as Severity);
    if (disrupting && severity > telling.value.severity) {
      evidence.get(incident.id)!.claimIds.push(disrupting.id);
      defaulted.push({
        field: `incidents[${incident.id}].severity`,
        value: `${severity}`,
        reason: `the act itself is told as severity ${telling.value.severity}; the operator says that it put its own region out of order, so the data center was reached`,
      });
    }
    return [
      {
        id: incident.id,
        occurred_at: incident.onset,
        theatre: region.country,
        mode: telling.value.mode,
        severity,
        reports: acts.map(reportOf),
        ...(position ? { lon: position.lonLat[0], lat: position.lonLat[1], precision_km: position.precisionKm } : {}),
        ...targetsOf(region, asserted, zoneIds),
      },
    ];
  });
  const { kept, beyond } = withinSourceCaps(records, ({ id }) => sources.get(id) ?? []);
  for (const record of beyond) {
    evidence.delete(record.id);
    leftOut.push({
      id: record.id,
      reason: 'source-cap',
      text: `${sources.get(record.id)?.[0] ?? record.reports[0]!.origin} alone tells of more than counts`,
    });
  }
  return kept;
}

/** The gravest act that somebody credible reports; what nobody credible reports counts by its own small weight. */
function mostTelling(acts: readonly AttackClaim[]): AttackClaim {
  const credible = acts.filter(isCredible);
  const pool = credible.length > 0 ? credible : acts;
  return pool.reduce((held, next) => (next.value.severity > held.value.severity ? next : held));
}

/** Severity 3: damage to a data center. */
const SEVERITY_OF_A_HIT = 3;

/**
 * The operator's own statement that a hostile act put this region or a zone of it out of order: it tells both of the act
 * (or names it as the cause) and of the condition, in one incident. An act nearby that did that was not merely nearby,
 * whatever it was seen to strike. Another's word for either is not enough.
 */
function disruptionOf(
  region: CloudRegion,
  incident: IncidentAccount,
  standingIds: ReadonlySet<string>,
): Claim | undefined {
  const words = incident.links
    .map(({ claim }) => claim)
    .filter((claim) => standingIds.has(claim.id) && claim.stance === 'asserts' && speaksAsOperator(claim))
    .filter(({ place }) => place.regionIds.includes(region.id));
  const tellsOfAnAct = words.some(
    (claim) =>
      claim.predicate === 'attack' ||
      (claim.predicate === 'cause' && claim.value.peril !== null && familyOfPeril(claim.value.peril) === 'hostile'),
  );
  if (!tellsOfAnAct) return undefined;
  return words.find((claim) => isCondition(claim) && claim.value.scope === 'subject' && isDown(claim.value.state));
}

function targetsOf(
  region: CloudRegion,
  acts: readonly AttackClaim[],
  zoneIds: ReadonlySet<string>,
): { targets?: readonly string[] } {
  const ours = acts.filter((claim) => claim.place.regionIds.includes(region.id) && isCredible(claim));
  if (ours.length === 0) return {};
  const zones = [...new Set(ours.flatMap((claim) => claim.place.zoneIds))].filter((id) => zoneIds.has(id)).sort();
  return { targets: zones.length > 0 ? zones.map((id) => `${region.id}/${id}`) : [region.id] };
}

/**
 * What an adversary may believe of the region. Never a hosting fact: the document's claim kinds are beliefs, and the
 * model is told only that somebody stated them.
 */
function beliefsOf(
  region: CloudRegion,
  standing: readonly Claim[],
  reportOf: Given['reportOf'],
  leftOut: LeftOut[],
  evidence: Map<string, { label: string; claimIds: string[] }>,
): ClaimRecord[] {
  const groups = new Map<string, { kind: ClaimKind; label: string; claims: Claim[] }>();
  for (const claim of standing) {
    const belief = beliefIn(region, claim);
    if (!belief) continue;
    const group = groups.get(belief.key) ?? { kind: belief.kind, label: belief.label, claims: [] };
    group.claims.push(claim);
    groups.set(belief.key, group);
  }
  return [...groups.values()].flatMap(({ kind, label, claims }): ClaimRecord[] => {
    const first = claims.find((claim) => claim.stance === 'asserts');
    if (!first) {
      leftOut.push({ id: claims[0]!.id, reason: 'belief-not-credited', text: `${label}: only denials are visible` });
      return [];
    }
    evidence.set(first.id, { label, claimIds: claims.map((claim) => claim.id) });
    return [{ id: first.id, region: region.id, kind, reports: claims.map(reportOf) }];
  });
}

function beliefIn(region: CloudRegion, claim: Claim): { key: string; kind: ClaimKind; label: string } | null {
  if (claim.predicate === 'alleged-target-reason' && claim.place.regionIds.includes(region.id)) {
    if (claim.value.reason === 'other') return null;
    return { key: `reason ${claim.value.reason}`, kind: 'mil_ai', label: 'Alleged by an adversary: military use' };
  }
  if (claim.predicate !== 'declared-threat') return null;
  const named = claim.value.operators.includes(region.operatorId) && claim.value.countries.includes(region.country);
  return named
    ? {
        key: `threat ${claim.thread ?? claim.occurredAt?.begin ?? claim.origin}`,
        kind: 'declared_target',
        label: 'Named in a declared threat',
      }
    : null;
}

/** An undated claim is visible at every time, so to the model it is no younger than the time it is asked of. */
function reportAt(claim: Claim, asOf: Instant): ReportRecord {
  const undated = claim.retrievedAt < asOf ? claim.retrievedAt : asOf;
  return {
    id: claim.id,
    origin: claim.origin,
    grade: claim.source.grade,
    stance: claim.stance === 'asserts' ? 1 : -1,
    published_at: claim.publishedAt?.latest ?? undated,
  };
}
