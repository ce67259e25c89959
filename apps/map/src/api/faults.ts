/** One thing wrong with what was sent, as the service says it. `pointer` is the place in what was sent, if it names one. */
export interface Fault {
  readonly code: string;
  readonly pointer: string | null;
  readonly got: string | null;
  readonly wanted: string | null;
  readonly detail: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `/claims/0/url: got null, wanted the public address`. What was got may hold any words, so the last `wanted` counts. */
const DETAIL = /^(\/\S*): got ([\s\S]*), wanted ([\s\S]*)$/;

const faultOf = (code: string, detail: string): Fault => {
  const [, pointer, got, wanted] = DETAIL.exec(detail) ?? [];
  return { code, detail, pointer: pointer ?? null, got: got ?? null, wanted: wanted ?? null };
};

/** What a refused request says was wrong: never empty, so that a refusal is never shown as nothing. */
export const faultsOf = (status: number, body: unknown): readonly Fault[] => {
  const problem = isRecord(body) ? body : {};
  const code = textOf(problem['code']) ?? `http.${status}`;
  const errors = Array.isArray(problem['errors']) ? problem['errors'].filter(isRecord) : [];
  if (errors.length > 0) {
    return errors.map((error) => ({
      code: textOf(error['code']) ?? code,
      pointer: textOf(error['pointer']),
      got: null,
      wanted: null,
      detail: textOf(error['detail']) ?? 'not as agreed',
    }));
  }
  return [
    faultOf(
      code,
      textOf(problem['detail']) ?? textOf(problem['title']) ?? `The service answered ${status} without saying why.`,
    ),
  ];
};
