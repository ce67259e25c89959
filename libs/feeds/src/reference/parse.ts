import type { ClaimDraft, Instant } from '@faultline/evidence';
import type { z } from 'zod';
import { decodeText, read, readJson, readWith, refused, settleDrafts, shown, type Reading } from '../document/index.js';
import type { CapturedDocument, ParseOutcome, Quarantine } from '../model/adapter.js';
import {
  bundleSchema,
  operatorRowSchema,
  partitionRowSchema,
  regionRowSchema,
  rowSourceSchema,
  type Bundle,
  type OperatorRow,
  type PartitionRow,
  type RegionRow,
  type RowSource,
} from './rows.js';

/** A row that was taken, with the source it names and where it stands in the files. */
interface Sourced<R> {
  readonly row: R;
  readonly source: RowSource;
  readonly locator: string;
}

interface Table<R> {
  readonly taken: ReadonlyMap<string, Sourced<R>>;
  readonly quarantined: readonly Quarantine[];
  readonly items: number;
}

/**
 * Reads the document of `bundleReference` into claims about places: one per operator, partition and cloud region.
 * They are undated, so visible at every time: neither the condition a region row carries nor any other fact with a date
 * becomes a claim here. A document that is no bundle is quarantined whole; a bad row costs itself and the rows that
 * need it. Locators of quarantined rows are JSON pointers into the document.
 */
export function parseReference(document: CapturedDocument): ParseOutcome {
  const bundle = bundleOf(document.bytes);
  if (bundle.outcome === 'refused') return { outcome: 'quarantined', reason: bundle.fault };
  const operators = operatorTable(bundle.value);
  const partitions = partitionTable(bundle.value, operators.taken);
  const regions = bundle.value.regions.map((_, file) =>
    regionTable(bundle.value, file, operators.taken, partitions.taken),
  );
  const tables: readonly Table<{ readonly retrieved: string }>[] = [operators, partitions, ...regions];

  const nameOf = (operatorId: string) => operators.taken.get(operatorId)!.row.name;
  const settled = settleDrafts([
    ...[...operators.taken.values()].map(operatorDraft),
    ...[...partitions.taken.values()].map((partition) => partitionDraft(partition, nameOf(partition.row.operator))),
    ...regions.flatMap(({ taken }, file) => {
      const operatorId = bundle.value.regions[file]!.operator;
      return [...taken.values()].map((region) => regionDraft(region, operatorId, nameOf(operatorId)));
    }),
  ]);
  return {
    outcome: 'accepted',
    items: tables.reduce((sum, { items }) => sum + items, 0),
    drafts: settled.drafts,
    quarantined: [...tables.flatMap(({ quarantined }) => quarantined), ...settled.quarantined],
    newestContentAt: newestReading(tables.flatMap(({ taken }) => [...taken.values()].map(({ row }) => row.retrieved))),
  };
}

function bundleOf(bytes: Uint8Array): Reading<Bundle> {
  const decoded = decodeText(bytes);
  if (decoded.outcome === 'refused') return decoded;
  const json = readJson(decoded.text);
  return json.outcome === 'refused' ? json : readWith(bundleSchema, json.value, '');
}

function operatorTable(bundle: Bundle): Table<OperatorRow> {
  const { operators, sources } = bundle.operators;
  return tableOf(
    '/operators/operators',
    'operators.json#/operators',
    operators,
    operatorRowSchema,
    sources,
    () => undefined,
  );
}

function partitionTable(bundle: Bundle, operators: ReadonlyMap<string, unknown>): Table<PartitionRow> {
  const { partitions, sources } = bundle.partitions;
  return tableOf(
    '/partitions/partitions',
    'partitions.json#/partitions',
    partitions,
    partitionRowSchema,
    sources,
    (row, at) =>
      operators.has(row.operator)
        ? undefined
        : fault(`${at}/operator`, row.operator, 'the id of an operator that was taken'),
  );
}

function regionTable(
  bundle: Bundle,
  file: number,
  operators: ReadonlyMap<string, unknown>,
  partitions: ReadonlyMap<string, Sourced<PartitionRow>>,
): Table<RegionRow> {
  const { operator, regions, sources } = bundle.regions[file]!;
  const where = `/regions/${file}/regions`;
  return tableOf(where, `regions/${operator}.json#/regions`, regions, regionRowSchema, sources, (row, at) => {
    if (!operators.has(operator))
      return fault(`/regions/${file}/operator`, operator, 'the id of an operator that was taken');
    const partition = partitions.get(row.partition)?.row;
    if (partition?.operator !== operator) return fault(`${at}/partition`, row.partition, `a partition of ${operator}`);
    if (partition.positionPolicy === 'none') {
      return fault(
        `${at}/partition`,
        row.partition,
        'a partition whose regions have positions; this one is a name only',
      );
    }
    if (row.id !== `${operator}:${row.code}`) return fault(`${at}/id`, row.id, `${operator}:${row.code}`);
    return zoneFault(row, operator, at);
  });
}

function zoneFault(row: RegionRow, operator: string, at: string): Quarantine | undefined {
  const foreign = row.zoneIds.findIndex((id) => !id.startsWith(`${operator}:`));
  if (foreign >= 0)
    return fault(`${at}/zoneIds/${foreign}`, row.zoneIds[foreign], `a zone id that begins with ${operator}:`);
  if (new Set(row.zoneIds).size !== row.zoneIds.length) return fault(`${at}/zoneIds`, row.zoneIds, 'each zone once');
  if (row.zoneIds.length > 0 && row.zoneCount !== row.zoneIds.length) {
    return fault(`${at}/zoneCount`, row.zoneCount, `${row.zoneIds.length}, the number of zone ids`);
  }
  return (row.zoneCount === null) === (row.zoneSource === null)
    ? undefined
    : fault(`${at}/zoneSource`, row.zoneSource, 'a source where the number of zones is given, null where it is not');
}

