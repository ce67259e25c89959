/** What can stand in a record: JSON without undefined, functions or numbers that are not finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON of a value, RFC 8785: keys in the order of their UTF-16 code units, numbers and strings as ECMAScript
 * writes them, no white space. Equal values have equal texts, so a text can be hashed and compared.
 * Own code: the maintained packages of it need a newer Node than this project's floor, and for our own values it is short.
 * @throws TypeError for a number that is not finite, a lone surrogate or anything that is not JSON.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`got ${value}, wanted a finite number`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('got a text with a lone surrogate, wanted well-formed Unicode');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => canonicalJson(item)).join(',')}]`;
  if (Object.prototype.toString.call(value) === '[object Object]') {
    const fields = Object.entries(value as object)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${canonicalJson(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(
    `got a ${typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value}, wanted JSON`,
  );
}
