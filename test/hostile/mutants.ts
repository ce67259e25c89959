import { isCutAt } from './check.js';
import { joined, utf16, utf8, type Sample } from './sample.js';

/** A document made of a sound one by chance that can be repeated. */
export interface Mutant {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** A sound document that was only cut, before its end: it must be refused. */
  readonly isCut: boolean;
}

/** Numbers in [0, bound), the same for the same seed: mulberry32. */
export type Chance = (bound: number) => number;

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

const SCRAPS = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u0000', '\\ud800', 'null', 'true', '{"__proto__":1}', '[[[[[[[['],
  ...[
    '<',
    '>',
    '&',
    '/>',
    '</',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&#0;',
  ],
  ...[
    '&#xD800;',
    '&amp;',
    '&b;',
    ' xmlns:p="u"',
    "='",
    '\n',
    '\r',
    '\t',
    '\u0000',
    ';',
    '""',
    '\u202e',
    '\u200b',
    '🔥',
  ],
  ...['\ufeff', '\u2028', '\ufffe', '=1+1', '%00', 'constructor', '__proto__', 'toString', 'x'.repeat(5000)],
];
const NUMBERS = [
  ...['0', '-0', '-1', '1e999', '-1e999', '1e-999', '9007199254740993', '0x10', 'NaN', 'Infinity', '91', '181', '-180'],
  ...['1772340667', '8640000000000001', '99999999999999999999', '0.1', '00', '1.', '.5', '٣'],
];
const DATES = [
  ...['1970-01-01', '2026-02-30', '2026-03-01T04:51:00', '9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z'],
  ...[
    'Sun, 01 Mar 2026 04:51:00 XYZ',
    '01 Mar 26 04:51 +9999',
    '2026-13-01',
    '0000-00-00',
    '2026-03-01T04:51:00+14:00',
  ],
];
const NUMBER = /-?\d+(?:\.\d+)?/g;
const STRING = /"[^"\\\n]{0,200}"/g;
const TEXT = />[^<>]{1,200}</g;
const CELL = /(?<=[,;\t\n])[^,;\t\n"<>{}]{1,100}(?=[,;\t\n])/g;
const DATE = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2} [A-Z][a-z]{2} \d{4} [\d:]+ \S+/g;
const OPENING = /[[{]|<[A-Za-z][^<>/]*>/g;

type Change = (text: string, chance: Chance) => string;

const pick = <T>(among: readonly T[], chance: Chance): T => among[chance(among.length)]!;

const CHANGES: Readonly<Record<string, Change>> = {
  insert: (text, chance) => spliced(text, chance(text.length + 1), 0, pick(SCRAPS, chance)),
  replace: (text, chance) => spliced(text, chance(text.length), 1 + chance(8), pick(SCRAPS, chance)),
  remove: (text, chance) => spliced(text, chance(text.length), 1 + chance(60), ''),
  duplicate: (text, chance) => {
    const at = chance(text.length);
    return spliced(text, at, 0, text.slice(at, at + 1 + chance(400)).repeat(1 + chance(20)));
  },
  move: (text, chance) => {
    const at = chance(text.length);
    const length = 1 + chance(200);
    return spliced(spliced(text, at, length, ''), chance(text.length), 0, text.slice(at, at + length));
  },
  number: (text, chance) => at(text, NUMBER, chance, () => pick(NUMBERS, chance)),
  date: (text, chance) => at(text, DATE, chance, () => pick(DATES, chance)),
  value: (text, chance) =>
    at(text, STRING, chance, () =>
      pick(['""', 'null', '[]', '{}', '0', 'true', '"a\\ud800"', '"a\\u0000"', '"\\u202e"', '{"toString":1}'], chance),
    ),
  words: (text, chance) => at(text, STRING, chance, () => JSON.stringify(pick(SCRAPS, chance))),
  content: (text, chance) => at(text, TEXT, chance, () => `>${pick([...SCRAPS, ...DATES, ...NUMBERS], chance)}<`),
  plain: (text, chance) =>
    at(text, TEXT, chance, () => `>${escaped(pick([...SCRAPS, ...DATES, ...NUMBERS], chance))}<`),
  cell: (text, chance) => at(text, CELL, chance, () => pick([...DATES, ...NUMBERS, '', 'x', '"a\n""b"'], chance)),
  swap: (text, chance) => {
    const pattern = pick([STRING, NUMBER, TEXT], chance);
    const other = text.match(pattern) ?? [''];
    return at(text, pattern, chance, () => pick(other, chance));
  },
  nest: (text, chance) =>
    at(text, OPENING, chance, (whole) => {
      const levels = pick([2, 30, 70, 5000], chance);
      return whole.startsWith('<') ? whole.repeat(levels) : `${whole}"k":[`.replace('["k":', '[').repeat(levels);
    }),
};
const KINDS = Object.keys(CHANGES);
/** Those that leave the form of a document as it is, so that what it says reaches the readers of items. */
const WITHIN_VALUES = ['number', 'date', 'words', 'value', 'plain', 'cell', 'swap'];

/** Makes mutant number `index` of `seed`; the same for the same two, whatever was made before. */
export function mutantOf(sample: Sample, texts: readonly string[], seed: number, index: number): Mutant {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const way = chance(10);
  if (way < 2) return cutOf(sample, chance);
  const source = pick(texts, chance);
  if (way < 3) return { kind: 'bytes', bytes: bytesChanged(utf8(source), chance), isCut: false };
  const among = way < 6 ? KINDS : WITHIN_VALUES;
  const kinds = Array.from({ length: 1 + chance(4) }, () => pick(among, chance));
  const text = kinds.reduce((changed, kind) => CHANGES[kind]!(changed, chance), source);
  const encoding = chance(8);
  const bytes = encoding === 0 ? utf16(text, 'be') : encoding === 1 ? utf16(`\ufeff${text}`, 'le') : utf8(text);
  const isBroken = way < 6 && chance(5) === 0;
  return { kind: kinds.join('+'), bytes: isBroken ? bytesChanged(bytes, chance) : bytes, isCut: false };
}

/** The beginning of a sound document, in any of its encodings, cut between characters or within one. */
function cutOf(sample: Sample, chance: Chance): Mutant {
  const length = chance(sample.sound.length);
  const text = sample.sound.slice(0, length);
  const encoding = chance(3);
  const whole = encoding === 0 ? utf8(text) : utf16(`\ufeff${text}`, encoding === 1 ? 'be' : 'le');
  // Half a character more is a cut of the next one, wherever the document is.
  const isRagged = chance(4) === 0;
  const bytes = isRagged ? joined(whole, Uint8Array.of(encoding === 0 ? 0xf0 : 0)) : whole;
  return { kind: 'cut', bytes, isCut: isRagged || isCutAt(sample, length) };
}

/** As text of XML may hold it; controls, which it may not, are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\ufffd]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function bytesChanged(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = bytes.slice();
  for (let times = 1 + chance(6); times > 0 && changed.length > 0; times -= 1) {
    const place = chance(changed.length);
    if (chance(2) === 0) changed[place] = chance(256);
    else changed[place] = changed[place]! ^ (1 << chance(8));
  }
  if (chance(3) > 0) return changed;
  const from = chance(changed.length + 1);
  return joined(
    changed.slice(0, from),
    Uint8Array.from({ length: chance(5) }, () => chance(256)),
    changed.slice(from + chance(9)),
  );
}

function spliced(text: string, place: number, remove: number, put: string): string {
  return text.slice(0, place) + put + text.slice(place + remove);
}

/** `text` with one match of `pattern`, by chance, replaced. */
function at(text: string, pattern: RegExp, chance: Chance, put: (whole: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[chance(matches.length || 1)];
  return match === undefined ? text : spliced(text, match.index, match[0].length, put(match[0]));
}
