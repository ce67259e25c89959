/** Cells as a Markdown table whose columns line up, which also reads well on a terminal. Columns of numbers stand to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cellOf));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => lengthOf(row[column] ?? ''))));
  const numeric = head.map((_, column) => cells.slice(1).every((row) => /^([−+]?\d|$)/.test(row[column] ?? '')));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => padded(row[column] ?? '', width, numeric[column] === true)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  const rule = `| ${widths.map((width, column) => (numeric[column] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

function padded(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - lengthOf(cell));
  return right ? space + cell : cell + space;
}

function lengthOf(cell: string): number {
  return [...cell].length;
}

/** A cell is one line, and its text is not markup. */
function cellOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}
