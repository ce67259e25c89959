import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FEEDS, ingestDocument } from '@faultline/feeds';
import { Database, PUBLIC_TENANT, roleUrls } from '@faultline/platform';
import type { Browser, Page } from 'playwright-core';
import { boardOf } from '../support/aws-board.js';
import { openBrowser, openPage, type Misdeeds } from '../support/browser.js';
import { quakeDocument } from '../support/quakes.js';
import { runService, type RunningService } from '../support/running-service.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCREENS = path.join(ROOT, 'test-output/screens');
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const GULF = 'at=25.50,52.50,6.0';
const VIEWS = {
  world: '',
  'gulf-2026-03-03T01': `#/map?asOf=2026-03-03T01:00Z&${GULF}`,
  'gulf-today': `#/map?${GULF}`,
  panel: '#/map?asOf=2026-03-03T01:00Z&region=aws:me-central-1',
  feeds: '#/feeds',
} as const;

let service: RunningService;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  service = await runService();
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

/** Opens a view and waits until nothing is loading any more. */
async function open(
  hash: string,
  size: keyof typeof SIZES,
  scheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const opened = await openPage(browser, service.address, SIZES[size], scheme);
  await opened.page.goto(`${service.address}/${hash}`);
  await opened.page.waitForLoadState('networkidle');
  await opened.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  return opened;
}

/** Waits until the page says it. A string to be evaluated would be refused by the page's own policy. */
const says = (page: Page, words: RegExp) => page.locator('body').filter({ hasText: words }).waitFor();

