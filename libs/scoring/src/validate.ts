import { CLAIM_KINDS, GRADES, MODEL_VERSION, MODES, SEVERITIES, STANCES, TIERS } from './document.js';
import type { Parameters, ScoreDocument } from './document.js';
import * as field from './fields.js';
import type { Fields } from './fields.js';
import { footprintFault, openRing, unitVector, type Vector } from '@faultline/geo';
import { byId, compareIds } from './identity.js';
import type { Chokepoint, Claim, Incident, IncidentPlace, Region, Report } from './inputs.js';
import type { ScoreInputs, Theatre, Validity, Workload, Zone } from './inputs.js';
import { anyNumber, MAX_ZONES, notNegative, share } from './parameters.js';
import type { Range } from './parameters.js';
import { readParameters } from './parameter-fields.js';
import { resolveReferences } from './references.js';
import type { UnplacedRegion } from './references.js';
import { describe, quote, ScoreInputError } from './score-input-error.js';

/** A year is simulated in memory; more of them than this are refused rather than tried. */
export const MAX_SIMULATED_YEARS = 10_000_000;

const shareTolerance = 1e-9;

const latitude: Range = { wanted: 'degrees from -90 to 90', holds: (value) => Math.abs(value) <= 90 };
const seedRange: Range = {
  wanted: 'a whole number from 0 to 2^53 - 1',
  holds: (value) => Number.isSafeInteger(value) && value >= 0,
};
const yearsRange: Range = {
  wanted: `a whole number from 0 to ${String(MAX_SIMULATED_YEARS)}`,
  holds: (value) => Number.isInteger(value) && value >= 0 && value <= MAX_SIMULATED_YEARS,
};

/**
 * Reads the JSON text of a document.
 *
 * @throws ScoreInputError for the first fault in the order of the text's fields, E1 to E16.
 */
export function parseScoreDocument(text: string): ScoreDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new ScoreInputError('E1', 'document', `text that does not parse (${quote(reason)})`, 'JSON');
  }
  return validateScoreDocument(value);
}

/** Checks a value that claims to be a document and returns it unchanged. @throws ScoreInputError, E1 to E16. */
export function validateScoreDocument(value: unknown): ScoreDocument {
  readInputs(value);
  return value as ScoreDocument;
}

/** Validates a document and puts it into the form the model computes with. @throws ScoreInputError, E1 to E16. */
export function readInputs(document: unknown): ScoreInputs {
  if (!field.isObject(document)) return field.refuse('E1', 'document', document, 'a JSON object');
  const root: Fields = { path: '', values: document };
  const schema = field.optional(root, 'schema');
  if (schema !== undefined && schema !== MODEL_VERSION) field.refuse('E2', 'schema', schema, `"${MODEL_VERSION}"`);
  const { text: asOfText, day: asOfDay } = field.asOf(root);
  const seed = field.numberOr(root, 'seed', seedRange, 0);
  const simulatedYears = field.numberOr(root, 'n_sims', yearsRange, 0);
  const parameters = readParameters(root);
  const list = <T>(name: string, read: (fields: Fields) => T): readonly T[] =>
    field.records(field.listOr(root, name), name, read);

  const inDocumentOrder = {
    theatres: list('theatres', (fields) => readTheatre(fields, asOfDay)),
    regions: list('regions', (fields) => readRegion(fields, parameters)),
    incidents: list('incidents', readIncident),
    claims: list('claims', readClaim),
    workloads: list('workloads', readWorkload),
    chokepoints: list('chokepoints', readChokepoint),
  };
  const regions = resolveReferences(inDocumentOrder);
  return {
    asOfText,
    asOfDay,
    seed,
    simulatedYears,
    parameters,
    theatres: inDocumentOrder.theatres.toSorted(byId),
    regions: regions.map(withSortedZones).toSorted(byId),
    incidents: inDocumentOrder.incidents.toSorted(byId),
    claims: inDocumentOrder.claims.toSorted(byId),
    workloads: inDocumentOrder.workloads.toSorted(byId),
    chokepoints: inDocumentOrder.chokepoints.map(withSortedDependents).toSorted(byId),
  };
}

function withSortedZones(region: Region): Region {
  return { ...region, zones: region.zones.toSorted(byId) };
}

function withSortedDependents(chokepoint: Chokepoint & { readonly theatreId: string }): Chokepoint {
  const dependents = chokepoint.dependents.toSorted(
    (a, b) => compareIds(a.regionId, b.regionId) || a.lossShare - b.lossShare,
  );
  return { ...chokepoint, dependents };
}

