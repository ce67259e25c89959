/** What can stand in a record: JSON without undefined, functions or numbers that are not finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON of a value, RFC 8785: keys in the order of their UTF-16 code units, numbers and strings as ECMAScript
 * writes them, no white space. Equal values have equal texts, so a text can be hashed and compared.
 * Own code: the maintained packages of it need a newer Node than this project's floor, and for our own values it is short.
 * @throws TypeError for a number that is not finite, a lone surrogate or anything that is not JSON.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  if (ordered === NONE) return written(value);
  const text = JSON.stringify(ordered);
  // So JSON.stringify writes a lone surrogate, which is refused; or it is only a text that looks like one.
  return text.includes('\\ud') ? written(value) : text;
}

/** A value as canonical JSON already: the fields of an object, or the whole of it. */
export class Canonical {
  private constructor(readonly text: string) {}

  static of(value: unknown): Canonical {
    return new Canonical(canonicalJson(value));
  }

  /** Of an object whose fields are written already; those that are undefined are left out. */
  static object(fields: Readonly<Record<string, Canonical | undefined>>): Canonical {
    const written = Object.keys(fields)
      .sort()
      .flatMap((key) => (fields[key] === undefined ? [] : [`${canonicalJson(key)}:${fields[key].text}`]));
    return new Canonical(`{${written.join(',')}}`);
  }

  /** The fields of an object, each written once, to be put together in more than one way. */
  static fieldsOf(value: object): Record<string, Canonical | undefined> {
    const fields: Record<string, Canonical | undefined> = {};
    for (const [key, field] of Object.entries(value)) if (field !== undefined) fields[key] = Canonical.of(field);
    return fields;
  }
}

const NONE = Symbol('none');
type PlainObject = Record<string, unknown>;

/**
 * A copy of a value whose objects have their keys in order, so that the built-in writer, which writes numbers and strings
 * as the standard wants, writes it canonically. NONE where there is no such copy, or where the value may not be JSON.
 */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : NONE;
  if (typeof value !== 'object') return NONE;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value as readonly unknown[]) {
      const ordered = inOrder(item);
      if (ordered === NONE) return NONE;
      items.push(ordered);
    }
    return items;
  }
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype !== Object.prototype && prototype !== null) return NONE;
  const fields: PlainObject = {};
  for (const key of Object.keys(value).sort()) {
    // An object keeps keys that are numbers in an order of its own.
    if (key.charCodeAt(0) <= 57 || key === '__proto__' || key === 'toJSON') return NONE;
    const field = (value as PlainObject)[key];
    if (field === undefined) continue;
    const ordered = inOrder(field);
    if (ordered === NONE) return NONE;
    fields[key] = ordered;
  }
  return fields;
}

/** The same, written piece by piece. */
function written(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`got ${value}, wanted a finite number`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('got a text with a lone surrogate, wanted well-formed Unicode');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => written(item)).join(',')}]`;
  if (Object.prototype.toString.call(value) === '[object Object]') {
    const fields = Object.entries(value as object)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${written(key)}:${written(field)}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(
    `got a ${typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value}, wanted JSON`,
  );
}
