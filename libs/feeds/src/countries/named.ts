import { COUNTRY_NAMES, JOINT_NAMES } from './country-names.js';

/** Whether `code` is an ISO 3166-1 alpha-2 code in use, or `XK`. */
export function isCountryCode(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && Object.hasOwn(COUNTRY_NAMES, code);
}

/** The common English name of a country by its code; the code itself where it is none. */
export function countryName(code: string): string {
  return (isCountryCode(code) ? COUNTRY_NAMES[code]?.[0] : undefined) ?? code;
}

/**
 * The codes of the countries a heading names as a whole: one, or several for a joint page. Undefined where the table
 * does not know the name; nothing is guessed from parts of it, but that a gloss in brackets may be missing.
 */
export function countriesNamed(heading: string): readonly string[] | undefined {
  const whole = BY_NAME.get(nameKey(heading));
  if (whole) return whole;
  const glossed = /^([^()]{1,80})\(([^()]{1,80})\)$/.exec(heading.trim());
  if (!glossed) return undefined;
  const [base, gloss] = [BY_NAME.get(nameKey(glossed[1]!)), BY_NAME.get(nameKey(glossed[2]!))];
  // A gloss that names another country than its heading leaves both open, and Congo is two countries.
  if (!base || nameKey(glossed[1]!) === 'congo') return undefined;
  return gloss === undefined || gloss.join() === base.join() ? base : undefined;
}

/** The one country a name stands for; undefined for none, for several, and for a name the table does not know. */
export function countryNamed(name: string): string | undefined {
  const codes = countriesNamed(name);
  return codes?.length === 1 ? codes[0] : undefined;
}

/** A name without case, accents, punctuation, articles and the ways to write "and" and "Saint". */
export function nameKey(name: string): string {
  return name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/['’‘`´]/gu, '')
    .replace(/[^a-z0-9]+/gu, ' ')
    .replace(/\bst\b/gu, 'saint')
    .replace(/\bthe\b/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();
}

const BY_NAME: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(COUNTRY_NAMES).flatMap(([code, names]) => names.map((name) => [nameKey(name), [code]] as const)),
  ...Object.entries(JOINT_NAMES).map(([name, codes]) => [nameKey(name), codes] as const),
]);
