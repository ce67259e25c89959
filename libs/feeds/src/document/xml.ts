import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { QuarantineCode } from '../model/adapter.js';
import { decodeText } from './decode.js';
import { printable, read, refused, type Reading } from './fault.js';
import { isText } from './text.js';

const MAX_DEPTH = 64;
const MAX_NODES = 1_000_000;
const MAX_ATTRIBUTES = 256;
/** References, line ends and the like in one text, attribute value or comment. */
const MAX_PIECES = 2_000_000;
/** How much text is given to the parser at once, so that a text that does not end is seen to. */
const CHUNK = 65_536;
/** `&`, line ends, tab, and what may begin the end of a comment, an instruction or character data. */
const PIECE = new Set([...'&\r\n\t-?]'].map((character) => character.charCodeAt(0)));
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** An element of an XML document, by namespace and local name; prefixes mean nothing. */
export interface XmlElement {
  readonly name: string;
  /** Namespace URI; empty where it has none. */
  readonly namespace: string;
  /** Attribute values by name as written, without the namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All character data directly inside it, in order. */
  readonly text: string;
  /** Offset of the end of its opening tag in the decoded text. */
  readonly offset: number;
}

interface Open extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** Thrown inside the parser's callbacks, which have no other way out; never leaves this file. */
class Stop extends Error {
  constructor(readonly fault: ReturnType<typeof refused>) {
    super(fault.fault.code);
  }
}

/**
 * Reads an XML document strictly. Refused are: an empty document (`feed.empty`), a page of HTML or anything that is no
 * markup (`feed.wrong_type`), any document type declaration, and with it every entity of one's own
 * (`feed.doctype_forbidden`), what is not well-formed or is cut, with its offset (`feed.malformed`), more than 64 levels
 * (`feed.too_deep`), more than a million elements, attributes, comments and the like, 256 attributes on one element, or two million
 * references and line ends in one text (`feed.too_large`), and references to NUL, half a character or what else is none
 * (`field.invalid_text`).
 */
