import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import type { Asset } from './asset.js';
import { portfolioCsv } from './export.js';
import { NO_MAPPING, readMapping, type Mapping } from './mapping.js';
import { readPortfolio, type ReadPortfolio } from './portfolio.js';

const reading = (given: string, mapping: Partial<Mapping> = {}) =>
  readPortfolio(new TextEncoder().encode(given), { mapping: { ...NO_MAPPING, ...mapping }, regions: KNOWN_REGIONS });
const read = (given: string, mapping: Partial<Mapping> = {}): ReadPortfolio => {
  const made = reading(given, mapping);
  if (made.outcome === 'refused') throw new Error(JSON.stringify(made.fault));
  return made.value;
};
const faultOf = (given: string, mapping: Partial<Mapping> = {}) => {
  const made = reading(given, mapping);
  return made.outcome === 'refused' ? made.fault : undefined;
};

describe('a portfolio', () => {
  it('is read with the headers and words people use', () => {
    const { assets, faults, columns, notes } = read(
      [
        'Asset;Asset name;Cloud region;AZ;AZ ID;Value per day (EUR);Residency lock;Tags;DR region;Backups live in;KMS;DNS;Identity;Only copy;RTO;Remarks',
        'pay;Payments;Middle East (UAE);me-central-1a;mec1-az2;1.250.000,50;AE;prod|pci;UAE North;none;me-central-1;global;own premises;yes;4 h;x',
        'hr;HR, old;aws eu-west-1;;;;;;;;;;;;;',
      ].join('\n'),
    );
    expect(faults).toEqual([]);
    expect(assets[0]).toEqual({
      id: 'pay',
      name: 'Payments',
      regionId: 'aws:me-central-1',
      zoneLetter: 'a',
      zoneId: 'aws:mec1-az2',
      site: null,
      valuePerDay: 1250000.5,
      currency: 'EUR',
      residency: ['AE'],
      tags: ['prod', 'pci'],
      standby: ['azure:uaenorth'],
      backups: ['none'],
      keys: ['aws:me-central-1'],
      dns: ['global'],
      identity: ['own-site'],
      onlyCopy: true,
      rtoMinutes: 240,
    });
    expect(assets[1]).toMatchObject({ id: 'hr', name: 'HR, old', backups: null, onlyCopy: null, residency: null });
    expect(columns['Cloud region']).toBe('region');
    expect(notes).toEqual(['the column "Remarks" is not read']);
  });

  it('has a zone letter with its id unknown, and takes the region of a zone id alone', () => {
    const { assets } = read('name,zone,zone id\nx,me-central-1b,\ny,,mec1-az2\n');
    expect(assets).toMatchObject([
      { regionId: 'aws:me-central-1', zoneLetter: 'b', zoneId: null },
      { regionId: 'aws:me-central-1', zoneLetter: null, zoneId: 'aws:mec1-az2' },
    ]);
  });

  it('is mapped as it is told: columns, regions, currency, decimal mark, unit, provider', () => {
    const mapping = {
      columns: { Was: 'name', Wo: 'region', Wert: 'value_per_day', name: null },
      regions: { Emirate: 'aws:me-central-1' },
      currency: 'CHF',
      decimal: ',',
      rtoUnit: 'hours',
    } as const;
    const { assets, faults } = read('Was;Wo;Wert;name;rto\nBuchhaltung;Emirate;1.234;falsch;2,5\n', mapping);
    expect(faults).toEqual([]);
    expect(assets[0]).toMatchObject({
      name: 'Buchhaltung',
      regionId: 'aws:me-central-1',
      valuePerDay: 1234,
      currency: 'CHF',
      rtoMinutes: 150,
    });
    expect(read('name,region\nx,UAE Central\n', { provider: 'Azure' }).assets[0]!.regionId).toBe('azure:uaecentral');
  });

  it('may be GeoJSON: the point is the site', () => {
    const feature = (geometry: unknown, properties: unknown) => ({ type: 'Feature', geometry, properties });
    const { assets, faults, kind } = read(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          feature(
            { type: 'Point', coordinates: [55.123, 25.2] },
            { name: 'Site', tags: ['a', 'b'], value_per_day: 5, currency: 'USD' },
          ),
          feature(null, { name: 'Account', region: 'me-central-1', only_copy: true }),
          feature({ type: 'Polygon', coordinates: [] }, { name: 'Area' }),
          { type: 'Feature', geometry: null, properties: JSON.parse('{"__proto__": {"name": "x"}}') as unknown },
        ],
      }),
    );
    expect(kind).toBe('geojson');
    expect(assets).toMatchObject([
      { site: [55.123, 25.2], tags: ['a', 'b'], valuePerDay: 5, regionId: null },
      { site: null, regionId: 'aws:me-central-1', onlyCopy: true },
    ]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [3, 'row.cells'],
      [4, 'field.missing'],
    ]);
  });

  it('keeps a formula as text for ever: read, written and read again', () => {
    const once = read(`name,region,tags\n"=HYPERLINK(""http://x"",""y"")",me-central-1,=1+1\n`).assets;
    expect(once[0]).toMatchObject({ name: '=HYPERLINK("http://x","y")', tags: ['=1+1'] });
    const written = portfolioCsv(once);
    expect(written).toContain(`,"'=HYPERLINK(""http://x"",""y"")",`);
    expect(read(written).assets).toEqual(once);
  });
});

