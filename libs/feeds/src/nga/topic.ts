export type Topic = 'cable' | 'missile' | 'military' | 'hazard' | 'other';

/**
 * Words that settle what a warning is about, the most telling first. A survey ship that tows cables is not about a
 * cable, a rocket that is launched is no missile, and to exercise caution is no exercise.
 */
const WORDS: readonly (readonly [Topic, RegExp])[] = [
  [
    'cable',
    /\b(?:SUBMARINE|UNDERSEA|UNDERWATER|SUBSEA|FIB(?:ER|RE)[ -]OPTIC|TELECOMMUNICATIONS?|POWER) CABLES?\b|\bCABLE[ -]?(?:OPERATIONS?|LAYING|LAY|REPAIRS?|MAINTENANCE|INSTALLATION|RECOVERY|BURIAL|INSPECTION|WORKS?|DAMAGED?|SHIPS?)\b/,
  ],
  ['missile', /\bMISSILES?\b(?! RANGE)/],
  [
    'military',
    /\b(?:GUNNERY|TORPEDO(?:ES)?|BOMBING|WARSHIPS?|MINEFIELDS?|MINES|NAVAL (?:EXERCISES?|OPERATIONS|FORCES|MINES?)|MINE (?:TRAINING|CLEARANCE|DANGER|COUNTERMEASURES?)|MILITARY|SUBMARINE (?:EXERCISES?|OPERATIONS)|ANTI-?SUBMARINE|ARMED (?:CONFLICT|FORCES|ATTACKS?)|WAR (?:RISK|ZONE)|(?:LIVE |ARTILLERY |WEAPONS? )?FIRING (?:EXERCISES?|OPERATIONS|PRACTICES?)|LIVE[ -]FIR(?:E|ING))\b/,
  ],
  [
    'hazard',
    /\b(?:HAZARDOUS|DANGEROUS|ROCKET|SPACE DEBRIS|DERELICT|ADRIFT|WRECKS?|SHOALS?|REEFS?|OBSTRUCTIONS?|SUNK(?:EN)?|SUBMERGED|CAPSIZED|ICEBERGS?|UNEXPLODED|EXPLOSIVES?|VOLCANIC|ERUPTION|EARTHQUAKE|TSUNAMI|PROHIBITED|PIRA(?:CY|TES?)|ATTACK(?:ED|S)?|(?:GPS|GNSS|AIS) (?:INTERFERENCE|UNRELIABLE|JAMMING)|DEPTHS? LESS THAN CHARTED)\b/,
  ],
];

/** What a warning to shipping is about, by its own words. */
export function topicOf(text: string): Topic {
  const even = text.replaceAll(/\s+/g, ' ').toUpperCase();
  return WORDS.find(([, words]) => words.test(even))?.[0] ?? 'other';
}
