import type { Quarantine } from '../model/adapter.js';
import { pointerOf, refused, shown } from './fault.js';

export const JSON_MAX_DEPTH = 64;
/** Objects, arrays, strings, numbers and words of one document. */
export const JSON_MAX_VALUES = 2_000_000;

export type Scan =
  | {
      readonly outcome: 'scanned';
      /** `[begin, end)` of every integer that a double cannot hold exactly. */
      readonly inexact: readonly (readonly [number, number])[];
    }
  | { readonly outcome: 'refused'; readonly fault: Quarantine };

type Level = { kind: 'array'; count: number } | { kind: 'object'; keys: Set<string>; key: string };
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'separator' | 'nothing';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const NOT_FINITE = /NaN|[+-]?Infinity/y;
const BLANK = new Set([' ', '\t', '\n', '\r']);

class Refusal extends Error {
  constructor(readonly fault: Quarantine) {
    super(fault.code);
  }
}

/**
 * Walks a JSON text (RFC 8259) without recursion and without building anything, for what JSON.parse does not tell:
 * the offset of the first error, repeated keys, depth, and numbers that would not survive. Offsets count UTF-16 units.
 */
export function scanJson(text: string): Scan {
  try {
    return { outcome: 'scanned', inexact: new Scanner(text).run() };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused', fault: error.fault };
    throw error;
  }
}

class Scanner {
  private at = 0;
  private values = 0;
  private expected: Expected = 'value';
  private readonly levels: Level[] = [];
  private readonly inexact: [number, number][] = [];

  constructor(private readonly text: string) {}

  run(): [number, number][] {
    for (;;) {
      while (BLANK.has(this.text[this.at] ?? '')) this.at += 1;
      if (this.at >= this.text.length) break;
      this.step(this.text[this.at]!);
    }
    if (this.expected !== 'nothing')
      this.malformed('the end of the text', this.levels.length > 0 ? 'the rest of it' : 'a value');
    return this.inexact;
  }

  private step(character: string): void {
    const level = this.levels.at(-1);
    if (this.expected === 'nothing') this.malformed(character, 'nothing after the value');
    if (this.expected === 'separator') return this.separate(character, level!);
    if (character === ']' && this.expected === 'value-or-end') return this.leave();
    if (character === '}' && this.expected === 'key-or-end') return this.leave();
    if (this.expected === 'key' || this.expected === 'key-or-end') return this.takeKey(character, level!);
    this.takeValue(character);
  }

  private separate(character: string, level: Level): void {
    if (character === (level.kind === 'array' ? ']' : '}')) return this.leave();
    if (character !== ',') this.malformed(character, `"," or "${level.kind === 'array' ? ']' : '}'}"`);
    this.at += 1;
    if (level.kind === 'array') level.count += 1;
    this.expected = level.kind === 'array' ? 'value' : 'key';
  }

  private takeKey(character: string, level: Level): void {
    if (level.kind !== 'object' || character !== '"') this.malformed(character, 'a key in quotes');
    const begin = this.at;
    const key = this.takeString();
    if (level.keys.has(key)) {
      this.refuse(
        'feed.duplicate_key',
        `${this.pointer(1)} at offset ${begin}`,
        `the key ${shown(key)} again`,
        'every key once',
      );
    }
    level.keys.add(key);
    level.key = key;
    while (BLANK.has(this.text[this.at] ?? '')) this.at += 1;
    if (this.text[this.at] !== ':') this.malformed(this.text[this.at] ?? 'the end of the text', '":"');
    this.at += 1;
    this.expected = 'value';
  }

  private takeValue(character: string): void {
    this.values += 1;
    if (this.values > JSON_MAX_VALUES)
      this.refuse('feed.too_large', this.place(), `more than ${JSON_MAX_VALUES} values`, 'fewer');
    if (character === '[' || character === '{') return this.enter(character);
    if (character === '"') this.takeString();
    else if (!this.takeWord()) this.takeNumber(character);
    this.expected = this.levels.length === 0 ? 'nothing' : 'separator';
  }

  private enter(bracket: '[' | '{'): void {
    if (this.levels.length >= JSON_MAX_DEPTH) {
      this.refuse(
        'feed.too_deep',
        this.place(),
        `more than ${JSON_MAX_DEPTH} levels`,
        `at most ${JSON_MAX_DEPTH} levels`,
      );
    }
    this.levels.push(bracket === '[' ? { kind: 'array', count: 0 } : { kind: 'object', keys: new Set(), key: '' });
    this.expected = bracket === '[' ? 'value-or-end' : 'key-or-end';
    this.at += 1;
  }

  private leave(): void {
    this.levels.pop();
    this.at += 1;
    this.expected = this.levels.length === 0 ? 'nothing' : 'separator';
  }

  private takeWord(): boolean {
    WORD.lastIndex = this.at;
    if (!WORD.test(this.text)) return false;
    this.at = WORD.lastIndex;
    return true;
  }

  private takeNumber(character: string): void {
    const begin = this.at;
    NUMBER.lastIndex = begin;
    const [digits] = NUMBER.exec(this.text) ?? [];
    if (digits === undefined) {
      NOT_FINITE.lastIndex = begin;
      const [word] = NOT_FINITE.exec(this.text) ?? [];
      if (word !== undefined) this.refuse('field.not_finite', this.place(), word, 'a finite number');
      this.malformed(character, 'a value');
    }
    const number = Number(digits);
    if (!Number.isFinite(number)) this.refuse('field.not_finite', this.place(), digits.slice(0, 40), 'a finite number');
    this.at += digits.length;
    if (/^-?\d+$/.test(digits) && !Number.isSafeInteger(number)) this.inexact.push([begin, this.at]);
  }

  /** Reads the string that begins here and returns it with its escapes resolved. */
  private takeString(): string {
    const begin = this.at;
    let escaped = false;
    for (this.at += 1; ; this.at += 1) {
      const character = this.text[this.at];
      if (character === undefined) this.malformed('the end of the text', 'the end of a string');
      if (character === '"') break;
      if (character < ' ') this.malformed('a control character in a string', 'an escaped one');
      if (character !== '\\') continue;
      escaped = true;
      this.at += 1;
      const mark = this.text[this.at] ?? '';
      if (mark === 'u' && /^[0-9a-fA-F]{4}$/.test(this.text.slice(this.at + 1, this.at + 5))) this.at += 4;
      else if (mark === '' || !'"\\/bfnrt'.includes(mark)) this.malformed(`\\${mark}`, 'a JSON escape');
    }
    this.at += 1;
    return escaped ? (JSON.parse(this.text.slice(begin, this.at)) as string) : this.text.slice(begin + 1, this.at - 1);
  }

  private pointer(leaveOut: number): string {
    const path = this.levels.slice(0, this.levels.length - leaveOut);
    return pointerOf('', ...path.map((level) => (level.kind === 'array' ? level.count : level.key)));
  }

  private place(): string {
    return `${this.pointer(0).slice(0, 200)} at offset ${this.at}`;
  }

  private malformed(got: string, wanted: string): never {
    return this.refuse('feed.malformed', `offset ${this.at}`, shown(got), wanted);
  }

  private refuse(...fault: Parameters<typeof refused>): never {
    throw new Refusal(refused(...fault).fault);
  }
}
