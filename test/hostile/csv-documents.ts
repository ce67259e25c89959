import { document, huge, utf8, type Attack, type Verdict } from './sample.js';

/** What is wrong with CSV as such, and what only looks wrong. The sound document has no line end within a cell. */
export const csvDocuments: Attack = ({ sound, delimiter = ',' }) => {
  const [header = '', ...rows] = sound.trimEnd().split(/\r?\n/);
  const cells = header.split(delimiter);
  const written = (...lines: readonly string[]) => utf8(`${lines.join('\n')}\n`);
  const row = (...said: readonly string[]) => cells.map((_, index) => said[index] ?? '').join(delimiter);
  const wide = (value: (line: number) => string) =>
    [header, ...rows].map((line, index) => `${line}${delimiter}${value(index)}`);
  const malformed: Verdict = { refused: ['feed.malformed'] };
  const large: Verdict = { refused: ['feed.too_large'] };
  const foreign: Verdict = { refused: ['feed.wrong_type', 'feed.malformed'] };
  return [
    document('a row with a cell too few', () => written(header, ...rows, row().slice(1)), malformed, rows.length + 2),
    document('a row with a cell too many', () => written(header, `${row()}${delimiter}odd`, ...rows), malformed, 2),
    document('a row of one cell', () => written(header, ...rows, 'Query limit reached'), malformed),
    document('a quotation without end', () => written(header, `"${row('odd')}`, ...rows), malformed),
    document('a quotation that goes on', () => written(header, row('"odd"odd'), ...rows), malformed, 2),
    document('a quotation within a cell', () => written(header, row('odd"odd"'), ...rows), malformed, 2),
    document('quotations escaped by a backslash', () => written(header, row('"odd\\"odd"'), ...rows), malformed, 2),
    document(
      'a column twice',
      () => written(`${header}${delimiter}${cells[0]}`, ...rows.map((line) => `${line}${delimiter}`)),
      { refused: ['feed.duplicate_key'] },
      1,
    ),
    document(
      'two columns without names',
      () => written(`${header}${delimiter}${delimiter}`),
      { refused: ['feed.duplicate_key'] },
      1,
    ),
    document('a column nobody knows', () => written(...wide((line) => (line === 0 ? 'odd' : '1'))), 'same'),
    document(
      'columns of every object',
      () => written(...wide((line) => (line === 0 ? '__proto__' : 'polluted'))),
      'same',
    ),
    document('CRLF', () => utf8(sound.replaceAll(/\r?\n/g, '\r\n')), 'same'),
    document('CR', () => utf8(sound.replaceAll(/\r?\n/g, '\r')), 'same'),
    document('line ends of both kinds', () => utf8(sound.replaceAll(/\r?\n/g, '\n').replace('\n', '\r\n')), 'same'),
    document('empty lines', () => utf8(sound.replaceAll(/\r?\n/g, '\n\n')), 'same'),
    document('a line of blanks', () => written(header, '   ', ...rows), malformed, 2),
    document('a header alone', () => written(header), 'harmless'),
    document('another header', () => written('odd,even', '1,2'), foreign),
    document('another delimiter', () => utf8(sound.replaceAll(delimiter, delimiter === ';' ? '|' : ';')), foreign),
    document('no header', () => written(...rows), {
      refused: ['feed.wrong_type', 'feed.malformed', 'feed.duplicate_key'],
    }),
    document('a comment first', () => written('# odd', header, ...rows), foreign),
    document('a line of meaning for spreadsheets', () => written(`sep=${delimiter}`, header, ...rows), foreign),
    document('a last row without an end', () => utf8(sound.trimEnd()), malformed),
    document('a last row cut in its cell', () => utf8(sound.trimEnd().slice(0, -1)), malformed),
    huge('half a million rows', () => utf8(`${sound}${`${row()}\n`.repeat(500_001)}`), large, 500_003),
    huge(
      'a hundred thousand columns',
      () =>
        written(
          ...wide((line) =>
            Array.from({ length: 100_000 }, (_, index) => (line === 0 ? `odd${index}` : '1')).join(delimiter),
          ),
        ),
      'same',
    ),
    huge('a cell of ten million characters', () => written(header, row('x'.repeat(10_000_000)), ...rows), large, 2),
    huge('a quotation of ten million lines', () => written(header, `"${'\n'.repeat(10_000_000)}`), large),
    huge('ten million quotation marks', () => written(header, '"'.repeat(10_000_001)), {
      refused: ['feed.malformed', 'feed.too_large'],
    }),
    huge(
      'ten million delimiters',
      () => written(header, delimiter.repeat(10_000_000)),
      { refused: ['feed.malformed', 'feed.too_large'] },
      2,
    ),
  ];
};