const text = async (page: Page) => (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');

describe('the map', () => {
  it.each(
    Object.entries(VIEWS).flatMap(([name, hash]) =>
      (['desk', 'phone'] as const).map((size) => [name, size, hash] as const),
    ),
  )(
    '%s on a %s: nothing wrong on the console, no policy violated, no other host asked, nothing serious for axe',
    async (name, size, hash) => {
      const { page, misdeeds } = await open(hash, size);
      const file = path.join(SCREENS, `${name}-${size}.png`);
      await page.screenshot({ path: file });
      if (process.env['KEEP_SCREENSHOT'] && name === 'gulf-2026-03-03T01' && size === 'desk')
        copyFileSync(file, path.join(ROOT, 'docs/screenshot.png'));
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      ).toEqual([]);
      expect(misdeeds).toEqual({ console: [], policy: [], foreign: [] });
      // A phone's page that can be pushed sideways has something cut off.
      expect(await page.evaluate('window.scrollTo(999, 0), window.scrollX')).toBe(0);
      await page.context().close();
    },
  );

  it('says what was known at each hour, and nothing more', async () => {
    const at = async (asOf: string) => {
      const { page } = await open(`#/map?asOf=${asOf}&region=aws:me-central-1`, 'desk');
      const words = await text(page);
      await page.context().close();
      return words;
    };
    const thirteen = await at('2026-03-01T13:00Z');
    expect(thirteen).toContain('Under investigation by the operator');
    expect(thirteen).toContain('No statement');
    const eighteen = await at('2026-03-01T18:00Z');
    expect(eighteen).toContain('1 of 3 zones down');
    const third = await at('2026-03-03T01:00Z');
    expect(third).toContain('quorum lost');
    expect(third).toMatch(/reconstruction/i);
    expect(third).toContain('it does not predict wars');
  });

  it('links to exactly what it shows: the copied link pins the position and gives the same panel', async () => {
    const { page } = await open('#/map?asOf=2026-03-03T01:00Z&region=aws:me-south-1', 'desk');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: /copy link/i }).click();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toMatch(/position=\d+/);
    expect(link).toContain('2026-03-03T01:00Z');
    const before = await page.locator('h1, h2').allInnerTexts();
    await page.goto(link);
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('h1, h2').allInnerTexts()).toEqual(before);
    await page.context().close();
  });

  it('replays: the slider moves the question, and says the hour in words', async () => {
    const { page } = await open('#/map?asOf=2026-03-01T13:00Z&region=aws:me-central-1', 'desk');
    await page.getByRole('button', { name: '3 Mar 01:00Z' }).click();
    await says(page, /quorum lost/);
    expect(page.url()).toContain('2026-03-03T01:00Z');
    const slider = page.getByRole('slider').first();
    const spoken = await slider.getAttribute('aria-valuetext');
    expect(spoken).toMatch(/3 Mar/);
    await page.goBack();
    await says(page, /Under investigation by the operator/);
    await page.context().close();
  });

  it('shows a failed read as failed, never as empty or calm', async () => {
    const { page } = await openPage(browser, service.address, SIZES.desk);
    await page.route('**/api/v1/exposures**', (route) => route.abort());
    await page.goto(`${service.address}/`);
    await says(page, /could not|failed|no answer|cannot be read/i);
    expect(await text(page)).not.toMatch(/no impairment stated\s+\d*[1-9]/i);
    await page.context().close();
  });

  it('renders hostile text as text', async () => {
    const { page, misdeeds } = await openPage(browser, service.address, SIZES.desk);
    const payload = '<img src=x onerror="document.title=`owned`"><script>document.title=`owned`</script>';
    await page.route('**/api/v1/exposures/**', async (route) => {
      const reply = await route.fetch();
      const body = (await reply.text())
        .replaceAll(/"text":"[^"]*"/g, `"text":${JSON.stringify(payload)}`)
        .replaceAll(/"title":"[^"]*"/g, `"title":${JSON.stringify(payload)}`);
      await route.fulfill({ response: reply, body });
    });
    await page.goto(`${service.address}/#/map?asOf=2026-03-03T01:00Z&region=aws:me-central-1`);
    await says(page, /onerror/);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(misdeeds.policy).toEqual([]);
    await page.context().close();
  });

  it('shows what a feed told as stale, with the reason, once that feed has stopped', async () => {
    const heardMs = Date.now() - 40 * 60_000;
    const heard = new Date(heardMs).toISOString();
    const database = new Database(roleUrls(service.databaseUrl), 2);
    for (const [feedId, bytes] of [
      ['aws-health', boardOf('eu-north-1', heardMs - 600_000)],
      ['usgs', quakeDocument('b', 40, 1, heardMs - 3_600_000)],
    ] as const)
      await ingestDocument(database, { tenantId: PUBLIC_TENANT, actor: 'spec' }, FEEDS.get(feedId)!, {
        bytes,
        ...{ retrievedAt: heard, startedAt: heard, finishedAt: heard },
        trigger: 'schedule',
        validators: { etag: null, lastModified: null },
      });
    await database.close();
    const region = 'aws:eu-north-1';
    const nowOf = async () => {
      const answer = await fetch(`${service.address}/api/v1/exposures/${region}`);
      return ((await answer.json()) as { data: { now: { lapse: string | null } } }).data.now;
    };
    while ((await nowOf()).lapse === null) await new Promise((resolve) => setTimeout(resolve, 200));

    const stale = /The statement is stale: shown as the last word known, not as news\. AWS Health.*last answered at/;
    const then = await open(`#/map?asOf=${new Date(heardMs + 60_000).toISOString()}&region=${region}`, 'desk');
    await says(then.page, /Under investigation by the operator/);
    expect(await text(then.page)).not.toMatch(stale);
    expect(await then.page.locator('path.quake.is-stale').count()).toBe(0);
    expect(await then.page.locator('path.quake').count()).toBeGreaterThan(0);
    await then.page.context().close();

    const { page, misdeeds } = await open(`#/map?region=${region}`, 'desk');
    await says(page, /The statement is stale/);
    expect(await text(page)).toMatch(stale);
    await page.screenshot({ path: path.join(SCREENS, 'feed-stopped-desk.png') });
    expect(await page.locator('path.quake').count()).toBeGreaterThan(0);
    expect(await page.locator('path.quake:not(.is-stale)').count()).toBe(0);
    expect(misdeeds).toEqual({ console: [], policy: [], foreign: [] });
    await page.goto(`${service.address}/#/map`);
    await says(page, /Under investigation by the operator, [^,]* old, stale/);
    await page.screenshot({ path: path.join(SCREENS, 'feed-stopped-list-desk.png') });
    await page.context().close();
  });
});
