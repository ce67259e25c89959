import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { webAddress } from './link.js';

describe('webAddress', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    [' http://EXAMPLE.org ', 'http://example.org/'],
    ['https://example.org/a b"<>', 'https://example.org/a%20b%22%3C%3E'],
    ['https://exa\u200bmple.org/\u202e', 'https://example.org/%E2%80%AE'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
  ])('takes %j', (url, address) => {
    expect(webAddress(url)).toBe(address);
  });

  it.each<[unknown]>([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['java\nscript:alert(1)'],
    ['data:text/html,x'],
    ['file:///etc/passwd'],
    ['ftp://example.org'],
    ['mailto:a@example.org'],
    ['//example.org'],
    ['/a'],
    ['example.org'],
    [''],
    [' '],
    ['https://'],
    ['http://['],
    ['https://user@example.org'],
    ['https://user:pass@example.org'],
    ['https://:pass@example.org'],
    [`https://example.org/${'a'.repeat(2000)}`],
    [`https://example.org/${'é'.repeat(700)}`],
    [null],
    [undefined],
    [7],
    [{}],
    [['https://example.org']],
    [{ toString: 'https://example.org' }],
  ])('leaves out %j', (url) => {
    expect(webAddress(url)).toBeNull();
  });

  it('gives nothing but printable ASCII that is an address of the web, and that it gives again', () => {
    const part = fc.constantFrom(
      'https:',
      'http:',
      '//',
      '/',
      '@',
      ':',
      '?',
      '#',
      '[',
      '\\',
      '%00',
      'a.example',
      ' ',
      '\t',
    );
    const url = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.array(fc.oneof(part, fc.string())).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(url, (text) => {
        const address = webAddress(text);
        if (address === null) return;
        expect(address).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
        expect(address.length).toBeLessThanOrEqual(2000);
        expect(webAddress(address)).toBe(address);
      }),
      { numRuns: 1000 },
    );
  });
});
