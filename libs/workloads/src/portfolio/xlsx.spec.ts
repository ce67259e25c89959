import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import type { Table } from './table.js';
import { MAX_UNPACKED_BYTES } from './xlsx-package.js';
import { readXlsxTable } from './xlsx.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const BOOK_LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet with these rows of XML, and other parts. */
function workbook(rows: string, strings: string[] = [], others: Record<string, string | Uint8Array> = {}): Uint8Array {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${BOOK_LINKS}"><sheets><sheet name="Assets" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${LINKS}"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings.join('')}</sst>`,
    'xl/worksheets/sheet1.xml': sheet(rows),
    'xl/worksheets/sheet2.xml': sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>other</t></is></c></row>'),
    ...others,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ),
  );
}
const sheet = (rows: string) => `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADER = `<row r="1">${inline('A1', 'name')}${inline('B1', 'region')}${inline('C1', 'value')}</row>`;

const tableOf = (bytes: Uint8Array, name?: string): Table => {
  const reading = readXlsxTable(bytes, name);
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
};
const faultOf = (bytes: Uint8Array, name?: string) => {
  const reading = readXlsxTable(bytes, name);
  return reading.outcome === 'refused' ? reading.fault : undefined;
};

describe('a workbook', () => {
  it('is its first sheet: shared and inline texts, numbers, truth values, gaps, row numbers', () => {
    const bytes = workbook(
      `${HEADER}<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3"><v>1.1000000000000001E-2</v></c></row>
       <row r="7"><c r="A7" t="s"><v>1</v></c>${inline('B7', 'x &amp; y')}<c r="C7" t="b"><v>1</v></c></row>`,
      [
        '<si><t>one</t></si>',
        '<si><r><t>two</t></r><r><t xml:space="preserve"> runs</t></r><rPh><t>not</t></rPh></si>',
      ],
    );
    const table = tableOf(bytes);
    expect(table).toMatchObject({ kind: 'xlsx', columns: ['name', 'region', 'value'] });
    expect(table.rows.map(({ line, cells }) => [line, ...cells.map(({ text, kind }) => `${kind} ${text}`)])).toEqual([
      [3, 'text one', 'text ', 'number 1.1000000000000001E-2'],
      [7, 'text two runs', 'text x & y', 'boolean true'],
    ]);
  });

  it('may be another sheet, by its name; a name it has not is refused with those it has', () => {
    expect(tableOf(workbook(HEADER), 'Other').columns).toEqual(['other']);
    expect(faultOf(workbook(HEADER), 'None')).toMatchObject({
      code: 'file.no_sheet',
      wanted: 'one of "Assets", "Other"',
    });
  });

  it('keeps a formula as its text and never reads the value beside it', () => {
    const bytes = workbook(
      `${HEADER}<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://x","y")</f><v>y</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>
       <row r="3">${inline('A3', '=1+1')}<c r="C3"><f t="shared" si="0"/><v>3</v></c></row>`,
    );
    const cells = tableOf(bytes).rows.map((row) => [row.cells[0], row.cells[2]]);
    expect(cells).toEqual([
      [
        { text: '=HYPERLINK("http://x","y")', kind: 'formula' },
        { text: '=1+1', kind: 'formula' },
      ],
      [
        { text: '=1+1', kind: 'text' },
        { text: '=', kind: 'formula' },
      ],
    ]);
  });

  it('is refused with macros, whatever it is called', () => {
    expect(faultOf(workbook(HEADER, [], { 'xl/vbaProject.bin': 'x' }))).toMatchObject({
      code: 'file.macro',
      at: 'xl/vbaProject.bin',
    });
    expect(faultOf(workbook(HEADER, [], { 'xl/macrosheets/sheet1.xml': '<x/>' }))?.code).toBe('file.macro');
    const types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>';
    expect(faultOf(workbook(HEADER, [], { '[Content_Types].xml': types }))?.code).toBe('file.macro');
  });

  it('passes links to other files over, and says so', () => {
    const table = tableOf(workbook(HEADER, [], { 'xl/externalLinks/externalLink1.xml': '<!DOCTYPE x><bomb/>' }));
    expect(table.notes).toEqual([expect.stringContaining('links to other files')]);
  });

  it('is refused where it says it is too large unpacked, before it is unpacked', () => {
    const bytes = workbook(HEADER);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, MAX_UNPACKED_BYTES, true);
    expect(faultOf(bytes)?.code).toBe('file.too_large_unpacked');
  });

  it('that lies about its size is not unpacked further than it says', () => {
    const bytes = workbook(HEADER, [], { 'xl/worksheets/sheet1.xml': new Uint8Array(50_000_000).fill(32) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 50_000_000)
        view.setUint32(at + 24, 1000, true);
    expect(faultOf(bytes)?.code).toBe('file.malformed');
  });

  it.each<[string, Uint8Array, string]>([
    [
      'with entities of its own',
      workbook('', [], { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
      'file.malformed',
    ],
    [
      'with a cut sheet',
      workbook('', [], { 'xl/worksheets/sheet1.xml': sheet(HEADER).slice(0, -30) }),
      'file.malformed',
    ],
    ['nested without end', workbook('', [], { 'xl/worksheets/sheet1.xml': '<a>'.repeat(100_000) }), 'file.malformed'],
    ['with a cell far to the right', workbook(`${HEADER}<row r="2">${inline('ZZZ2', 'x')}</row>`), 'file.malformed'],
    ['with an empty sheet', workbook(''), 'file.empty'],
    ['without a workbook', zipSync({ 'a.txt': strToU8('x') }), 'file.wrong_type'],
    ['behind a password', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'file.encrypted'],
    ['of nothing', new Uint8Array(), 'file.empty'],
  ])('%s is refused', (_what, bytes, code) => {
    expect(faultOf(bytes)).toMatchObject({ code });
  });

  it('cut or damaged anywhere never throws, and a cut one is never read', () => {
    const whole = workbook(`${HEADER}<row r="2">${inline('A2', 'x')}</row>`);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = damaged[at]! ^ flip;
        readXlsxTable(damaged);
        expect(readXlsxTable(whole.slice(0, at)).outcome).toBe('refused');
      }),
    );
  });

  it('has a broken row where a cell stands beyond the header', () => {
    const bytes = workbook(`${HEADER}<row r="2">${inline('A2', 'x')}${inline('E2', 'y')}</row>`);
    expect(tableOf(bytes).rows[0]!.broken).toEqual({
      got: 'a cell in column 5',
      wanted: '3 columns, as the header has',
    });
  });
});
