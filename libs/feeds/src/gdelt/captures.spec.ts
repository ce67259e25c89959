import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { actOf, isViolent } from './cameo.js';
import { gdeltFeed } from './index.js';
import { COLUMNS } from './table.js';

/** Descriptions of the columns and the codes of GDELT, kept beside the project where there are any. They hold no events. */
const FOLDER = path.resolve(process.cwd(), '..', 'shared', 'data', 'conflict');
const describeIfThere = existsSync(path.join(FOLDER, 'cameo_codes.json')) ? describe : describe.skip;
const fileOf = (name: string) => readFileSync(path.join(FOLDER, name));

describeIfThere('what GDELT writes of itself', () => {
  const samples = ['gdelt_events1_sample.csv', 'gdelt_events2_sample.csv', 'gdelt_events2_headers.csv'];

  it.each(samples)('%s describes columns and is no table of events', (name) => {
    expect(gdeltFeed.parse({ bytes: fileOf(name), retrievedAt: '2026-11-21T00:00:00.000Z' })).toMatchObject({
      outcome: 'quarantined',
      reason: { code: 'feed.wrong_type', locator: 'line 1' },
    });
  });

  it.each([
    [samples[0]!, 58],
    [samples[1]!, 61],
  ])('a row made by the order of %s is read as what it says', (name, width) => {
    const columns = fileOf(name)
      .toString('utf8')
      .split('\n')
      .flatMap((line) => /^([A-Z][A-Za-z0-9_]*),(?:INTEGER|STRING|FLOAT),/.exec(line)?.[1] ?? []);
    expect(columns).toHaveLength(width);
    expect(COLUMNS.filter((column) => !columns.includes(column))).toEqual([]);
    const cells: Partial<Record<string, string>> = {
      GLOBALEVENTID: '7',
      SQLDATE: '20260301',
      Actor1Name: 'ONE',
      Actor2Name: 'TWO',
      EventCode: '190',
      EventRootCode: '19',
      NumMentions: '5',
      NumSources: '2',
      ActionGeo_Type: '4',
      ActionGeo_FullName: 'Manama',
      ActionGeo_CountryCode: 'BA',
      ActionGeo_Lat: '26.2',
      ActionGeo_Long: '50.6',
      DATEADDED: width === 61 ? '20260301131500' : '20260301',
      SOURCEURL: 'https://example.org/',
    };
    const bytes = new TextEncoder().encode(`${columns.map((column) => cells[column] ?? '').join('\t')}\n`);
    expect(gdeltFeed.parse({ bytes, retrievedAt: '2026-11-21T00:00:00.000Z' })).toMatchObject({
      quarantined: [],
      drafts: [
        {
          item: { id: '7' },
          place: { countries: ['BH'], position: { lonLat: [50.6, 26.2] } },
          occurredAt: { begin: '2026-03-01T00:00:00.000Z' },
          url: 'https://example.org/',
          value: {
            mentions: 5,
            text: 'Conventional military force (CAMEO 190); by ONE; against TWO; at Manama; coded by machine from news, read by nobody',
          },
        },
      ],
    });
  });

  it('has words of its own for each of its 30 codes of violence', () => {
    const { Description } = JSON.parse(fileOf('cameo_codes.json').toString('utf8')) as {
      Description: Record<string, string>;
    };
    const codes = Object.keys(Description).filter((code) => isViolent(code.slice(0, 2)));
    expect(codes).toHaveLength(30);
    for (const code of codes)
      if (code.length > 2) expect(actOf(code, code.slice(0, 2))).not.toEqual(actOf(code.slice(0, 2), code.slice(0, 2)));
  });
});
