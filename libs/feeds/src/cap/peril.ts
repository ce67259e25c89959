import type { Peril } from '@faultline/evidence';
import type { CapInfo } from './alert.js';

/**
 * Which peril of ours the words of an `event` name; the first rule that fits decides. Null is a name that holds the
 * words of a peril and is none: the wind of "wind chill", the storm of "geomagnetic storm".
 */
const WORDS: readonly (readonly [RegExp, Peril | null])[] = [
  [/\bwind ?chill\b|\b(?:geo-?magnetic|solar|radiation|ion) (?:storm|radiation)|\bspace weather\b/, null],
  [/\b(?:missile|rocket)s? (?:attack|strike|threat|alert|fire)/, 'missile-strike'],
  [/\b(?:drone|uav|unmanned aircraft)s? (?:attack|strike|threat|alert)/, 'drone-strike'],
  [/\bair ?raid\b|\bair ?strike|\b(?:terror\w*|armed) attack|\bshelling\b/, 'armed-attack'],
  [/\bsabotage\b/, 'sabotage'],
  [/\briots?\b|\brioting\b|\bcivil (?:unrest|disorder|disturbance)|\bunrest\b/, 'unrest'],
  [/\bblack-?out\b|\b(?:power|electric\w*|grid|utility) (?:\w+ )?(?:outage|failure|cut|interruption)/, 'grid-failure'],
  [/\bvolcan|\bash ?fall\b|\beruption\b|\blahar/, 'volcano'],
  [/\btsunami\b|\bflood|\bstorm surge\b|\binundation\b|\b(?:dam|levee) (?:\w+ )?(?:break|failure)/, 'flood'],
  [/\bearth ?quake\b/, 'earthquake'],
  [
    /\bwild ?(?:land )?fire|\b(?:forest|bush|grass|brush|vegetation|scrub)[ -]?fire|\bfire (?:weather|danger|ban)|\bred flag\b/,
    'wildfire',
  ],
  [/\bfire\b/, 'fire'],
  [
    /storm|\btornado|\bhurricane|\btyphoon|\bcyclone|\btropical depression|\bwaterspout|\bsqualls?\b|\bgale\b|\bwinds?\b|\bblizzard|\bsnow(?:fall)?\b|\bhail\b|\blightning\b|\brain(?:fall)?\b|\bwinter weather\b|\bsevere weather\b/,
    'storm',
  ],
];

/** Codes of the US Emergency Alert System (SAME, 47 CFR 11.31), which Canada uses too. */
const SAME: Readonly<Record<string, Peril>> = {
  ...codes('flood', 'CFA CFW FFA FFS FFW FLA FLS FLW SSA SSW TSA TSW DBA DBW'),
  ...codes('storm', 'BZW DSW EWW HLS HUA HUW HWA HWW SQW SVA SVR SVS TOA TOR TRA TRW WSA WSW'),
  ...codes('earthquake', 'EQW'),
  ...codes('volcano', 'VOW'),
  ...codes('wildfire', 'WFA WFW'),
  ...codes('fire', 'FRW'),
  ...codes('grid-failure', 'POS'),
};

/** `awareness_type` of MeteoAlarm, "8; forest-fire". */
const AWARENESS: Readonly<Record<string, Peril>> = {
  '1': 'storm',
  '2': 'storm',
  '3': 'storm',
  '8': 'wildfire',
  '10': 'storm',
  '12': 'flood',
  '13': 'flood',
};

/**
 * The peril an `info` block speaks of: by the words of its event, in English; where they say nothing, by its code in
 * one of two lists of codes, then by category `Fire`. Null where it is none of ours, as of a missing child, fog, heat.
 */
export function perilOfInfo({ event, eventCodes, parameters, categories }: CapInfo): Peril | null {
  const named = perilOfWords(event ?? '');
  if (named !== undefined) return named;
  const same = eventCodes.find(({ name }) => name.toUpperCase() === 'SAME')?.value.toUpperCase() ?? '';
  if (Object.hasOwn(SAME, same)) return SAME[same]!;
  const awareness =
    parameters
      .find(({ name }) => name === 'awareness_type')
      ?.value.split(';')[0]
      ?.trim() ?? '';
  if (Object.hasOwn(AWARENESS, awareness)) return AWARENESS[awareness]!;
  return categories.some((category) => category.toLowerCase() === 'fire') ? 'fire' : null;
}

/** The peril words name; null where they name none for certain, undefined where they say nothing we know. */
export function perilOfWords(words: string): Peril | null | undefined {
  const text = words.slice(0, 500).toLowerCase().replace(/\s+/g, ' ');
  return WORDS.find(([pattern]) => pattern.test(text))?.[1];
}

function codes(peril: Peril, list: string): Record<string, Peril> {
  return Object.fromEntries(list.split(' ').map((code) => [code, peril]));
}
