import { describe, expect, it } from '@jest/globals';
import { TLP_LABELS } from '@faultline/evidence';
import fc from 'fast-check';
import { exposureIn, leavesFor, STRIKE, worldOf } from '../../../../test/support/reports.js';
import { reportHtml } from './html.js';
import { reportOf } from './report.js';
import type { Report } from './report-schema.js';

const world = worldOf(STRIKE, '2026-03-07T00:00Z');
const report = reportOf(exposureIn(world), world, [], leavesFor(STRIKE));

/** Every text of a value replaced. */
function withTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withTexts(held, text)]));
}
/** Tags with their attributes, text left out. */
const tagsOf = (page: string) => page.replace(/<style>[^]*?<\/style>/, '').match(/<[^>]*>/g) ?? [];

describe('report.html', () => {
  it('shows the label above and below', () => {
    for (const tlp of TLP_LABELS) {
      const page = reportHtml({ ...report, tlp });
      expect(page).toMatch(new RegExp(`<header class="tlp \\w+"><div><strong>${tlp.replace('+', '\\+')}</strong>`));
      expect(page).toMatch(new RegExp(`<footer class="tlp \\w+"><div><strong>${tlp.replace('+', '\\+')}</strong>`));
    }
  });

  it('shows what was not stated, not watched, defaulted, and only decided later', () => {
    const page = reportHtml(report);
    for (const text of ['not stated', 'unmonitored', 'capacity_mw', 'grade A assigned on', 'no link asserted']) {
      expect(page).toContain(text);
    }
    for (const { id, ledger } of report.claims) {
      expect(page).toContain(id);
      expect(page).toContain(ledger.leafHash);
    }
    for (const limit of report.model.limits) expect(page).toContain(limit.replaceAll("'", '&#39;'));
  });

  it('runs and loads nothing', () => {
    const page = reportHtml(report);
    expect(
      tagsOf(page).filter((tag) => /<(script|img|link|iframe|object|form|svg)|\son\w+=|style=|src=/i.test(tag)),
    ).toEqual([]);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</style><script>alert(1)</script>',
    'javascript:alert(1)',
    '<!--',
    '\u202egpj.exe\u0000\u009b',
  ])('keeps %j as text wherever a text stands', (hostile) => {
    const { schema, coordinates, tlp, ...texts } = report;
    const page = reportHtml({ ...(withTexts(texts, hostile) as Report), schema, coordinates, tlp });
    const plain = reportHtml({ ...(withTexts(texts, 'plain') as Report), schema, coordinates, tlp });
    expect(tagsOf(page)).toEqual(tagsOf(plain));
    expect(page.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('links only to addresses of the web', () => {
    const withUrl = (url: string) =>
      reportHtml({ ...report, claims: [{ ...report.claims[0]!, claim: { ...report.claims[0]!.claim, url } }] });
    expect(withUrl('https://x.example/?a="b&c')).toContain('<a href="https://x.example/?a=&quot;b&amp;c"');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://x.example', 'file:///etc/passwd']) {
      expect(withUrl(url)).not.toMatch(/<a\s+href="(?!#)/);
    }
  });

  it('is made for any recorded claim, whatever it lacks', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (claim) => {
        expect(reportHtml({ ...report, claims: [{ ...report.claims[0]!, claim }] })).toContain('</html>');
      }),
    );
  });
});
