/** What is wrong with a file as a whole. */
export type FileFaultCode =
  | 'file.too_large'
  | 'file.too_large_unpacked'
  | 'file.too_many_rows'
  | 'file.empty'
  | 'file.wrong_type'
  | 'file.malformed'
  | 'file.encoding'
  | 'file.macro'
  | 'file.encrypted'
  | 'file.no_sheet'
  | 'file.duplicate_column'
  | 'file.column_twice'
  | 'file.column_missing'
  | 'mapping.invalid';

/** What is wrong with one row. */
export type RowFaultCode =
  | 'row.cells'
  | 'field.missing'
  | 'field.invalid_text'
  | 'field.too_long'
  | 'field.number'
  | 'field.number_ambiguous'
  | 'field.number_mixed'
  | 'field.formula'
  | 'field.range'
  | 'field.enum'
  | 'field.conflict'
  | 'geo.out_of_range'
  | 'geo.null_island'
  | 'geo.not_a_point'
  | 'region.unknown'
  | 'region.doubtful'
  | 'zone.unknown'
  | 'asset.duplicate';

/** A file that is not read: why, where, and what to do about it. */
export interface FileFault {
  readonly code: FileFaultCode;
  /** Such as `line 3` or `xl/workbook.xml`. */
  readonly at: string;
  readonly got: string;
  readonly wanted: string;
  readonly fix: string;
}

/** One cell that keeps its row out. */
export interface RowFault {
  readonly code: RowFaultCode;
  /** Number of the line, row or feature in the file, from 1, the header counted. */
  readonly line: number;
  /** The column as the file calls it. */
  readonly column: string;
  readonly value: string;
  readonly wanted: string;
  readonly fix: string;
}

export type FileReading<T> =
  | { readonly outcome: 'read'; readonly value: T }
  | {
      readonly outcome: 'refused';
      readonly fault: FileFault;
      /** The headers of the file, as far as it was read. */
      readonly headers?: readonly string[];
    };

export function readAs<T>(value: T): FileReading<T> {
  return { outcome: 'read', value };
}

export function refusedAs(
  code: FileFaultCode,
  at: string,
  got: string,
  wanted: string,
  fix: string,
): { readonly outcome: 'refused'; readonly fault: FileFault } {
  return { outcome: 'refused', fault: { code, at, got, wanted, fix } };
}

const SHOWN_MAX = 120;

/** A value from a file as one short printable line: quoted, without hidden characters, cut. */
export function shownValue(value: string): string {
  const json = JSON.stringify(value.toWellFormed().replace(/\p{Cf}/gu, ''));
  return json.length > SHOWN_MAX ? `${json.slice(0, SHOWN_MAX).toWellFormed()}…` : json;
}
