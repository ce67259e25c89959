import { SaxesParser, type SaxesTagNS } from 'saxes';
import { decodeText } from './decode.js';
import { read, refused, type Reading } from './fault.js';
import { isText } from './text.js';

const MAX_DEPTH = 64;
const MAX_NODES = 1_000_000;
const MAX_ATTRIBUTES = 256;

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
 * (`feed.too_deep`), more than a million elements or 256 attributes on one (`feed.too_large`), and text with NUL or half
 * a character (`field.invalid_text`).
 */
export function readXml(bytes: Uint8Array): Reading<XmlElement> {
  const decoded = decodeText(bytes, { declared: 'xml' });
  if (decoded.outcome === 'refused') return decoded;
  const { text } = decoded;
  const begin = text.trimStart();
  if (begin === '') return refused('feed.empty', 'offset 0', 'an empty document', 'an XML document');
  if (!begin.startsWith('<')) return refused('feed.wrong_type', 'offset 0', 'no markup', 'an XML document');
  if (/^<(?:!doctype\s+html|html)\b/i.test(begin))
    return refused('feed.wrong_type', 'offset 0', 'an HTML page', 'an XML document');
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let nodes = 0;
  const stop = (...fault: Parameters<typeof refused>): never => {
    throw new Stop(refused(...fault));
  };
  const at = () => `offset ${parser.position}`;
  parser.on('doctype', () => stop('feed.doctype_forbidden', at(), 'a document type declaration', 'a document without'));
  parser.on('error', (error) => stop('feed.malformed', at(), error.message.slice(0, 120), 'well-formed XML'));
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (open.length >= MAX_DEPTH) stop('feed.too_deep', at(), `${open.length + 1} levels`, `at most ${MAX_DEPTH}`);
    if (++nodes > MAX_NODES) stop('feed.too_large', at(), `${nodes} elements`, `at most ${MAX_NODES}`);
    const attributes = Object.entries(tag.attributes);
    if (attributes.length > MAX_ATTRIBUTES)
      stop('feed.too_large', at(), `${attributes.length} attributes on one element`, `at most ${MAX_ATTRIBUTES}`);
    const element: Open = {
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(
        attributes
          .filter(([, { prefix, name }]) => prefix !== 'xmlns' && name !== 'xmlns')
          .map(([name, { value }]) => [name, value]),
      ),
      children: [],
      text: '',
      offset: parser.position,
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const take = (characters: string) => {
    const parent = open.at(-1);
    if (!parent) return;
    if (!isText(characters)) stop('field.invalid_text', at(), 'NUL or half a character', 'whole characters');
    parent.text += characters;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    return refused('feed.malformed', at(), (error as Error).message.slice(0, 120), 'well-formed XML');
  }
  return root ? read(root) : refused('feed.malformed', at(), 'no element', 'an XML document');
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
