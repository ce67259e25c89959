/** The embedded server cannot be had. The message names the file or variable, and what to do about it. */
export class EmbeddedPostgresError extends Error {}

/** The `code` of a system or database error, such as `EEXIST` or `57P03`. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code;
}
