import { pointerOf, printable, read, refused, type Reading } from './fault.js';
import { childOf, childrenOf, readXml, textOf, type XmlElement } from './xml.js';

const ATOM = 'http://www.w3.org/2005/Atom';
const RSS_1 = 'http://purl.org/rss/1.0/';
const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';

/** One item of an RSS 2.0, RSS 1.0 or Atom document, as written: nothing cleaned, nothing read as HTML. */
export interface SyndicatedItem {
  /** JSON-pointer-like place of it: `/channel/item/3`, `/feed/entry/0`. */
  readonly locator: string;
  /** `guid` or Atom `id`. */
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly link: string | undefined;
  /** `description`, `content:encoded`, `summary` or `content`, the first there is. */
  readonly body: string | undefined;
  /** `pubDate`, `dc:date` or Atom `published`. */
  readonly published: string | undefined;
  /** Atom `updated`. */
  readonly updated: string | undefined;
  readonly categories: readonly string[];
  /** The element itself, for what only one feed has. */
  readonly element: XmlElement;
}

export interface Syndication {
  readonly kind: 'rss' | 'atom';
  readonly title: string | undefined;
  /** `lastBuildDate`, `pubDate` or Atom `updated` of the document as a whole. */
  readonly updated: string | undefined;
  readonly items: readonly SyndicatedItem[];
}

/** Reads an RSS or Atom document. Anything else that is XML is `feed.wrong_type`; the refusals of XML are {@link readXml}'s. */
export function readSyndication(bytes: Uint8Array): Reading<Syndication> {
  const xml = readXml(bytes);
  if (xml.outcome === 'refused') return xml;
  const root = xml.value;
  if (root.name === 'feed' && root.namespace === ATOM) return read(atom(root));
  const channel = childOf(root, 'channel');
  if (root.name === 'rss' && channel) return read(rss(channel, childrenOf(channel, 'item'), '/channel/item'));
  if (root.name === 'RDF' && channel) return read(rss(channel, childrenOf(root, 'item'), '/item'));
  return refused('feed.wrong_type', `offset ${root.offset}`, `a document <${printable(root.name, 40)}>`, 'RSS or Atom');
}

function rss(channel: XmlElement, items: readonly XmlElement[], at: string): Syndication {
  return {
    kind: 'rss',
    title: plain(channel, 'title'),
    updated: plain(channel, 'lastBuildDate') ?? plain(channel, 'pubDate') ?? textOf(channel, 'date', DUBLIN_CORE),
    items: items.map((element, index) => ({
      locator: pointerOf(at, index),
      id: plain(element, 'guid') ?? element.attributes.get('rdf:about'),
      title: plain(element, 'title'),
      link: plain(element, 'link'),
      body: plain(element, 'description') ?? textOf(element, 'encoded', CONTENT),
      published: plain(element, 'pubDate') ?? textOf(element, 'date', DUBLIN_CORE),
      updated: undefined,
      categories: childrenOf(element, 'category', element.namespace).map((category) => category.text.trim()),
      element,
    })),
  };
}

/** RSS has no namespace; an extension of the same name is another thing. */
function plain(element: XmlElement, name: string): string | undefined {
  return textOf(element, name, '') ?? textOf(element, name, RSS_1);
}

function atom(feed: XmlElement): Syndication {
  return {
    kind: 'atom',
    title: textOf(feed, 'title', ATOM),
    updated: textOf(feed, 'updated', ATOM),
    items: childrenOf(feed, 'entry', ATOM).map((element, index) => {
      const links = childrenOf(element, 'link', ATOM);
      const link =
        links.find((candidate) => (candidate.attributes.get('rel') ?? 'alternate') === 'alternate') ?? links[0];
      return {
        locator: pointerOf('/feed/entry', index),
        id: textOf(element, 'id', ATOM),
        title: textOf(element, 'title', ATOM),
        link: link?.attributes.get('href'),
        body: textOf(element, 'summary', ATOM) ?? textOf(element, 'content', ATOM),
        published: textOf(element, 'published', ATOM),
        updated: textOf(element, 'updated', ATOM),
        categories: childrenOf(element, 'category', ATOM).map((category) => category.attributes.get('term') ?? ''),
        element,
      };
    }),
  };
}