describe('a row that is not right', () => {
  const HEAD = 'name,region,zone,zone_id,longitude,latitude,value_per_day,currency,residency,standby,only_copy,rto';
  /** Line 2 is right; line 3 has the cells given. */
  const faultsOf = (cells: Record<string, string>, mapping: Partial<Mapping> = {}) => {
    const row = { name: 'x', region: 'me-central-1', ...cells } as Record<string, string>;
    const line = HEAD.split(',').map((name) => `"${(row[name] ?? '').replaceAll('"', '""')}"`);
    return read(`${HEAD}\nfirst,me-central-1,,,,,,,,,,\n${line.join(',')}\n`, mapping).faults;
  };

  it.each<[string, Record<string, string>, string, string, RegExp]>([
    ['a region nobody has', { region: 'Atlantis' }, 'region.unknown', 'region', /"regions": \{"Atlantis": "REGION"\}/],
    ['a region in doubt', { region: 'UAE Central' }, 'region.doubtful', 'region', /"UAE Central": "azure:uaecentral"/],
    ['a standby in doubt', { standby: 'aws bahrain' }, 'region.doubtful', 'standby', /"aws bahrain": "aws:me-south-1"/],
    ['no place', { region: '' }, 'field.missing', 'region', /where the asset is/],
    ['no name', { name: ' ' }, 'field.missing', 'name', /fill/],
    ['a name twice', { name: 'first' }, 'asset.duplicate', 'name', /line 2 has it too/],
    ['a NUL', { name: 'a\u0000b' }, 'field.invalid_text', 'name', /again/],
    ['a name without end', { name: 'x'.repeat(301) }, 'field.too_long', 'name', /shorten/],
    ['a zone id nobody has', { zone_id: 'mec1-az9' }, 'zone.unknown', 'zone_id', /look it up/],
    ['a zone of another region', { zone_id: 'mes1-az1' }, 'field.conflict', 'zone_id', /aws:me-south-1/],
    ['a zone letter of another region', { zone: 'me-south-1a' }, 'field.conflict', 'zone', /aws:me-south-1/],
    ['a zone that is none', { zone: 'upstairs' }, 'zone.unknown', 'zone', /write one/],
    ['a letter alone', { region: '', zone: 'a' }, 'field.missing', 'region', /a letter names no zone alone/],
    [
      'a value in doubt',
      { value_per_day: '1,234', currency: 'USD' },
      'field.number_ambiguous',
      'value_per_day',
      /"decimal"/,
    ],
    [
      'a value that is a formula',
      { value_per_day: '=1+1', currency: 'USD' },
      'field.formula',
      'value_per_day',
      /paste/,
    ],
    ['a value in words', { value_per_day: 'much', currency: 'USD' }, 'field.number', 'value_per_day', /digits/],
    ['a value below nothing', { value_per_day: '-5', currency: 'USD' }, 'field.range', 'value_per_day', /positive/],
    ['a value without currency', { value_per_day: '5' }, 'field.missing', 'currency', /"currency" in the mapping/],
    ['a currency sign', { value_per_day: '5', currency: '$' }, 'field.enum', 'currency', /no sign/],
    ['two currencies', { value_per_day: '5 USD', currency: 'EUR' }, 'field.conflict', 'currency', /another/],
    ['latitude 91', { longitude: '55', latitude: '91' }, 'geo.out_of_range', 'latitude', /each other/],
    ['longitude 181', { longitude: '181', latitude: '25' }, 'geo.out_of_range', 'longitude', /mend/],
    ['null island', { longitude: '0', latitude: '0.0' }, 'geo.null_island', 'longitude', /open sea/],
    ['half a position', { longitude: '55.1' }, 'field.missing', 'latitude', /fill/],
    ['a position that is not a number', { longitude: 'NaN', latitude: '5' }, 'field.number', 'longitude', /digits/],
    ['a residency in words', { residency: 'Emirates' }, 'field.enum', 'residency', /EMIRATES/],
    ['Norway, or no', { residency: 'no' }, 'field.enum', 'residency', /NOR/],
    ['none and a region', { standby: 'none; me-south-1' }, 'field.conflict', 'standby', /leave out/],
    ['perhaps', { only_copy: 'perhaps' }, 'field.enum', 'only_copy', /empty/],
    ['a time without unit', { rto: '4' }, 'field.missing', 'rto', /4 h/],
    ['a time in moons', { rto: '4 moons' }, 'field.enum', 'rto', /unit/],
    ['a time in months, which are no minutes', { rto: 'P4M' }, 'field.number', 'rto', /digits/],
  ])('%s: line, column, value, what was wanted, fix', (_what, cells, code, column, fix) => {
    const faults = faultsOf(cells);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ code, column, line: 3 });
    expect(faults[0]!.fix).toMatch(fix);
    expect(faults[0]!.wanted.length).toBeGreaterThan(3);
    const value = cells[column] ?? '';
    if (value.length < 100) expect(faults[0]!.value).toBe(JSON.stringify(value));
    else expect(faults[0]!.value.length).toBeLessThan(130);
  });

  it('of two decimal marks in one column is told the line of the other', () => {
    const { faults, assets } = read(
      'name;region;value per day USD\na;me-central-1;1,5\nb;me-central-1;1.5\nc;me-central-1;2\n',
    );
    expect(assets.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(faults).toEqual([expect.objectContaining({ code: 'field.number_mixed', line: 3, value: '"1.5"' })]);
    expect(faults[0]!.fix).toMatch(/line 2 has ","/);
  });

  it('has all its faults at once, and does not take the others with it', () => {
    const { faults, assets, faultyRows, rows } = read('name,region,rto\na,Atlantis,4\nb,me-central-1,4 h\n"c",x,y,z\n');
    expect([rows, faultyRows, assets.length]).toEqual([3, 2, 1]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'region.unknown'],
      [2, 'field.missing'],
      [4, 'row.cells'],
    ]);
  });

  it('lists each doubtful text once, with how often it stands there and what it may be', () => {
    const { reviews } = read('name,region\na,UAE Central\nb,Doha\nc,UAE Central\n');
    expect(reviews).toMatchObject([
      { written: 'UAE Central', cells: 2, firstLine: 2 },
      { written: 'Doha', cells: 1, firstLine: 3 },
    ]);
    expect(reviews[1]!.candidates.map(({ regionId }) => regionId)).toEqual(['gcp:me-central1', 'azure:qatarcentral']);
  });
});

