/** The entities HTML requires of everyone, and those status pages and feeds write; all else by number. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  deg: '°',
  copy: '©',
  reg: '®',
  trade: '™',
};

const UNSEEN = /<(script|style|template)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)|<!--[\s\S]*?(?:-->|$)/giu;
const BREAKS = /<(?:br|hr)\s*\/?>|<\/(?:p|div|li|tr|h[1-6])\s*>/giu;
const TAGS = /<\/?[a-z][^<>]*>|<[!?][^<>]*>/giu;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/gu;

/**
 * The text of an HTML fragment: tags and what is never shown taken out, block ends and `<br>` as newlines, entities
 * decoded once, so that `&lt;b&gt;` stays the text `<b>`. An entity it does not know stays as written.
 */
export function htmlToText(html: string): string {
  return html
    .replace(UNSEEN, ' ')
    .replace(BREAKS, '\n')
    .replace(TAGS, '')
    .replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : whole;
    });
}
