import { readAs, refusedAs, type FileReading } from './fault.js';
import {
  LONGEST_CELL,
  MOST_COLUMNS,
  MOST_ROWS,
  NO_CELL,
  withoutBlankRows,
  type Cell,
  type Table,
  type TableRow,
} from './table.js';
import { listenTo, openXlsx, type Listener } from './xlsx-package.js';

interface Sheet {
  readonly name: string;
  readonly part: string;
}

/**
 * Reads one sheet of a workbook, the first or the one named, its first row that is not blank being the header. A
 * formula is its text, with an equals sign before it; the value kept beside it is not read. Dates are the numbers
 * spreadsheets keep them as; no column of a portfolio is a date.
 */
export function readXlsxTable(bytes: Uint8Array, sheetName?: string): FileReading<Table> {
  const opened = openXlsx(bytes);
  if (opened.outcome === 'refused') return opened;
  const { parts, notes } = opened.value;
  const sheet = sheetOf(parts, sheetName);
  if (sheet.outcome === 'refused') return sheet;
  const strings = sharedStrings(parts);
  if (strings.outcome === 'refused') return strings;
  const rows = rowsOf(parts.get(sheet.value.part)!, sheet.value.part, strings.value);
  if (rows.outcome === 'refused') return rows;
  const [header, ...rest] = withoutBlankRows(rows.value);
  if (!header)
    return refusedAs('file.empty', sheet.value.part, 'an empty sheet', 'a header row and rows', 'name the right sheet');
  const columns = header.cells.map(({ text }) => text.trim());
  while (columns.at(-1) === '') columns.pop();
  return readAs({ kind: 'xlsx', columns, rows: rest.map((row) => inWidth(row, columns.length)), notes });
}

function inWidth({ line, cells }: TableRow, width: number): TableRow {
  const within = Array.from({ length: width }, (_, index) => cells[index] ?? NO_CELL);
  const beyond = cells.slice(width).findIndex(({ text }) => text.trim() !== '');
  if (beyond < 0) return { line, cells: within };
  return {
    line,
    cells: within,
    broken: { got: `a cell in column ${width + beyond + 1}`, wanted: `${width} columns, as the header has` },
  };
}

function sheetOf(parts: ReadonlyMap<string, Uint8Array>, wanted: string | undefined): FileReading<Sheet> {
  const book = parts.get('xl/workbook.xml');
  const links = parts.get('xl/_rels/workbook.xml.rels');
  if (!book || !links)
    return refusedAs(
      'file.wrong_type',
      'the file',
      'an archive without a workbook',
      'an XLSX workbook',
      'save it as XLSX or CSV',
    );
  const sheets: { name: string; link: string }[] = [];
  const readBook = listenTo(book, 'xl/workbook.xml', {
    open: (name, attribute) => {
      if (name === 'sheet') sheets.push({ name: attribute('name') ?? '', link: attribute('r:id') ?? '' });
    },
    text: () => undefined,
    close: () => undefined,
  });
  if (readBook.outcome === 'refused') return readBook;
  const targets = new Map<string, string>();
  const readLinks = listenTo(links, 'xl/_rels/workbook.xml.rels', {
    open: (name, attribute) => {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const target = attribute('Target') ?? '';
      targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    text: () => undefined,
    close: () => undefined,
  });
  if (readLinks.outcome === 'refused') return readLinks;
  const found = sheets
    .map(({ name, link }) => ({ name, part: targets.get(link) ?? '' }))
    .find(({ name, part }) => parts.has(part) && (wanted === undefined || name === wanted));
  if (found) return readAs(found);
  const names = sheets.map(({ name }) => JSON.stringify(name.slice(0, 40))).slice(0, 10);
  return refusedAs(
    'file.no_sheet',
    'xl/workbook.xml',
    wanted === undefined ? 'no sheet that can be read' : `no sheet ${JSON.stringify(wanted.slice(0, 60))}`,
    `one of ${names.join(', ') || 'at least one sheet'}`,
    'name a sheet of the workbook in the mapping, as "sheet"',
  );
}

function sharedStrings(parts: ReadonlyMap<string, Uint8Array>): FileReading<readonly string[]> {
  const bytes = parts.get('xl/sharedStrings.xml');
  if (!bytes) return readAs([]);
  const strings: string[] = [];
  let text = '';
  let taking = false;
  let phonetic = 0;
  const done = listenTo(bytes, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') taking = phonetic === 0;
    },
    text: (characters) => {
      if (taking) text += characters;
    },
    close: (name) => {
      if (name === 'si') strings.push(text);
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 't') taking = false;
    },
  });
  return done.outcome === 'refused' ? done : readAs(strings);
}

