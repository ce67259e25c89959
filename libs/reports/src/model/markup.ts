/** A piece of HTML that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = string | number | null | Html | readonly Html[];

/** Puts values into markup: every text is escaped, only what this function made is not. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const put = (part: Part): string => {
    if (part === null) return '–';
    if (typeof part === 'string' || typeof part === 'number') return escaped(`${part}`);
    return part instanceof Html ? part.text : part.map(({ text }) => text).join('');
  };
  return new Html(
    strings.map((string, index) => (index === 0 ? string : put(parts[index - 1] ?? null) + string)).join(''),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for any place in markup. Control and direction characters are shown by their number, so that none acts. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
      character === '\n' || character === '\t'
        ? character
        : `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
    )
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

export const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
export const when = (instant: string | null): string => (instant === null ? 'no time stated' : minute(instant));
export const percent = (probability: number): string => `${(probability * 100).toPrecision(2)} %`;

export function rows(items: readonly (readonly [string, Part])[]): Html {
  return html`<dl class="key">
    ${items.map(
      ([term, value]) =>
        html`<dt>${term}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

export function list(items: readonly Html[], empty: string): Html {
  return items.length === 0
    ? html`<p>${empty}</p>`
    : html`<ul>
        ${items}
      </ul>`;
}
