import { document, huge, utf8, type Attack, type Verdict } from './sample.js';

const XML = /^\s*<\?xml[^>]*\?>/;
const attributes = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=""`).join(' ');

/** What is wrong with XML as such, and what only looks wrong. Each is put into, or around, a sound document. */
export const xmlDocuments: Attack = ({ sound }) => {
  const text = sound.trim().replace(XML, '').trim();
  const begin = endOfRootTag(text);
  /** `content` as the first thing in the root, which no reader of it knows. */
  const inside = (content: string) => `${text.slice(0, begin)}${content}${text.slice(begin)}`;
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${text}`;
  const malformed: Verdict = { refused: ['feed.malformed'] };
  const doctype: Verdict = { refused: ['feed.doctype_forbidden'] };
  const large: Verdict = { refused: ['feed.too_large'] };
  const deep: Verdict = { refused: ['feed.too_deep'] };
  const invalid: Verdict = { refused: ['field.invalid_text'] };
  const laughs = Array.from({ length: 20 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
    '',
  );
  return [
    document('a document type', () => `<!DOCTYPE odd>${text}`, doctype, 0),
    document(
      'a document type behind the declaration',
      () => `<?xml version="1.0"?>\n<!-- odd -->\n<!DOCTYPE odd>${text}`,
      doctype,
      40,
    ),
    document(
      'an entity of a file',
      () => `<!DOCTYPE odd [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inside('<odd>&f;</odd>')}`,
      doctype,
      0,
    ),
    document('an entity of the network', () => `<!DOCTYPE odd SYSTEM "http://127.0.0.1:1/odd.dtd">${text}`, doctype, 0),
    document(
      'entities of parameters',
      () => `<!DOCTYPE odd [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>${text}`,
      doctype,
      0,
    ),
    document(
      'a billion laughs',
      () => `<!DOCTYPE odd [<!ENTITY l0 "ha">${laughs}]>${inside('<odd>&l20;</odd>')}`,
      doctype,
      0,
    ),
    huge(
      'one long entity, often',
      () => `<!DOCTYPE odd [<!ENTITY l "${'x'.repeat(100_000)}">]>${inside(`<odd>${'&l;'.repeat(100_000)}</odd>`)}`,
      doctype,
      0,
    ),
    document('an entity of itself', () => `<!DOCTYPE odd [<!ENTITY l "&l;">]>${inside('<odd>&l;</odd>')}`, doctype, 0),
    document('attributes by default', () => `<!DOCTYPE odd [<!ATTLIST odd k CDATA "v">]>${text}`, doctype, 0),
    document('a document type without end', () => `<!DOCTYPE odd [<!ENTITY l "`, doctype, 0),
    document('a document type in the root', () => inside('<!DOCTYPE odd>'), malformed),
    document('a document type in small letters', () => `<!doctype odd>${text}`, malformed, 20),
    document('an entity of HTML', () => inside('<odd>&nbsp;</odd>'), malformed),
    document('an entity by the name of a method', () => inside('<odd>&constructor;</odd>'), malformed),
    document('a bare &', () => inside('<odd>R&D</odd>'), malformed),
    document('a reference without end', () => inside('<odd>&#65</odd>'), malformed),
    document('a reference to NUL', () => inside('<odd>&#0;</odd>'), invalid),
    document('a reference to NUL in an attribute', () => inside('<odd k="&#x00;"/>'), invalid),
    document('a reference to half a character', () => inside('<odd>&#xD800;</odd>'), invalid),
    document('a character in two halves', () => inside('<odd>&#55357;&#56613;</odd>'), invalid),
    document('a reference to no character', () => inside('<odd>&#xFFFF;</odd>'), invalid),
    document('a reference beyond Unicode', () => inside('<odd>&#x7FFFFFFF;</odd>'), invalid),
    huge('a reference of a million digits', () => inside(`<odd>&#${'1'.repeat(1_000_000)};</odd>`), {
      refused: ['field.invalid_text', 'feed.malformed'],
    }),
    document('a control character', () => inside('<odd>\u0001</odd>'), malformed),
    document('a noncharacter', () => inside('<odd>\uffff</odd>'), malformed),
    document('sixty levels', () => inside(`${'<odd>'.repeat(60)}${'</odd>'.repeat(60)}`), 'same'),
    document('a hundred levels', () => inside(`${'<odd>'.repeat(100)}${'</odd>'.repeat(100)}`), deep, begin + 330),
    huge('two hundred thousand levels', () => inside('<odd>'.repeat(200_000)), deep, begin + 330),
    huge('a hundred thousand attributes', () => inside(`<odd ${attributes(100_000)}/>`), large, begin + 2600),
    huge(
      'a hundred thousand namespaces',
      () => inside(`<odd ${attributes(100_000).replaceAll('k', 'xmlns:k').replaceAll('""', '"u"')}/>`),
      large,
      begin + 6000,
    ),
    huge('a million elements', () => inside('<odd/>'.repeat(1_000_001)), large),
    huge('a million comments', () => inside('<!---->'.repeat(1_000_001)), large),
    huge('references without end', () => inside(`<odd>${'&lt;'.repeat(3_000_000)}</odd>`), large, begin + 8_600_000),
    huge('line ends without end', () => inside(`<odd k="${'\n'.repeat(3_000_000)}"/>`), large, begin + 2_200_000),
    huge('an attribute of ten million characters', () => inside(`<odd k="${'x'.repeat(10_000_000)}"/>`), 'same'),
    huge('a text of ten million characters nobody reads', () => inside(`<odd>${'x'.repeat(10_000_000)}</odd>`), 'same'),
    huge('a name of a million characters', () => inside(`<${'n'.repeat(1_000_000)}/>`), 'same'),
    huge('a text in a hundred thousand pieces', () => inside(`<odd>${'x<!-- -->'.repeat(100_000)}</odd>`), 'same'),
    document(
      'two hundred and fifty namespaces',
      () => inside(`<odd ${attributes(250).replaceAll('k', 'xmlns:k').replaceAll('""', '"u"')}/>`),
      'same',
    ),
    document('names of every object', () => inside('<__proto__ constructor="1" __proto__="2" toString="3"/>'), 'same'),
    document(
      'a style sheet',
      () => `<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>${text}`,
      'same',
    ),
    document(
      'an inclusion',
      () => inside('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
      'same',
    ),
    document('tags that cross', () => inside('<odd><even></odd></even>'), malformed),
    document('a tag that is not closed', () => inside('<odd>'), malformed),
    document('a tag too many', () => inside('</odd>'), malformed),
    document('a tag of HTML', () => inside('<br>'), malformed),
    document('an attribute twice', () => inside('<odd k="1" k="2"/>'), malformed),
    document('an attribute without quotes', () => inside('<odd k=1/>'), malformed),
    document('an attribute without a value', () => inside('<odd k/>'), malformed),
    document('a tag in an attribute', () => inside('<odd k="<even/>"/>'), malformed),
    document('a prefix nobody bound', () => inside('<odd:odd/>'), malformed),
    document('the prefix of XML bound anew', () => inside('<odd xmlns:xml="urn:odd"/>'), malformed),
    document('a comment in a comment', () => inside('<!-- <!-- --> -->'), malformed),
    document('character data without end', () => inside('<![CDATA[ odd'), malformed),
    document('the end of character data alone', () => inside('<odd>]]></odd>'), malformed),
    document('an instruction without end', () => inside('<?odd'), malformed),
    document('a second declaration', () => inside('<?xml version="1.0"?>'), malformed),
    document('a declaration after a blank', () => `\n<?xml version="1.0"?>${text}`, malformed),
    document('a declaration of no version', () => `<?xml encoding="UTF-8"?>${text}`, malformed),
    huge('a declaration without end', () => `<?xml version="1.0"${' '.repeat(100_000)}`, malformed),
    document('a second root', () => `${text}<odd/>`, malformed),
    document('words behind the root', () => `${text}odd`, malformed),
    document('a document after the document', () => `${text}${text}`, malformed),
    document('a NUL behind the root', () => `${text}\u0000`, invalid),
    document('a root of another kind', () => '<odd xmlns="urn:odd"/>', { refused: ['feed.wrong_type'] }),
    document(
      'an envelope',
      () => '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>',
      {
        refused: ['feed.wrong_type'],
      },
    ),
    document('comments and blanks around the root', () => `<!-- odd -->\n${text}\n<!-- odd -->\n`, 'same'),
    document('UTF-8 that declares itself', () => declared('UTF-8'), 'same'),
    document('ASCII that declares ISO-8859-1', () => utf8(ascii(declared('ISO-8859-1'))), 'same'),
    document(
      'ISO-8859-1 that declares itself',
      () => latin1(declared('ISO-8859-1').replace(text, inside('<odd>é</odd>'))),
      'same',
    ),
    document(
      'windows-1252 that declares itself',
      () => latin1(declared('windows-1252').replace(text, inside('<odd>\u0093é\u0094</odd>'))),
      'same',
    ),
    document(
      'a byte windows-1252 has not',
      () => latin1(declared('windows-1252').replace(text, inside('<odd>\u0081</odd>'))),
      { refused: ['feed.encoding'] },
    ),
    ...['UTF-16', 'UTF-7', 'UTF-32', 'EBCDIC-CP-US', 'gb2312', 'x-user-defined', '__proto__'].map((encoding) =>
      document(`UTF-8 that declares ${encoding}`, () => declared(encoding), { refused: ['feed.encoding'] }, 0),
    ),
  ];
};

function endOfRootTag(text: string): number {
  const begin = /<[A-Za-z_]/.exec(text)?.index ?? 0;
  return text.indexOf('>', begin) + 1;
}

/** What is not ASCII, by reference. */
function ascii(text: string): string {
  return referenced(text, 0x7f);
}

function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(referenced(text, 0xff), 'latin1'));
}

function referenced(text: string, last: number): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0)!;
    return point > last ? `&#${point};` : character;
  }).join('');
}