describe('a file that is refused', () => {
  it.each<[string, string, Partial<Mapping>, string]>([
    ['without a name for assets', 'region\nme-central-1\n', {}, 'file.column_missing'],
    ['without a place', 'name\nx\n', {}, 'file.column_missing'],
    ['with half a position', 'name,lon\nx,5\n', {}, 'file.column_missing'],
    ['with a column twice', 'name,name,region\nx,y,z\n', {}, 'file.duplicate_column'],
    ['with two columns of one meaning', 'name,region,location\nx,y,z\n', {}, 'file.column_twice'],
    ['with a header and no row', 'name,region\n', {}, 'file.empty'],
    ['mapped by a column it has not', 'name,region\nx,y\n', { columns: { Nom: 'name' } }, 'mapping.invalid'],
    ['of JSON that is no collection', '{"type":"Feature"}', {}, 'file.wrong_type'],
    ['of cut JSON', '{"type":"FeatureCollection","features":[', {}, 'file.malformed'],
  ])('%s', (_what, text, mapping, code) => {
    expect(faultOf(text, mapping)).toMatchObject({ code });
  });

  it.each(['', '[]', '{"colums":{}}', '{"columns":{"a":"colour"}}', '{"currency":"XYZ"}', '{"regions":{"a":"moon"}}'])(
    'or whose mapping is %j',
    (json) => {
      expect(readMapping(json)).toMatchObject({ outcome: 'refused', fault: { code: 'mapping.invalid' } });
    },
  );
});