function readTheatre(fields: Fields, asOfDay: number): Theatre {
  return {
    id: field.requiredName(fields, 'id'),
    coverageStartDay: field.requiredInstant(fields, 'coverage_start'),
    coverageEndDay: field.optionalInstant(fields, 'coverage_end') ?? asOfDay,
    historyEvents: field.numberOr(fields, 'history_events', notNegative, 0),
    historyYears: field.numberOr(fields, 'history_years', notNegative, 0),
  };
}

function readRegion(fields: Fields, parameters: Parameters): UnplacedRegion {
  const id = field.requiredName(fields, 'id');
  const theatreId = readReference(fields, 'theatre', 'E10', 'the id of a theatre');
  const capacityMw = field.requiredNumber(fields, 'capacity_mw', notNegative);
  const zones = readZones(fields);
  return {
    id,
    theatreId,
    capacityMw,
    zones,
    quorum: readQuorum(fields, zones.length),
    singleAzShare: field.numberOr(fields, 'single_az_share', share, parameters.single_az_share),
    failoverShare: field.numberOr(fields, 'failover_share', share, 0),
    baseValueUsdPerDay: field.numberOr(
      fields,
      'base_value_usd_per_day',
      notNegative,
      (capacityMw * parameters.revenue_per_mw_year_usd) / 365,
    ),
  };
}

function readZones(fields: Fields): readonly Zone[] {
  const list = field.requiredList(fields, 'azs');
  const path = field.pathTo(fields, 'azs');
  if (list.length < 1 || list.length > MAX_ZONES) field.refuse('E8', path, list, `1 to ${String(MAX_ZONES)} zones`);
  const zones = field.records(list, path, readZone);
  const total = zones.reduce((sum, zone) => sum + zone.share, 0);
  if (Math.abs(total - 1) > shareTolerance) {
    throw new ScoreInputError('E7', path, `shares summing to ${String(Number(total.toPrecision(12)))}`, '1 ± 1e-9');
  }
  return zones;
}

const positiveShare: Range = { wanted: 'a share > 0', holds: (value) => value > 0 };

function readZone(fields: Fields): Zone {
  const id = field.requiredName(fields, 'id');
  const lat = field.requiredNumber(fields, 'lat', latitude);
  const lon = field.requiredNumber(fields, 'lon', anyNumber);
  return {
    id,
    at: unitVector(lon, lat),
    share: field.requiredNumber(fields, 'share', positiveShare),
    precisionKm: field.numberOr(fields, 'precision_km', notNegative, 0),
    sharedFate: field.optionalName(fields, 'shared_fate'),
    outUntilDay: field.optionalInstant(fields, 'out_until'),
  };
}

function readQuorum(fields: Fields, zoneCount: number): number {
  const range: Range = {
    wanted: `a whole number from 1 to ${String(zoneCount)}`,
    holds: (value) => Number.isInteger(value) && value >= 1 && value <= zoneCount,
  };
  return field.numberOr(fields, 'quorum', range, Math.floor(zoneCount / 2) + 1, 'E9');
}

function readReference(fields: Fields, name: string, code: 'E10' | 'E11', wanted: string): string {
  const value = field.required(fields, name, wanted);
  return typeof value === 'string' ? value : field.refuse(code, field.pathTo(fields, name), value, wanted);
}

function optionalReference(fields: Fields, name: string, code: 'E10' | 'E11', wanted: string): string | undefined {
  return field.optional(fields, name) === undefined ? undefined : readReference(fields, name, code, wanted);
}

function readIncident(fields: Fields): Incident {
  return {
    id: field.requiredName(fields, 'id'),
    occurredDay: field.requiredInstant(fields, 'occurred_at'),
    theatreId: readReference(fields, 'theatre', 'E10', 'the id of a theatre'),
    mode: field.oneOf(fields, 'mode', MODES),
    severity: field.oneOf(fields, 'severity', SEVERITIES),
    place: readPlace(fields),
    targets: readTargets(fields),
    duplicateOf: optionalReference(fields, 'duplicate_of', 'E11', 'the id of an incident'),
    chokepointId: optionalReference(fields, 'chokepoint', 'E10', 'the id of a chokepoint'),
    reports: readReports(fields),
  };
}