class SheetReader implements Listener {
  readonly rows: TableRow[] = [];
  fault: ReturnType<typeof refusedAs> | undefined;
  private line = 0;
  private cells: Cell[] = [];
  private column = 0;
  private type = 'n';
  private value = '';
  private inline = '';
  private formula: string | undefined;
  private into: 'value' | 'inline' | 'formula' | undefined;

  constructor(
    private readonly part: string,
    private readonly strings: readonly string[],
  ) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') {
      const given = Number(attribute('r') ?? this.line + 1);
      this.line = Number.isInteger(given) && given > this.line ? given : this.line + 1;
      this.cells = [];
      this.column = 0;
    } else if (name === 'c') {
      const letters = /^([A-Z]{1,3})\d+$/.exec(attribute('r') ?? '')?.[1];
      if (letters !== undefined) this.column = columnOf(letters);
      this.type = attribute('t') ?? 'n';
      this.value = '';
      this.inline = '';
      this.formula = undefined;
    } else if (name === 'v') this.into = 'value';
    else if (name === 'f') {
      this.into = 'formula';
      this.formula = '';
    } else if (name === 't') this.into = 'inline';
  }

  text(characters: string): void {
    if (this.into === 'value') this.value += characters;
    else if (this.into === 'inline') this.inline += characters;
    else if (this.into === 'formula') this.formula = (this.formula ?? '') + characters;
  }

  close(name: string): void {
    if (name === 'v' || name === 'f' || name === 't') this.into = undefined;
    else if (name === 'c') {
      if (this.column >= MOST_COLUMNS)
        this.fault ??= refusedAs(
          'file.malformed',
          `${this.part}, row ${this.line}`,
          `a cell in column ${this.column + 1}`,
          `at most ${MOST_COLUMNS} columns`,
          'drop what is not needed',
        );
      else this.put(this.cell());
      this.column += 1;
    } else if (name === 'row') {
      if (this.cells.length > 0) this.rows.push({ line: this.line, cells: this.cells });
      if (this.rows.length > MOST_ROWS + 1)
        this.fault ??= refusedAs(
          'file.too_many_rows',
          `${this.part}, row ${this.line}`,
          'more rows than that',
          `at most ${MOST_ROWS}`,
          'aggregate it',
        );
      if (this.fault) throw new Error('stopped');
    }
  }

  private put(cell: Cell): void {
    while (this.cells.length < this.column) this.cells.push(NO_CELL);
    this.cells[this.column] = cell;
  }

  private cell(): Cell {
    const text = (this.type === 's' ? this.strings[Number(this.value)] : undefined) ?? '';
    if (this.formula !== undefined) return { text: `=${this.formula}`.slice(0, LONGEST_CELL), kind: 'formula' };
    switch (this.type) {
      case 's':
        return { text, kind: 'text' };
      case 'inlineStr':
        return { text: this.inline, kind: 'text' };
      case 'b':
        return { text: this.value === '1' ? 'true' : 'false', kind: 'boolean' };
      case 'n':
        return { text: this.value, kind: this.value === '' ? 'text' : 'number' };
      default:
        return { text: this.value, kind: 'text' };
    }
  }
}

function rowsOf(bytes: Uint8Array, part: string, strings: readonly string[]): FileReading<readonly TableRow[]> {
  const reader = new SheetReader(part, strings);
  const done = listenTo(bytes, part, reader);
  if (reader.fault) return reader.fault;
  return done.outcome === 'refused' ? done : readAs(reader.rows);
}

/** `A` is 0, `AA` is 26. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
