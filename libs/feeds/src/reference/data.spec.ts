import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { geoContains, geoDistance } from 'd3-geo';
import type { Feature, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { operatorRowSchema, partitionRowSchema, regionRowSchema, rowSourceSchema, type RegionRow } from './rows.js';

const OPERATORS = ['aws', 'azure', 'gcp', 'oci'] as const;
const DATA = path.join(process.cwd(), 'data');
const textOf = (file: string): string => readFileSync(path.join(DATA, file), 'utf8');

interface Frame {
  readonly operator?: string;
  readonly sources: Record<string, unknown>;
  readonly operators: unknown[];
  readonly partitions: unknown[];
  readonly regions: unknown[];
}
const fileOf = (file: string): Frame => JSON.parse(textOf(file)) as Frame;

const files = OPERATORS.map((operator) => ({ operator, file: fileOf(`regions/${operator}.json`) }));
const regions: readonly RegionRow[] = files.flatMap(({ file }) =>
  file.regions.map((row) => regionRowSchema.parse(row)),
);
const operators = fileOf('operators.json').operators.map((row) => operatorRowSchema.parse(row));
const partitions = fileOf('partitions.json').partitions.map((row) => partitionRowSchema.parse(row));
const codesIn = (...partition: string[]): string[] =>
  regions.filter((region) => partition.includes(region.partition)).map(({ code }) => code);
const regionOf = (id: string): RegionRow => regions.find((region) => region.id === id)!;

/** The regions the partition table of the AWS SDK 3.981.0 names outside the ISO partitions. */
const AWS_CODES = `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1
  ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1
  me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2
  us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1`.split(/\s+/);

/** The regions of realm OC1 in the region table of the OCI SDK 2.142.1. */
const OC1_CODES = `af-casablanca-1 af-johannesburg-1 ap-batam-1 ap-chuncheon-1 ap-delhi-1 ap-hyderabad-1 ap-kulai-2
  ap-melbourne-1 ap-mumbai-1 ap-osaka-1 ap-seoul-1 ap-singapore-1 ap-singapore-2 ap-sydney-1 ap-tokyo-1 ca-montreal-1
  ca-toronto-1 eu-amsterdam-1 eu-frankfurt-1 eu-madrid-1 eu-madrid-3 eu-marseille-1 eu-milan-1 eu-paris-1
  eu-stockholm-1 eu-turin-1 eu-zurich-1 il-jerusalem-1 me-abudhabi-1 me-dubai-1 me-jeddah-1 me-riyadh-1 mx-monterrey-1
  mx-queretaro-1 sa-bogota-1 sa-santiago-1 sa-saopaulo-1 sa-valparaiso-1 sa-vinhedo-1 uk-cardiff-1 uk-london-1
  us-ashburn-1 us-chicago-1 us-phoenix-1 us-saltlake-2 us-sanjose-1`.split(/\s+/);

describe('what the reference data holds', () => {
  it('has every region of the operators’ own tables', () => {
    expect(codesIn('aws', 'aws-us-gov', 'aws-cn', 'aws-eusc').sort()).toEqual([...AWS_CODES].sort());
    expect(codesIn('oci-oc1').sort()).toEqual([...OC1_CODES].sort());
  });

  it('has the regions of each partition in number', () => {
    expect(codesIn('aws')).toHaveLength(36);
    expect(codesIn('aws-us-gov')).toHaveLength(2);
    expect(codesIn('aws-cn')).toHaveLength(2);
    expect(codesIn('aws-eusc')).toHaveLength(1);
    expect(codesIn('azure-public')).toHaveLength(57);
    expect(codesIn('azure-us-gov')).toHaveLength(5);
    expect(codesIn('azure-china')).toHaveLength(6);
    expect(codesIn('gcp')).toHaveLength(45);
    expect(codesIn('oci-oc1')).toHaveLength(46);
    expect(codesIn('oci-oc2', 'oci-oc3', 'oci-oc4', 'oci-oc19', 'oci-oc20')).toHaveLength(10);
    expect(regions).toHaveLength(210);
  });

  it('gives every operator, partition, region and zone an id of its own', () => {
    for (const ids of [
      operators.map(({ id }) => id),
      partitions.map(({ id }) => id),
      regions.map(({ id }) => id),
      regions.flatMap(({ zoneIds }) => zoneIds),
    ]) {
      expect(new Set(ids).size).toBe(ids.length);
    }
    for (const { id } of [...operators, ...partitions]) expect(regions.map((region) => region.id)).not.toContain(id);
  });

  it('states for every row a source with title, address and licence, and the day it was read', () => {
    for (const name of ['operators', 'partitions', ...OPERATORS.map((operator) => `regions/${operator}`)]) {
      const { sources, ...lists } = fileOf(`${name}.json`);
      const used = [...JSON.stringify(lists).matchAll(/"(?:source|zoneSource)":"([^"]+)"/g)].map(([, key]) => key!);
      expect(Object.keys(sources).sort()).toEqual([...new Set(used)].sort());
      for (const source of Object.values(sources)) expect(rowSourceSchema.safeParse(source).error).toBeUndefined();
    }
    for (const row of [...operators, ...partitions, ...regions]) expect(row.retrieved).toBe('2026-11-21');
  });

  it('keeps one row on one line', () => {
    for (const { operator, file } of files) {
      const lines = textOf(`regions/${operator}.json`).split('\n');
      expect(lines.filter((line) => line.startsWith('    {"id": '))).toHaveLength(file.regions.length);
    }
  });
});

describe('partitions', () => {
  it('are of a known operator, and every region’s partition is of the region’s operator', () => {
    const operatorOf = new Map(partitions.map(({ id, operator }) => [id, operator]));
    for (const { operator } of partitions) expect(operators.map(({ id }) => id)).toContain(operator);
    for (const region of regions) expect(operatorOf.get(region.partition)).toBe(region.id.split(':')[0]);
  });

  it('that are secret are names only', () => {
    const secret = partitions.filter(({ id }) => id.startsWith('aws-iso'));
    expect(secret.map(({ id }) => id)).toEqual(['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f']);
    for (const { id, positionPolicy } of secret) {
      expect(positionPolicy).toBe('none');
      expect(codesIn(id)).toEqual([]);
    }
    expect(regions.filter(({ code }) => /(?:^|-)iso[a-z]?-/.test(code))).toEqual([]);
  });
});

describe('zones', () => {
  const DIRECTIONS = ['north', 'south', 'east', 'west', 'central', 'northeast', 'northwest', 'southeast', 'southwest'];
  const short = new Map(DIRECTIONS.map((word) => [word, word.replace(/^(north|south)(?=east|west)/, '$1-')]));
  const initials = (word: string): string =>
    (short.get(word) ?? word)
      .split('-')
      .map((part) => part[0])
      .join('');

  it('have ids that follow the scheme of their operator and region', () => {
    for (const region of regions.filter(({ id }) => id.startsWith('aws:'))) {
      const [area, ...rest] = region.code.split('-');
      const prefix = area! + rest.map((word) => (/^\d+$/.test(word) ? word : initials(word))).join('');
      for (const zone of region.zoneIds) expect(zone).toMatch(new RegExp(`^aws:${prefix}-az[1-9]$`));
    }
    for (const region of regions.filter(({ id }) => id.startsWith('gcp:'))) {
      for (const zone of region.zoneIds) expect(zone).toMatch(new RegExp(`^${region.id}-[a-z]$`));
    }
    expect(regions.filter(({ id, zoneIds }) => /^(?:azure|oci):/.test(id) && zoneIds.length > 0)).toEqual([]);
  });

  it('of the regions struck in March 2026 are there', () => {
    expect(regionOf('aws:me-central-1').zoneIds).toEqual(['aws:mec1-az1', 'aws:mec1-az2', 'aws:mec1-az3']);
    expect(regionOf('aws:me-south-1').zoneIds).toEqual(['aws:mes1-az1', 'aws:mes1-az2', 'aws:mes1-az3']);
  });

  it('are as many as there are ids, and never told without a source', () => {
    for (const { zoneIds, zoneCount, zoneSource } of regions) {
      if (zoneIds.length > 0) expect(zoneCount).toBe(zoneIds.length);
      expect(zoneSource === null).toBe(zoneCount === null);
    }
  });
});

describe('conditions', () => {
  it('of the two struck regions are what AWS said last', () => {
    for (const id of ['aws:me-central-1', 'aws:me-south-1']) {
      expect(regionOf(id).condition).toMatchObject({ state: 'unavailable', statedAt: '2026-09-15' });
      expect(regionOf(id).condition.text).toMatch(/cannot support customer applications.*cannot be restored/);
    }
  });

  it('of all others are unknown: being listed says nothing', () => {
    for (const { id, condition, source } of regions) {
      if (id === 'aws:me-central-1' || id === 'aws:me-south-1') continue;
      expect(condition).toMatchObject({ state: 'listed', statedAt: null, source });
    }
  });

  it('never say operational, in no file', () => {
    for (const operator of OPERATORS) expect(textOf(`regions/${operator}.json`)).not.toMatch(/operational/i);
  });
});

describe('positions', () => {
  /** A city on a coast may lie beside the country as it is drawn at 1:50 million. */
  const TOLERANCE_KM = 25;
  const EARTH_KM = 6371;
  /** ISO 3166-1 numeric codes, the ids of the map’s countries. */
  const NUMERIC: Readonly<Record<string, string>> = Object.fromEntries(
    `AE784 AT040 AU036 BE056 BH048 BR076 CA124 CH756 CL152 CN156 CO170 DE276 DK208 ES724 FI246 FR250 GB826 HK344 ID360
     IE372 IL376 IN356 IT380 JP392 KR410 MA504 MX484 MY458 NL528 NO578 NZ554 PL616 QA634 RS688 SA682 SE752 SG702 TH764
     TW158 US840 ZA710`
      .split(/\s+/)
      .map((pair) => [pair.slice(0, 2), pair.slice(2)]),
  );
  const atlas = createRequire(import.meta.url)('world-atlas/countries-50m.json') as Topology<{
    countries: GeometryCollection;
  }>;
  const shapes = feature(atlas, atlas.objects.countries).features;
  /** All shapes of a country: outlying territories have shapes of their own under its code. */
  const shapesOf = (country: string): Feature[] => shapes.filter(({ id }) => id === NUMERIC[country]);
  const kmBetween = (a: Position, b: Position): number => geoDistance([a[0]!, a[1]!], [b[0]!, b[1]!]) * EARTH_KM;

  function ringsOf({ geometry }: Feature): Position[][] {
    if (geometry.type === 'Polygon') return geometry.coordinates;
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat();
    throw new Error(`got a ${geometry.type}, wanted a country`);
  }

  /** Distance from a point to the border, taken at steps of the drawn line no longer than about 2 km. */
  function kmToBorder(shape: Feature, point: Position): number {
    const steps = ringsOf(shape).flatMap((ring) =>
      ring.slice(1).flatMap((end, index) => {
        const begin = ring[index]!;
        const count = Math.min(200, Math.ceil(kmBetween(begin, end) / 2) + 1);
        return Array.from({ length: count }, (_, step): Position => {
          const share = step / count;
          return [begin[0]! + (end[0]! - begin[0]!) * share, begin[1]! + (end[1]! - begin[1]!) * share];
        });
      }),
    );
    return steps.reduce((least, step) => Math.min(least, kmBetween(step, point)), Infinity);
  }

  const kmOutside = (country: string, point: [number, number]): number =>
    Math.min(...shapesOf(country).map((shape) => (geoContains(shape, point) ? 0 : kmToBorder(shape, point))));

  it('are in countries the map draws, Bahrain and Singapore among them', () => {
    const used = [...new Set(regions.map(({ country }) => country))].sort();
    expect(used.filter((country) => shapesOf(country).length === 0)).toEqual([]);
    expect(used).toEqual(Object.keys(NUMERIC).sort());
    expect(used).toEqual(expect.arrayContaining(['BH', 'SG']));
  });

  it('are in their country, or beside its coast within the tolerance', () => {
    const astray = regions
      .map(({ id, country, lonLat }) => ({ id, country, lonLat, km: kmOutside(country, lonLat) }))
      .filter(({ km }) => km > TOLERANCE_KM);
    expect(astray).toEqual([]);
  });

  it('are longitude first: no position lies in its country with the two exchanged', () => {
    const ambiguous = regions.filter(
      ({ country, lonLat: [lon, lat] }) => Math.abs(lon) <= 90 && kmOutside(country, [lat, lon]) <= TOLERANCE_KM,
    );
    expect(ambiguous.map(({ id }) => id)).toEqual([]);
  });

  it('are of metros: two decimals, at least 10 km off, and a wide radius where only a state or country is named', () => {
    for (const { id, lonLat, precisionKm, precisionMethod } of regions) {
      for (const degrees of lonLat) expect({ id, degrees }).toEqual({ id, degrees: Number(degrees.toFixed(2)) });
      expect(precisionKm).toBeGreaterThanOrEqual(10);
      if (/names only|gives no location/.test(precisionMethod)) expect(precisionKm).toBeGreaterThanOrEqual(45);
    }
  });

  it('agree where two operators name the same metro', () => {
    for (const a of regions) {
      for (const b of regions)
        if (a.metro === b.metro) expect(kmBetween(a.lonLat, b.lonLat)).toBeLessThan(TOLERANCE_KM);
    }
  });
});
