import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseInstantDays } from '@faultline/scoring';
import { GedError, readGed } from './ged.js';

const ATLANTIS = new URL('fixtures/atlantis.csv', import.meta.url).pathname;
const HEAD = 'id,country,iso3,date_prec,date_start,where_prec,latitude,longitude';
const row = (id: string, change: Readonly<Record<string, string>> = {}) =>
  Object.values({
    id,
    country: 'Atlantis',
    iso3: 'ATL',
    date_prec: '1',
    date_start: '2016-02-29 00:00:00.000',
    where_prec: '1',
    latitude: '31.5',
    longitude: '-30.25',
    ...change,
  }).join(',');

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'faultline-ged-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function read(content: string | Uint8Array, country?: string) {
  const file = path.join(directory, 'events.csv');
  writeFileSync(file, content);
  return readGed(file, country, () => undefined);
}
const lines = (...rows: string[]) => `${[HEAD, ...rows].join('\n')}\n`;

describe('a UCDP GED file', () => {
  it('gives its events, and says what became of the other rows', async () => {
    const told: number[] = [];
    const reading = await readGed(ATLANTIS, undefined, (share) => told.push(share));
    expect(reading).toMatchObject({ rows: 147, countries: ['Atlantis'] });
    expect(reading.events).toHaveLength(131);
    expect(reading.setAside).toEqual({
      'HXL tags': 1,
      'other country': 0,
      'repeated id': 1,
      'no position': 1,
      'no date': 1,
      'placed too roughly': 6,
      'dated too roughly': 6,
    });
    expect(told.at(-1)).toBe(1);
  });

  it('reads the same packed, with a byte order mark, and with columns in another order', async () => {
    const plain = await readGed(ATLANTIS, undefined, () => undefined);
    const text = readFileSync(ATLANTIS, 'utf8');
    expect(await read(gzipSync(text))).toEqual(plain);
    expect((await read(`\uFEFF${text}`)).events).toEqual(plain.events);
    const turned = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').reverse().join(','));
    expect((await read(`${turned.join('\n')}\n`)).events).toEqual(plain.events);
  });

  it('takes events known to the week and to 25 km, and no rougher', async () => {
    const reading = await read(
      lines(
        row('1', { date_prec: '2', where_prec: '2' }),
        row('2', { date_prec: '3' }),
        row('3', { where_prec: '3' }),
        row('4', { where_prec: '' }),
        row('5', { date_prec: '1.5' }),
      ),
    );
    expect(reading.events).toEqual([{ day: parseInstantDays('2016-02-29'), lonLat: [-30.25, 31.5] }]);
    expect(reading.setAside).toMatchObject({ 'placed too roughly': 2, 'dated too roughly': 2 });
  });

  it.each([
    ['latitude', '91', 'no position'],
    ['latitude', '', 'no position'],
    ['latitude', 'NaN', 'no position'],
    ['longitude', '1e2', 'no position'],
    ['longitude', '-180.5', 'no position'],
    ['date_start', '2015-02-29', 'no date'],
    ['date_start', '1/22/2014', 'no date'],
    ['date_start', '2016-02-29 13:00:00', 'no date'],
  ])('sets a row aside with the %s %s: %s', async (column, value, reason) => {
    const { events, setAside } = await read(lines(row('1'), row('2', { [column]: value })));
    expect(events).toHaveLength(1);
    expect(setAside).toMatchObject({ [reason]: 1 });
  });

  it('takes the mean latitude of every located row, however rough', async () => {
    const reading = await read(lines(row('1'), row('2', { latitude: '41.5', where_prec: '6' })));
    expect(reading.meanLatitude).toBe(36.5);
  });

  it('asks for a country where it holds several, and takes the one named', async () => {
    const two = lines(row('1'), row('2', { country: 'Lemuria', iso3: 'LEM' }));
    await expect(read(two)).rejects.toThrow(/^got events in 2 countries \(Atlantis, Lemuria\), wanted one: --country$/);
    for (const name of ['Lemuria', 'lemuria', 'LEM']) {
      expect(await read(two, name)).toMatchObject({ setAside: { 'other country': 1 }, countries: ['Lemuria'] });
    }
    await expect(read(two, 'Mu')).rejects.toThrow(/none is an event in Mu/);
  });

  it.each([
    ['', /which is empty/],
    ['<!doctype html>\n<html></html>\n', /without id, where_prec/],
    [`${HEAD}\n`, /0 rows of which none is an event/],
    [`${HEAD}\n1,"Atlantis\n`, /does not read \(Quote Not Closed/],
    [`${HEAD}\n1,2\n`, /does not read \(Invalid Record Length/],
    [gzipSync(lines(row('1'))).subarray(0, 40), /does not read/],
  ])('is refused whole: %j', async (content, reason) => {
    const refusal = read(content);
    await expect(refusal).rejects.toThrow(GedError);
    await expect(refusal).rejects.toThrow(reason);
  });

  it('is refused where there is none', async () => {
    await expect(readGed(path.join(directory, 'none.csv'), undefined, () => undefined)).rejects.toThrow(/is no file/);
    await expect(readGed(directory, undefined, () => undefined)).rejects.toThrow(/is no file/);
  });
});
