import { document, huge, type Attack, type Verdict } from './sample.js';

/** What is wrong with JSON as such, and what only looks wrong. Each is put into, or around, a sound document. */
export const jsonDocuments: Attack = ({ sound, strict }) => {
  const text = sound.trim();
  const begin = text.indexOf('{') + 1;
  const [, key = ''] = /^\s*("(?:[^"\\]|\\.)*")/.exec(text.slice(begin)) ?? [];
  /** `member` as the first of the first object, which no reader of it knows. */
  const beside = (member: string) => `${text.slice(0, begin)}${member},${text.slice(begin)}`;
  const malformed: Verdict = { refused: ['feed.malformed'] };
  /** A feed that is written in several formats looks for another one. */
  const notBegun: Verdict = { refused: ['feed.malformed', 'feed.wrong_type'] };
  const ignored: Verdict = strict ? { refused: strict } : 'same';
  const notFinite: Verdict = { refused: ['field.not_finite'] };
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  return [
    document('a key twice', () => beside(`${key}:null`), { refused: ['feed.duplicate_key'] }),
    document('a key twice, once escaped', () => beside('"odd":1,"\\u006fdd":2'), { refused: ['feed.duplicate_key'] }),
    document('__proto__ twice', () => beside('"__proto__":1,"__proto__":2'), { refused: ['feed.duplicate_key'] }),
    document(
      'keys of every object',
      () => beside('"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'),
      ignored,
    ),
    document('a toString of its own', () => beside('"toString":"odd","valueOf":null,"hasOwnProperty":1'), ignored),
    document('sixty levels', () => beside(`"odd":${deep(50)}`), ignored),
    document('a hundred levels', () => beside(`"odd":${deep(100)}`), { refused: ['feed.too_deep'] }, begin + 80),
    huge(
      'two hundred thousand levels',
      () => beside(`"odd":${deep(200_000)}`),
      { refused: ['feed.too_deep'] },
      begin + 80,
    ),
    huge(
      'two hundred thousand levels without end',
      () => beside(`"odd":${'['.repeat(200_000)}`),
      { refused: ['feed.too_deep'] },
      begin + 80,
    ),
    huge(
      'two hundred thousand objects in each other',
      () => beside(`"odd":${'{"a":'.repeat(200_000)}1`),
      { refused: ['feed.too_deep'] },
      begin + 400,
    ),
    huge('more than two million values', () => beside(`"odd":[${'0,'.repeat(2_000_000)}0]`), {
      refused: ['feed.too_large'],
    }),
    huge(
      'a hundred thousand keys',
      () => beside(`"odd":{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":0`).join()}}`),
      ignored,
    ),
    huge('a text of ten million characters nobody reads', () => beside(`"odd":"${'x'.repeat(10_000_000)}"`), ignored),
    huge('a key of a million characters', () => beside(`"${'k'.repeat(1_000_000)}":0`), ignored),
    huge('a number of a million digits', () => beside(`"odd":0.${'1'.repeat(1_000_000)}`), ignored),
    huge('an integer of a million digits', () => beside(`"odd":${'1'.repeat(1_000_000)}`), notFinite),
    document('an integer beyond 2^53', () => beside('"odd":9007199254740993'), ignored),
    document('negative zero', () => beside('"odd":-0'), ignored),
    document('1e999', () => beside('"odd":1e999'), notFinite),
    document('-1e999', () => beside('"odd":[-1e999]'), notFinite),
    document('NaN', () => beside('"odd":NaN'), notFinite),
    document('Infinity', () => beside('"odd":-Infinity'), notFinite),
    document('a hexadecimal number', () => beside('"odd":0x10'), malformed),
    document('a leading zero', () => beside('"odd":007'), malformed),
    document('a leading plus', () => beside('"odd":+1'), malformed),
    document('a point without digits', () => beside('"odd":1.'), malformed),
    document('undefined', () => beside('"odd":undefined'), malformed),
    document('single quotes', () => beside("'odd':1"), malformed),
    document('a key without quotes', () => beside('odd:1'), malformed),
    document('a key that is a number', () => beside('1:1'), malformed),
    document('a comma too many', () => beside('"odd":[1,]'), malformed),
    document('a comma too few', () => beside('"odd":[1 2]'), malformed),
    document('a colon too few', () => beside('"odd" 1'), malformed),
    document('brackets that cross', () => beside('"odd":[{]}'), malformed),
    document('a comment', () => beside('/* odd */"odd":1'), malformed),
    document('a tab in a text', () => beside('"odd":"a\tb"'), malformed),
    document('a line end in a text', () => beside('"odd":"a\nb"'), malformed),
    document('an escape JSON has not', () => beside('"odd":"\\x41"'), malformed),
    document('half an escape', () => beside('"odd":"\\u12"'), malformed),
    document('half a character nobody reads', () => beside('"odd":"\\ud800"'), ignored),
    document('NUL in a text nobody reads', () => beside('"odd":"\\u0000"'), ignored),
    document('NUL in a key nobody reads', () => beside('"\\u0000":"odd"'), ignored),
    document('a document after the document', () => `${text}${text}`, malformed, text.length),
    document('a bracket after the document', () => `${text}]`, malformed, text.length),
    document('lines of documents', () => `${text}\n${text}\n`, malformed, text.length + 1),
    document('a call around the document', () => `callback(${text});`, notBegun),
    document('a guard before the document', () => `)]}',\n${text}`, notBegun),
    document('two marks', () => `\ufeff\ufeff${text}`, malformed, 0),
    document('blanks JSON has not', () => `\u00a0${text}`, notBegun),
    document('blanks around the document', () => `\n\t ${text} \r\n`, 'same'),
  ];
};
