import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from './html-text.js';
import { cleanText, cutText, isText, noted, TEXT_MAX } from './text.js';

describe('cleanText', () => {
  it('takes out what is not seen but changes what is read, and says so', () => {
    expect(cleanText('all \u202eton\u202c clear, dr\u200bone\u0007')).toEqual({
      text: 'all ton clear, drone',
      notes: ['4 hidden characters removed'],
    });
  });

  it('evens out blanks and line ends without a note', () => {
    expect(cleanText('  a\u00a0\t b \r\n\r\n\r\n\u2028 c ')).toEqual({ text: 'a b\n\nc', notes: [] });
  });

  it('leaves markup the characters it is', () => {
    expect(cleanText('<script>alert(1)</script>').text).toBe('<script>alert(1)</script>');
  });

  it('leaves nothing hidden in any text, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const { text } = cleanText(raw);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(cleanText(text)).toEqual({ text, notes: [] });
      }),
    );
  });
});

describe('cutText', () => {
  it('ends a cut text with an ellipsis and keeps its whole length in the note', () => {
    const { text, notes } = cutText(cleanText('x'.repeat(5000)));
    expect(text).toHaveLength(TEXT_MAX);
    expect(text.endsWith('x…')).toBe(true);
    expect(noted('/0/event_log/2', notes)).toBe('/0/event_log/2 (cut from 5000 to 4000 characters)');
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 5 }), fc.integer({ min: 3, max: 20 }), (raw, max) => {
        const { text } = cutText({ text: raw, notes: [] }, max);
        expect(text.length).toBeLessThanOrEqual(max);
        expect(isText(text.replaceAll('\u0000', ''))).toBe(true);
      }),
    );
  });
});

describe('htmlToText', () => {
  it.each([
    ['<div>a<br>b</div><div>c</div>', 'a\nb\nc\n'],
    ['See <a href="https://example.org/?a=1&b=2">this</a> &amp; that&nbsp;&#8211; &#x2013;', 'See this & that – –'],
    ['&lt;script&gt; stays text, <script>alert("&lt;")</script>this does not', '<script> stays text,  this does not'],
    ['latency < 5 ms and 3 > 2 &unknown; &#0; &#xD800;', 'latency < 5 ms and 3 > 2 &unknown; &#0; &#xD800;'],
    ['<img src=x onerror=alert(1)>ok<!-- no -->', 'ok '],
    ['<style>p{}', ' '],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
