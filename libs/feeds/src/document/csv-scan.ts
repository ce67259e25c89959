const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A record with the number of the line it ends on. A cell that nobody wants is undefined. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly (string | undefined)[];
}

/**
 * Reads regular CSV in one pass over its text, making texts of the wanted cells only. Undefined for anything irregular,
 * which is then the strict reader's to judge: a stray or open quote, rows of different lengths, a record that is too
 * long, a line end other than the first one. `most` records are read at most. Where it gives records, they and their
 * lines are those of the strict reader.
 */
export function scanCsv(
  text: string,
  delimiter: string,
  longest: number,
  most: number,
  wantedOf: (header: readonly string[]) => readonly boolean[],
): CsvRecord[] | undefined {
  const separator = delimiter.charCodeAt(0);
  const { length } = text;
  const records: CsvRecord[] = [];
  let wanted: readonly boolean[] | undefined;
  let lineEnd: 'lf' | 'crlf' | undefined;
  let cells: (string | undefined)[] = [];
  let column = 0;
  let begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let at = begin;
  let line = 1;
  while (at < length) {
    const isQuoted = text.charCodeAt(at) === QUOTE;
    let from = at;
    let to: number;
    let hasEscapes = false;
    let code: number;
    if (isQuoted) {
      from = ++at;
      for (;;) {
        // Past the end charCodeAt is NaN, which is none of these.
        code = text.charCodeAt(at);
        if (code === QUOTE) {
          if (text.charCodeAt(at + 1) !== QUOTE) break;
          hasEscapes = true;
          at += 2;
          continue;
        }
        if (code === LF || code === CR) line++;
        if (at++ >= length) return undefined;
      }
      to = at++;
    } else {
      for (; at < length; at++) {
        code = text.charCodeAt(at);
        if (code === separator || code === LF || code === CR) break;
        if (code === QUOTE) return undefined;
      }
      to = at;
    }
    const isEnd = at >= length;
    code = isEnd ? LF : text.charCodeAt(at);
    let step = 1;
    if (code !== separator && !isEnd) {
      const found = code === LF ? 'lf' : code === CR && text.charCodeAt(at + 1) === LF ? 'crlf' : undefined;
      lineEnd ??= found;
      if (found === undefined || found !== lineEnd) return undefined;
      if (found === 'crlf') step = 2;
      if (!isQuoted && column === 0 && to === from) {
        // An empty line.
        at += step;
        begin = at;
        line++;
        continue;
      }
    }
    const cell = wanted?.[column] === false ? undefined : text.slice(from, to);
    cells.push(cell === undefined || !hasEscapes ? cell : cell.replaceAll('""', '"'));
    column++;
    at += step;
    if (code === separator) {
      // A separator at the very end has an empty cell behind it.
      if (at < length) continue;
      cells.push(wanted?.[column] === false ? undefined : '');
      column++;
    }
    if (at - begin > longest) return undefined;
    if (wanted === undefined) wanted = wantedOf(cells as string[]);
    else if (column !== wanted.length) return undefined;
    records.push({ line, cells });
    if (records.length >= most) return records;
    cells = [];
    column = 0;
    begin = at;
    line++;
  }
  return records.length === 0 ? undefined : records;
}