describe('an exported portfolio', () => {
  const ids = KNOWN_REGIONS.map(({ id }) => id);
  const clean = (max: number) =>
    fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('=1+1', '-x', "'=1", '@a', 'a,b', 'c"d', '+49'))
      .map((text) =>
        text
          .replaceAll(/\p{Cf}/gu, '')
          .replaceAll(/[\s\p{Cc}]+/gu, ' ')
          .trim()
          .slice(0, max)
          .toWellFormed(),
      )
      .filter((text) => text !== '');
  const places = fc.oneof(
    fc.constant(null),
    fc.constant(['none']),
    fc.uniqueArray(fc.constantFrom(...ids, 'global', 'own-site'), { minLength: 1, maxLength: 4 }),
  );
  const money = fc.oneof(
    fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1000),
    fc.double({ min: 0, max: 1e15, noNaN: true }),
  );
  const asset: fc.Arbitrary<Asset> = fc
    .record({
      ...{ id: clean(200), name: clean(300), regionId: fc.constantFrom('aws:me-central-1', 'azure:uaenorth') },
      zone: fc.constantFrom([null, null], ['a', null], ['b', 'aws:mec1-az2']),
      site: fc.option(fc.tuple(fc.integer({ min: -180_000, max: 180_000 }), fc.integer({ min: 1, max: 90_000 }))),
      value: fc.option(fc.tuple(money, fc.constantFrom('USD', 'EUR'))),
      residency: fc.constantFrom(null, [], ['AE'], ['NO'], ['EU', 'NO']),
      tags: fc.uniqueArray(
        clean(20).filter((text) => !/[;|,]/.test(text)),
        { maxLength: 3 },
      ),
      ...{ standby: places, backups: places, keys: places, dns: places, identity: places },
      onlyCopy: fc.option(fc.boolean()),
      rtoMinutes: fc.option(fc.integer({ min: 0, max: 50_000 }).map((n) => n / 8)),
    })
    .map(({ zone, site, value, ...rest }) => ({
      ...rest,
      zoneLetter: zone[0]!,
      zoneId: rest.regionId.startsWith('aws') ? zone[1]! : null,
      site: site && ([site[0] / 1000, site[1] / 1000] as const),
      valuePerDay: value && value[0] + 0,
      currency: value && value[1],
    }));

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(asset, { selector: ({ id }) => id, minLength: 1, maxLength: 5 }), (assets) => {
        const back = read(portfolioCsv(assets));
        expect(back.faults).toEqual([]);
        expect(back.assets).toEqual(assets);
      }),
    );
  });
});
