/** The first thing about a bundle that does not match. */
export interface Finding {
  readonly file: 'report.json' | 'report.sig' | 'report.html' | 'key';
  /** A JSON pointer into report.json, `byte N`, counted from 0, or nothing where the whole file is meant. */
  readonly at: string;
  readonly got: string;
  readonly wanted: string;
}

/** A finding on one line. */
export function findingLine({ file, at, got, wanted }: Finding): string {
  return `${file}${at && ` at ${at}`}: got ${got}, wanted ${wanted}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