export function readXml(bytes: Uint8Array): Reading<XmlElement> {
  const decoded = decodeText(bytes, { declared: 'xml' });
  if (decoded.outcome === 'refused') return decoded;
  const { text } = decoded;
  const begin = text.trimStart();
  if (begin === '') return refused('feed.empty', 'offset 0', 'an empty document', 'an XML document');
  if (!begin.startsWith('<')) return refused('feed.wrong_type', 'offset 0', 'no markup', 'an XML document');
  const prolog = endOfProlog(text);
  const next = text.slice(prolog, prolog + 40);
  if (/^<(?:!doctype\s+html|html)\b/i.test(next))
    return refused('feed.wrong_type', `offset ${prolog}`, 'an HTML page', 'an XML document');
  if (next.startsWith('<!DOCTYPE')) return withDoctype(prolog);
  try {
    return read(new Reader(text).run());
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
}

/** Where white space, comments and instructions before the root, or before a document type declaration, end. */
function endOfProlog(text: string): number {
  const blank = /\s*/y;
  for (let at = 0; ;) {
    blank.lastIndex = at;
    blank.test(text);
    at = blank.lastIndex;
    const close = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    const end = close === undefined ? -1 : text.indexOf(close, at + 2);
    if (end < 0) return at;
    at = end + close!.length;
  }
}

function withDoctype(offset: number): ReturnType<typeof refused> {
  return refused('feed.doctype_forbidden', `offset ${offset}`, 'a document type declaration', 'a document without');
}

/** Builds the elements of one document out of what the parser tells. */
class Reader {
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly open: Open[] = [];
  private root: XmlElement | undefined;
  private nodes = 0;
  private attributes = 0;
  /** Whether the parser told of anything in the chunk at hand. */
  private told = false;

  constructor(private readonly text: string) {
    const { parser } = this;
    parser.on('doctype', () => {
      throw new Stop(withDoctype(parser.position));
    });
    parser.on('error', (error) => this.fail(error));
    parser.on('opentagstart', () => (this.attributes = 0));
    parser.on('attribute', ({ value }) => this.takeAttribute(value));
    parser.on('opentag', (tag) => this.enter(tag));
    parser.on('closetag', () => void this.open.pop());
    parser.on('text', (characters) => this.take(characters));
    parser.on('cdata', (characters) => {
      this.countNode();
      this.take(characters);
    });
    parser.on('comment', () => this.countNode());
    parser.on('processinginstruction', () => this.countNode());
  }

  run(): XmlElement {
    // The parser puts a text together from pieces that cost forty times their size until it is told of.
    let pieces = 0;
    for (let from = 0; from < this.text.length; from += CHUNK) {
      const chunk = this.text.slice(from, from + CHUNK);
      this.told = false;
      this.parser.write(chunk);
      pieces = this.told ? 0 : pieces + piecesOf(chunk);
      if (pieces > MAX_PIECES)
        this.stop('feed.too_large', `${pieces} references and line ends in one text`, `at most ${MAX_PIECES}`);
    }
    this.parser.close();
    return this.root!;
  }

  private enter(tag: SaxesTagNS): void {
    const { open } = this;
    if (open.length >= MAX_DEPTH) this.stop('feed.too_deep', `${open.length + 1} levels`, `at most ${MAX_DEPTH}`);
    this.countNode();
    const element: Open = {
      name: tag.local,
      namespace: tag.uri,
      attributes: this.attributes === 0 ? NO_ATTRIBUTES : attributesOf(tag),
      children: [],
      text: '',
      offset: this.parser.position,
    };
    open.at(-1)?.children.push(element);
    this.root ??= element;
    open.push(element);
  }

  private take(characters: string): void {
    this.told = true;
    this.check(characters);
    const parent = this.open.at(-1);
    if (parent) parent.text += characters;
  }

  private takeAttribute(value: string): void {
    this.attributes += 1;
    if (this.attributes > MAX_ATTRIBUTES)
      this.stop('feed.too_large', `more than ${MAX_ATTRIBUTES} attributes on one element`, 'fewer');
    this.countNode();
    this.check(value);
  }

  private countNode(): void {
    this.told = true;
    this.nodes += 1;
    if (this.nodes > MAX_NODES)
      this.stop('feed.too_large', `more than ${MAX_NODES} elements, attributes, comments and the like`, 'fewer');
  }

  /** Looking into it also makes one string of its pieces. */
  private check(characters: string): void {
    if (!isText(characters)) this.stop('field.invalid_text', 'NUL or half a character', 'whole characters');
  }

  private fail(error: Error): never {
    const { position } = this.parser;
    const [reference] = /&#[xX]?[0-9a-fA-F]+;$/.exec(this.text.slice(Math.max(0, position - 40), position)) ?? [];
    if (reference !== undefined && error.message.endsWith('malformed character entity.'))
      return this.stop('field.invalid_text', reference, 'a reference to a character');
    return this.stop('feed.malformed', printable(error.message), 'well-formed XML');
  }

  private stop(code: QuarantineCode, got: string, wanted: string): never {
    throw new Stop(refused(code, `offset ${this.parser.position}`, got, wanted));
  }
}

/** Attributes by name as written, without the namespace declarations, which the parser has resolved. */
function attributesOf({ attributes }: SaxesTagNS): ReadonlyMap<string, string> {
  return new Map(
    Object.values(attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ name, value }) => [name, value]),
  );
}

/** How many characters of `chunk` can make the parser begin another piece of a text, wherever it stands. */
function piecesOf(chunk: string): number {
  let pieces = 0;
  for (let at = 0; at < chunk.length; at += 1) if (PIECE.has(chunk.charCodeAt(at))) pieces += 1;
  return pieces;
}

/** The first child of that name, in any namespace unless one is given. */
export function childOf(element: XmlElement, name: string, namespace?: string): XmlElement | undefined {
  return element.children.find(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
  );
}

/** All children of that name, in any namespace unless one is given. */
export function childrenOf(element: XmlElement, name: string, namespace?: string): XmlElement[] {
  return element.children.filter(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
  );
}

/** The trimmed text of the first child of that name; undefined where there is none or it is empty. */
export function textOf(element: XmlElement, name: string, namespace?: string): string | undefined {
  const text = childOf(element, name, namespace)?.text.trim();
  return text === '' ? undefined : text;
}