/** Reads the rows of one file; a second row with an id that was taken is set aside. */
function tableOf<R extends { id: string; source: string }>(
  where: string,
  file: string,
  rows: readonly unknown[],
  schema: z.ZodType<R>,
  sources: Readonly<Record<string, unknown>>,
  faultIn: (row: R, at: string) => Quarantine | undefined,
): Table<R> {
  const taken = new Map<string, Sourced<R>>();
  const quarantined: Quarantine[] = [];
  rows.forEach((candidate, index) => {
    const at = `${where}/${index}`;
    const sourced = sourcedRow(candidate, at, schema, sources);
    if (sourced.outcome === 'refused') return void quarantined.push(sourced.fault);
    const { row, source } = sourced.value;
    const wrong = faultIn(row, at);
    if (wrong !== undefined) quarantined.push(wrong);
    else if (taken.has(row.id))
      quarantined.push({ ...fault(`${at}/id`, row.id, 'an id of its own'), code: 'feed.id_conflict' });
    else taken.set(row.id, { row, source, locator: `${file}/${index}` });
  });
  return { taken, quarantined, items: rows.length };
}

function sourcedRow<R extends { source: string; zoneSource?: string | null; condition?: { source: string } }>(
  candidate: unknown,
  at: string,
  schema: z.ZodType<R>,
  sources: Readonly<Record<string, unknown>>,
): Reading<{ row: R; source: RowSource }> {
  const reading = readWith(schema, candidate, at);
  if (reading.outcome === 'refused') return reading;
  const row = reading.value;
  const source = sourceOf(row.source, `${at}/source`, sources);
  if (source.outcome === 'refused') return source;
  const others: readonly (readonly [string | null | undefined, string])[] = [
    [row.zoneSource, `${at}/zoneSource`],
    [row.condition?.source, `${at}/condition/source`],
  ];
  for (const [key, place] of others) {
    const other = typeof key === 'string' ? sourceOf(key, place, sources) : source;
    if (other.outcome === 'refused') return other;
  }
  return read({ row, source: source.value });
}

function sourceOf(key: string, at: string, sources: Readonly<Record<string, unknown>>): Reading<RowSource> {
  const source = rowSourceSchema.safeParse(Object.hasOwn(sources, key) ? sources[key] : undefined);
  return source.success
    ? read(source.data)
    : refused('field.invalid', at, shown(key), 'the key of a source of this file, with its title, url and licence');
}

function fault(locator: string, got: unknown, wanted: string): Quarantine {
  return { code: 'field.invalid', locator, got: shown(got), wanted };
}

const NOWHERE: ClaimDraft['place'] = { regionIds: [], zoneIds: [], countries: [], position: null };

function operatorDraft(operator: Sourced<OperatorRow>): ClaimDraft {
  const { id, name, kind, url } = operator.row;
  return { ...frameOf(operator, id, name, 'place.operator'), predicate: 'place.operator', value: { name, kind, url } };
}

function partitionDraft(partition: Sourced<PartitionRow>, operatorName: string): ClaimDraft {
  const { name, operator, positionPolicy } = partition.row;
  return {
    ...frameOf(partition, operator, operatorName, 'place.partition'),
    predicate: 'place.partition',
    value: { name, operatorId: operator, positionPolicy },
  };
}

function regionDraft(region: Sourced<RegionRow>, operatorId: string, operatorName: string): ClaimDraft {
  const { id, name, partition, metro, country, lonLat, precisionKm, precisionMethod, zoneIds, zoneCount, listed } =
    region.row;
  return {
    ...frameOf(region, operatorId, operatorName, 'place.region'),
    place: {
      regionIds: [id],
      zoneIds,
      countries: [country],
      position: { lonLat, precisionKm, method: precisionMethod },
    },
    predicate: 'place.region',
    value: {
      name,
      operatorId,
      partitionId: partition,
      metro,
      country,
      lonLat,
      precisionKm,
      precisionMethod,
      zoneIds,
      zoneCount,
      listed,
    },
  };
}

/** What all claims of the reference data share; one item may be told of in parts, an operator and a partition of one name. */
function frameOf(
  { row, source, locator }: Sourced<{ readonly id: string; readonly retrieved: string }>,
  operatorId: string,
  operatorName: string,
  part: string,
): Omit<ClaimDraft, 'predicate' | 'value'> {
  return {
    item: { id: row.id, version: row.retrieved, part, revises: true },
    subject: row.id,
    stance: 'asserts',
    place: NOWHERE,
    thread: null,
    source: { id: `reference:${operatorId}`, name: `Reference data on ${operatorName}`, class: 'analyst', grade: 'B' },
    origin: `reference:${operatorId}`,
    url: source.url,
    locator,
    occurredAt: null,
    publishedAt: null,
    retrievedAt: beginOf(row.retrieved),
    expiresAt: null,
    confidence: 1,
    tlp: 'TLP:CLEAR',
    captureClass: 'transcribed',
  };
}

function newestReading(days: readonly string[]): Instant | null {
  const newest = days.reduce<string>((last, day) => (day > last ? day : last), '');
  return newest === '' ? null : beginOf(newest);
}

function beginOf(day: string): Instant {
  return `${day}T00:00:00.000Z`;
}
