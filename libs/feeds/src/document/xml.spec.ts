import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuarantineCode } from '../model/adapter.js';
import { utf16 } from './fixtures/utf16.js';
import { childOf, childrenOf, readXml, textOf, type XmlElement } from './xml.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => readXml(utf8(text));

function sound(text: string): XmlElement {
  const reading = parse(text);
  if (reading.outcome === 'refused') throw new Error(JSON.stringify(reading.fault));
  return reading.value;
}

function refusal(text: string) {
  const reading = parse(text);
  if (reading.outcome === 'read') throw new Error('was read');
  return reading.fault;
}

/** Where the reader stood when it refused. */
const offsetOf = (locator: string): number => Number(/^offset (\d+)$/.exec(locator)?.[1]);

describe('readXml', () => {
  it('gives elements by namespace and local name, whatever their prefixes', () => {
    const plain = sound('<a xmlns="urn:one" k="v"><b>x</b></a>');
    const prefixed = sound('<p:a xmlns:p="urn:one" k="v"><p:b>x</p:b></p:a>');
    const said = ({ name, namespace, attributes, text, children }: XmlElement): unknown => ({
      ...{ name, namespace, text, attributes: [...attributes] },
      children: children.map(said),
    });
    expect(said(prefixed)).toEqual(said(plain));
    expect(said(plain)).toEqual({
      ...{ name: 'a', namespace: 'urn:one', text: '', attributes: [['k', 'v']] },
      children: [{ name: 'b', namespace: 'urn:one', text: 'x', attributes: [], children: [] }],
    });
  });

  it('puts the character data of an element together, entities and line ends resolved', () => {
    expect(sound('<a>x &amp;<!-- no -->&#x1F525;<b>not this</b><![CDATA[<y> & ]]>\r\nz</a>').text).toBe(
      'x &🔥<y> & \nz',
    );
  });

  it('finds children and their text by name, and by namespace where given', () => {
    const root = sound('<a xmlns:p="urn:p"><p:b> one </p:b><b>two</b><c> </c></a>');
    expect(textOf(root, 'b')).toBe('one');
    expect(textOf(root, 'b', '')).toBe('two');
    expect([textOf(root, 'c'), textOf(root, 'd')]).toEqual([undefined, undefined]);
    expect(childrenOf(root, 'b').map(({ namespace }) => namespace)).toEqual(['urn:p', '']);
    expect(childOf(root, 'b', 'urn:q')).toBeUndefined();
  });

  it('tells where an element begins', () => {
    const text = '<a>\n <b k="1"/></a>';
    expect(sound(text).children[0]!.offset).toBe(text.indexOf('/>') + 2);
  });

  it('takes attributes and elements of any name as plain ones', () => {
    const root = sound('<a __proto__="1" constructor="2"><__proto__ polluted="yes"/></a>');
    expect([...root.attributes]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(root.children[0]!.name).toBe('__proto__');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it.each<[string, string, QuarantineCode]>([
    ['nothing', '', 'feed.empty'],
    ['blanks', ' \n\t', 'feed.empty'],
    ['words', 'Service unavailable', 'feed.wrong_type'],
    ['JSON', '{"a":1}', 'feed.wrong_type'],
    ['a page', '<!DOCTYPE html><html></html>', 'feed.wrong_type'],
    ['a page without a type', '<HTML><body/></HTML>', 'feed.wrong_type'],
    ['an XHTML page', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y"><html/>', 'feed.wrong_type'],
    ['a document type', '<!DOCTYPE a><a/>', 'feed.doctype_forbidden'],
    ['a type after a comment', '<?xml version="1.0"?><!-- <a> --> <!DOCTYPE a><a/>', 'feed.doctype_forbidden'],
    ['a bomb', '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'feed.doctype_forbidden'],
    ['a bomb that is cut', '<!DOCTYPE a [<!ENTITY b "b">', 'feed.doctype_forbidden'],
    ['an entity nobody defined', '<a>&nbsp;</a>', 'feed.malformed'],
    ['a bare &', '<a>R&D</a>', 'feed.malformed'],
    ['tags that cross', '<a><b></a></b>', 'feed.malformed'],
    ['an attribute twice', '<a k="1" k="2"/>', 'feed.malformed'],
    ['one attribute by two prefixes', '<a xmlns:p="u" xmlns:q="u" p:k="1" q:k="2"/>', 'feed.malformed'],
    ['a prefix nobody bound', '<p:a/>', 'feed.malformed'],
    ['an attribute without quotes', '<a k=1/>', 'feed.malformed'],
    ['two roots', '<a/><a/>', 'feed.malformed'],
    ['words after the root', '<a/>x', 'feed.malformed'],
    ['a comment in a comment', '<a><!-- -- --></a>', 'feed.malformed'],
    ['a second declaration', '<a/><?xml version="1.0"?>', 'feed.malformed'],
    ['a declaration after a blank', ' <?xml version="1.0"?><a/>', 'feed.malformed'],
    ['a control character', '<a>\u0007</a>', 'feed.malformed'],
    ['a comment alone', '<!-- a -->', 'feed.malformed'],
    ['a raw NUL', '<a>\u0000</a>', 'field.invalid_text'],
    ['a reference to NUL', '<a>&#0;</a>', 'field.invalid_text'],
    ['a reference to NUL in XML 1.1', '<?xml version="1.1"?><a k="&#x0;"/>', 'field.invalid_text'],
    ['a reference to half a character', '<a>&#xD800;</a>', 'field.invalid_text'],
    ['two halves by reference', '<a>&#xD83D;&#xDD25;</a>', 'field.invalid_text'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>', 'field.invalid_text'],
    ['a reference without a number', '<a>&#xyz;</a>', 'feed.malformed'],
    ['65 levels', '<a>'.repeat(65) + '</a>'.repeat(65), 'feed.too_deep'],
    ['257 attributes', `<a ${attributes(257)}/>`, 'feed.too_large'],
  ])('refuses %s', (_, text, code) => {
    expect(refusal(text)).toMatchObject({ code });
  });

  it('takes as much as it says', () => {
    expect(parse('<a>'.repeat(64) + '</a>'.repeat(64)).outcome).toBe('read');
    expect(sound(`<a ${attributes(256)}/>`).attributes.size).toBe(256);
  });

  it('shows of names from outside what can be printed', () => {
    const { got } = refusal(`<a><${'𐀀\u200d'.repeat(200)}></a>`);
    expect(got.isWellFormed()).toBe(true);
    expect(got).not.toMatch(/\u200d/);
    expect(got.length).toBeLessThan(130);
  });

  it.each([
    [
      'ISO-8859-1',
      Uint8Array.of(...utf8('<?xml version="1.0" encoding="ISO-8859-1"?><a>'), 0xe9, ...utf8('</a>')),
      'é',
    ],
    ['UTF-16 that declares itself', utf16('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'be'), 'é'],
    ['UTF-8 with a mark, whatever it declares', utf8('\ufeff<?xml version="1.0" encoding="latin1"?><a>é</a>'), 'é'],
  ])('reads %s', (_, bytes, text) => {
    expect(readXml(bytes)).toMatchObject({ outcome: 'read', value: { text } });
  });
});

describe('readXml, however much there is', () => {
  it('stops where nesting, attributes or a document type go too far, not behind them', () => {
    expect(refusal('<a>'.repeat(200_000))).toEqual({
      ...{ code: 'feed.too_deep', got: '65 levels', wanted: 'at most 64' },
      locator: 'offset 195',
    });
    const many = refusal(`<a ${attributes(100_000)}/>`);
    expect(many.code).toBe('feed.too_large');
    expect(offsetOf(many.locator)).toBeLessThan(`<a ${attributes(258)}`.length);
    const typed = refusal(`<!DOCTYPE a [${'<!ENTITY b "b">'.repeat(100_000)}]><a/>`);
    expect(typed).toMatchObject({ code: 'feed.doctype_forbidden', locator: 'offset 0' });
  });

  it('counts comments, instructions, character data and attributes as it counts elements', () => {
    for (const node of ['<b/>', '<!---->', '<?b?>', '<b k=""/>', '<![CDATA[]]>'])
      expect(refusal(`<a>${node.repeat(1_000_001)}</a>`)).toMatchObject({ code: 'feed.too_large' });
  });

  it.each([
    ['references in a text', '<a>', '&lt;'],
    ['line ends in a text', '<a>', '\r'],
    ['line ends in an attribute', '<a k="', '\n'],
    ['hyphens in a comment', '<!--', '-x'],
    ['brackets in character data', '<a><![CDATA[', ']'],
    ['question marks in an instruction', '<?a ', '?'],
  ])('stops in the middle of endless %s', (_, begin, piece) => {
    const fault = refusal(`${begin}${piece.repeat(4_000_000)}`);
    expect(fault.code).toBe('feed.too_large');
    expect(offsetOf(fault.locator)).toBeLessThan(piece.length * 2_200_000);
  });

  it('reads ten million characters in one text or attribute', () => {
    const long = 'x'.repeat(10_000_000);
    const root = sound(`<a k="${long}">${long}</a>`);
    expect([root.text.length, root.attributes.get('k')!.length]).toEqual([10_000_000, 10_000_000]);
  });

  it('reads the same wherever its own pieces of a document end', () => {
    const inner = '<b k="1&amp;2\n">x\r\ny&#10;🔥<!-- - --><?p q?><![CDATA[]]]]><c/></b>';
    const expected = sound(`<a>${inner}</a>`).children[0]!;
    for (let shift = 0; shift <= inner.length; shift += 1) {
      const padding = ' '.repeat(65_536 - '<a>'.length - shift);
      const [element] = sound(`<a>${padding}${inner}</a>`).children;
      expect({ ...element, offset: 0, children: [] }).toEqual({ ...expected, offset: 0, children: [] });
    }
  });
});

describe('readXml, whatever comes', () => {
  const name = fc.constantFrom('a', 'b', 'p:c', 'é', '_1');
  const characters = fc
    .string({ unit: 'binary', maxLength: 8 })
    .map((text) => text.replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/gu, ''));
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const { element } = fc.letrec<{ element: string; inner: string }>((tie) => ({
    inner: fc.oneof({ maxDepth: 4 }, fc.constant('<?p q?>'), tie('element')),
    element: fc
      .tuple(name, characters, characters, fc.array(tie('inner'), { maxLength: 2 }))
      .map(([tag, k, text, inner]) => `<${tag} k="${escaped(k)}">${escaped(text)}${inner.join('<!-- c -->')}</${tag}>`),
  }));
  const document = element.map((root) => `<?xml version="1.0"?>\n<r xmlns:p="urn:p">${root}</r>`);

  it('reads a sound document and none of its beginnings', () => {
    fc.assert(
      fc.property(document, fc.nat(), (text, cut) => {
        expect(parse(text).outcome).toBe('read');
        expect(parse(text.slice(0, cut % text.length)).outcome).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });

  it('gives back any text', () => {
    fc.assert(
      fc.property(characters, (text) => {
        const root = sound(`<a k="${escaped(text.replaceAll(/[\t\n]/g, ' '))}">${escaped(text)}</a>`);
        expect([root.text, root.attributes.get('k')]).toEqual([text, text.replaceAll(/[\t\n]/g, ' ')]);
      }),
    );
  });

  it('answers any bytes and any markup', () => {
    const scrap = fc.constantFrom(
      ...'< > & ; " = / ! ? - [ ] a xml CDATA DOCTYPE xmlns : # x0 \u0000 \ud800 é'.split(' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(scrap).map((parts) => utf8(`<${parts.join('')}`)),
        ),
        (bytes) => {
          const reading = readXml(bytes);
          if (reading.outcome === 'refused') expect(reading.fault.code).toMatch(/^(feed|field)\.[a-z_]+$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}=""`).join(' ');
}
