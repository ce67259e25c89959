import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import { readCsvTable } from './csv.js';
import { findingsOf } from './findings.js';
import { NO_MAPPING, type Mapping } from './mapping.js';
import { readPortfolio } from './portfolio.js';
import { RegionIndex } from './region-match.js';
import { REGISTER_COLUMNS, registerCellsOf, registerCsv } from './register.js';

const index = new RegionIndex(KNOWN_REGIONS);
const ground = { region: (id: string) => index.region(id) };
const read = (text: string, mapping: Partial<Mapping> = {}) => {
  const made = readPortfolio(new TextEncoder().encode(text), {
    mapping: { ...NO_MAPPING, ...mapping },
    regions: KNOWN_REGIONS,
  });
  if (made.outcome === 'refused') throw new Error(JSON.stringify(made.fault));
  return made.value;
};
const LEI = '529900T8BM49AURSDO55';

describe('a register of information', () => {
  it('knows countries, and no region is made of one: it waits for a decision', () => {
    const text = `c0010,c0020,c0030,c0050,c0060,c0140,c0150\nCA-1,${LEI},AWS-LEI,F1,eba_TA:S18,Yes,eba_GA:DE\n`;
    const { faults, reviews } = read(text);
    expect(faults).toEqual([
      expect.objectContaining({ code: 'region.doubtful', line: 2, column: 'region', value: '"DE"' }),
    ]);
    expect(reviews[0]!.candidates.length).toBeGreaterThan(2);
    const { assets, notes } = read(text, { regions: { DE: 'aws:eu-central-1' } });
    expect(assets).toMatchObject([
      { id: `CA-1/${LEI}/AWS-LEI/F1/eba_TA:S18//eba_GA:DE`, name: 'F1, contract CA-1', regionId: 'aws:eu-central-1' },
    ]);
    expect(Object.fromEntries(registerCellsOf(assets[0]!))).toMatchObject({ c0060: 'eba_TA:S18', c0150: 'eba_GA:DE' });
    expect(notes).toEqual([expect.stringContaining('B_02.02')]);
  });

  it('may have columns of ours beside its own, and then the country is only compared', () => {
    const head = 'B_02.02.0010,B_02.02.0030,B_02.02.0050,B_02.02.0150,region,tags,value per day EUR';
    const { assets } = read(`${head}\nCA-1,X,F1,DE,aws eu-west-1,core,5\nCA-2,X,F1,IE,aws eu-west-1,,\n`);
    expect(assets[0]).toMatchObject({ regionId: 'aws:eu-west-1', valuePerDay: 5, currency: 'EUR' });
    expect(assets[0]!.tags).toEqual(['core', 'dora.c0010=CA-1', 'dora.c0030=X', 'dora.c0050=F1', 'dora.c0150=DE']);
    expect(findingsOf(assets, ground)).toEqual([
      {
        assetId: assets[0]!.id,
        code: 'register.country-differs',
        text: 'the register of information has its data at rest in DE, and aws:eu-west-1 is in IE',
        regionIds: ['aws:eu-west-1'],
      },
    ]);
  });

  it('goes out as it came in, whatever stands in its cells', () => {
    const cell = fc
      .oneof(
        fc.constantFrom('=1+1', '-x', 'a;b', 'c|d,e', '50%', '%41', 'eba_GA:DE', ''),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
      )
      .map((text) =>
        text
          .replaceAll(/\p{Cf}/gu, '')
          .replaceAll(/[\s\p{Cc}]+/gu, ' ')
          .trim(),
      );
    const row = fc.array(cell, { minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(row, (texts) => {
        // It wants its keys, and a region in doubt would keep it out.
        const cells = texts.map((text, at) =>
          (at === 0 ? `CA-${text}x`.slice(0, 40) : at === 14 ? 'IE' : text.slice(0, 15)).trim().toWellFormed(),
        );
        const quoted = [...cells, 'aws:eu-west-1'].map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        const { assets, faults } = read(`${REGISTER_COLUMNS.join(',')},region\n${quoted}\n`);
        expect(faults).toEqual([]);
        const back = readCsvTable(new TextEncoder().encode(registerCsv(assets, ground)));
        expect(back.outcome === 'read' && back.value.rows[0]!.cells.slice(0, 18).map(({ text }) => text)).toEqual(
          cells,
        );
      }),
    );
  });

  it('is filled with the country of the region where it left that open, and holds nothing of other assets', () => {
    const { assets } = read('c0010,c0030,c0050,region\nCA-1,X,F1,aws eu-west-1\n');
    const others = read('name,region\nx,me-central-1\n').assets;
    const lines = registerCsv([...assets, ...others], ground)
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('CA-1,,X,,F1,,,,,,,,,,IE,,,,');
  });
});
