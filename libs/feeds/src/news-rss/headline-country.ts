import { COUNTRY_NAMES } from '../countries/index.js';

/**
 * Names that are as often something else in a headline: a state of the United States, a person, a bird, an animal.
 * A headline with one of them names no country for sure.
 */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'Chad',
  'Congo',
  'Georgia',
  'Guinea',
  'Jersey',
  'Jordan',
  'Korea',
  'Turkey',
  'Saba',
  'Svalbard',
]);
/** Places that hold the name of a country and are none, or are not that one. */
const OTHER_PLACES =
  /\b(?:New (?:Mexico|Jersey|Guinea)|Northern Ireland|Panama City|Mexico City|Lebanon,? (?:Pa|Pennsylvania|Ohio|Tennessee|Oregon)|Peru,? (?:Ind|Indiana|Illinois)|Cuba,? (?:N\.?Y|New York|Missouri)|Gulf of (?:Mexico|Oman)|Sea of Oman|South China Sea|Indian Ocean|Norfolk Island|Bank of (?:America|China|England))\b/g;
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  UAE: 'AE',
  UK: 'GB',
  US: 'US',
  USA: 'US',
  'U.S.': 'US',
  'U.K.': 'GB',
  'U.A.E.': 'AE',
  DRC: 'CD',
  DPRK: 'KP',
};

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(COUNTRY_NAMES)
    .flatMap(([code, names]) => names.map((name) => [name, code] as const))
    .filter(([name]) => !Object.hasOwn(ABBREVIATIONS, name) && /^\p{Lu}[\p{L}' .-]+$/u.test(name)),
);
const NAMES = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${[...CODES.keys(), ...AMBIGUOUS, ...Object.keys(ABBREVIATIONS)]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll('.', '\\.'))
    .join('|')})(?![\\p{L}\\p{N}])`,
  'gu',
);

/** The code of the one country a headline names; null where it names none, several, or one that may be no country. */
export function countryIn(headline: string): string | null {
  const found = headline.replaceAll('’', "'").replace(OTHER_PLACES, '').match(NAMES);
  if (!found) return null;
  const codes = new Set(
    found.map((name) => (AMBIGUOUS.has(name) ? '' : (ABBREVIATIONS[name] ?? CODES.get(name) ?? ''))),
  );
  const [code] = codes;
  return codes.size === 1 && code ? code : null;
}