/** A point needs both its coordinates; the incident with only one of them is nowhere. */
function readPlace(fields: Fields): IncidentPlace {
  const lat = field.numberOr(fields, 'lat', latitude, Number.NaN);
  const lon = field.numberOr(fields, 'lon', anyNumber, Number.NaN);
  const precisionKm = field.numberOr(fields, 'precision_km', notNegative, 0);
  const vertices = readFootprint(fields);
  if (vertices !== undefined) return { kind: 'footprint', vertices };
  if (Number.isNaN(lat) || Number.isNaN(lon)) return { kind: 'nowhere' };
  return { kind: 'point', at: unitVector(lon, lat), precisionKm };
}

function readFootprint(fields: Fields): readonly Vector[] | undefined {
  if (field.optional(fields, 'footprint') === undefined) return undefined;
  const path = field.pathTo(fields, 'footprint');
  const vertices = field
    .listOr(fields, 'footprint')
    .map((value, index) => readVertex(value, `${path}[${String(index)}]`));
  switch (footprintFault(vertices)) {
    case 'too-few-vertices':
      throw new ScoreInputError('E13', path, `${describe(vertices)}, not 3 of them distinct`, '3 distinct vertices');
    case 'not-in-a-hemisphere':
      throw new ScoreInputError('E13', path, 'vertices all around the globe', 'a footprint within a hemisphere');
    case undefined:
      return openRing(vertices);
  }
}

function readVertex(value: unknown, path: string): Vector {
  if (!Array.isArray(value) || value.length !== 2) return field.refuse('E5', path, value, '[lon, lat]');
  const pair: Fields = { path, values: { lon: value[0] as unknown, lat: value[1] as unknown } };
  const lonRange: Range = { ...anyNumber, wanted: 'a finite longitude first' };
  const lon = field.numberOr(pair, 'lon', lonRange, Number.NaN);
  const lat = field.numberOr(pair, 'lat', latitude, Number.NaN);
  if (Number.isNaN(lon) || Number.isNaN(lat)) return field.refuse('E5', path, value, '[lon, lat] without null');
  return unitVector(lon, lat);
}

function readTargets(fields: Fields): ReadonlySet<string> {
  const path = field.pathTo(fields, 'targets');
  return new Set(
    field
      .listOr(fields, 'targets')
      .map((value, index) =>
        typeof value === 'string'
          ? value
          : field.refuse('E16', `${path}[${String(index)}]`, value, '"region" or "region/az"'),
      ),
  );
}

function readReports(fields: Fields): readonly Report[] {
  const list = field.requiredList(fields, 'reports');
  return field.records(list, field.pathTo(fields, 'reports'), (report) => ({
    id: field.requiredName(report, 'id'),
    origin: field.requiredName(report, 'origin'),
    grade: field.oneOf(report, 'grade', GRADES),
    stance: field.oneOf(report, 'stance', STANCES),
    publishedDay: field.requiredInstant(report, 'published_at'),
    retractedDay: field.optionalInstant(report, 'retracted_at'),
  }));
}

function readValidity(fields: Fields): Validity {
  return {
    fromDay: field.optionalInstant(fields, 'valid_from'),
    toDay: field.optionalInstant(fields, 'valid_to'),
  };
}

function readClaim(fields: Fields): Claim {
  return {
    id: field.requiredName(fields, 'id'),
    regionId: readReference(fields, 'region', 'E10', 'the id of a region'),
    kind: field.oneOf(fields, 'kind', CLAIM_KINDS),
    reports: readReports(fields),
    validity: readValidity(fields),
  };
}

function readWorkload(fields: Fields): Workload {
  return {
    id: field.requiredName(fields, 'id'),
    regionId: readReference(fields, 'region', 'E10', 'the id of a region'),
    commitmentUsdPerYear: field.requiredNumber(fields, 'commitment_usd_per_year', notNegative),
    tier: field.oneOf(fields, 'tier', TIERS),
    failoverShare: field.numberOr(fields, 'failover_share', share, 0),
    validity: readValidity(fields),
  };
}

function readChokepoint(fields: Fields): Chokepoint & { readonly theatreId: string } {
  return {
    id: field.requiredName(fields, 'id'),
    theatreId: readReference(fields, 'theatre', 'E10', 'the id of a theatre'),
    ratePerYear: field.requiredNumber(fields, 'base_rate_per_year', notNegative),
    outageDays: field.requiredNumber(fields, 'outage_days', notNegative),
    dependents: field.records(
      field.requiredList(fields, 'dependents'),
      field.pathTo(fields, 'dependents'),
      (dependent) => ({
        regionId: readReference(dependent, 'region', 'E10', 'the id of a region'),
        lossShare: field.requiredNumber(dependent, 'loss_share', share),
      }),
    ),
    outageUntilDay: field.optionalInstant(fields, 'outage_until'),
  };
}
