import { decodeText } from './decode.js';
import { read, refused, type Reading } from './fault.js';
import { scanJson } from './json-scan.js';

/**
 * Reads a JSON text strictly. Integers too large for a double arrive as the string of their digits, so that no
 * identifier is rounded. `__proto__` and `constructor` arrive as plain own keys. Refused are: an empty text
 * (`feed.empty`), a page of markup (`feed.wrong_type`), broken or cut JSON with its offset (`feed.malformed`), a key
 * twice in one object (`feed.duplicate_key`), more than 64 levels (`feed.too_deep`), more than two million values
 * (`feed.too_large`) and numbers beyond a double (`field.not_finite`).
 */
export function readJson(text: string): Reading<unknown> {
  const begin = text.trimStart();
  if (begin === '') return refused('feed.empty', 'offset 0', 'an empty document', 'a JSON document');
  if (begin.startsWith('<')) {
    return refused(
      'feed.wrong_type',
      'offset 0',
      /^<(?:!doctype )?html/i.test(begin) ? 'an HTML page' : 'markup',
      'a JSON document',
    );
  }
  const scan = scanJson(text);
  if (scan.outcome === 'refused') return scan;
  return read(JSON.parse(quoted(text, scan.inexact)));
}

/** Decodes and reads a JSON document: the refusals are those of {@link decodeText} and {@link readJson}. */
export function readJsonBytes(bytes: Uint8Array): Reading<unknown> {
  const decoded = decodeText(bytes);
  return decoded.outcome === 'refused' ? decoded : readJson(decoded.text);
}

function quoted(text: string, spans: readonly (readonly [number, number])[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const [begin, end] of spans) {
    parts.push(text.slice(from, begin), '"', text.slice(begin, end), '"');
    from = end;
  }
  return from === 0 ? text : parts.concat(text.slice(from)).join('');
}
