import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type Misdeeds } from '../support/browser.js';
import { runService, type RunningService } from '../support/running-service.js';

const SCREENS = path.resolve(import.meta.dirname, '../../test-output/screens');
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** The browser itself writes down what the service refuses; the page says it in words. */
const REFUSED = /^Failed to load resource: the server responded with a status of (401|409|422)/;
const MARKUP = '<img src=x onerror=alert(1)>';

let service: RunningService;
let browser: Browser;
type Cookies = Parameters<ReturnType<Page['context']>['addCookies']>[0];
let cookies: Cookies;

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  [service, browser] = await Promise.all([runService(), openBrowser()]);
  const { page } = await openPage(browser, service.address, SIZES.desk);
  await page.goto(service.signInLink);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${service.address}/`);
  cookies = await page.context().cookies();
  await page.context().close();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function open(
  hash: string,
  options: { size?: keyof typeof SIZES; signedIn?: boolean } = {},
): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const opened = await openPage(browser, service.address, SIZES[options.size ?? 'desk']);
  opened.page.setDefaultTimeout(15_000);
  if (options.signedIn !== false) await opened.page.context().addCookies(cookies);
  await opened.page.goto(`${service.address}/${hash}`);
  await settled(opened.page);
  return opened;
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** Nothing wider than the screen, nothing on the console, no other host asked. */
async function looksRight(page: Page, misdeeds: Misdeeds, name: string): Promise<void> {
  await page.screenshot({ path: path.join(SCREENS, `${name}.png`) });
  expect(misdeeds.console.filter((line) => !REFUSED.test(line))).toEqual([]);
  expect([misdeeds.policy, misdeeds.foreign]).toEqual([[], []]);
  expect([name, await wideParts(page)]).toEqual([name, []]);
}

/** That, and nothing serious for axe. */
async function isRight(page: Page, misdeeds: Misdeeds, name: string): Promise<void> {
  await looksRight(page, misdeeds, name);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect([name, serious]).toEqual([name, []]);
}

/** What of the page reaches beyond its right edge, but for what slides by itself. */
async function wideParts(page: Page): Promise<string[]> {
  return page
    .locator('.page')
    .evaluateAll((pages) =>
      pages
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => `${element.id}: ${element.scrollWidth} in ${element.clientWidth}`),
    );
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const recorded = (page: Page) =>
  page
    .getByText(/Recorded at ledger position/)
    .first()
    .waitFor();

describe('the portfolio', () => {
  it('of nobody known says what it is for, and how to come in', async () => {
    const { page, misdeeds } = await open('#/portfolio', { signedIn: false });
    await page.locator('#portfolio').getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.getByLabel('Regions and zones', { exact: true }).count()).toBe(0);
    await looksRight(page, misdeeds, 'portfolio-signed-out');
    await page.context().close();
  });

  it('begins with ids that are pasted: what is recognised, what is doubtful, one button', async () => {
    const { page, misdeeds } = await open('#/portfolio', { size: 'phone' });
    await page.getByLabel('Regions and zones', { exact: true }).fill(`me-central-1\nmec1-az2\nUAE Central\n${MARKUP}`);
    await page.getByText('Recognised').first().waitFor();
    await page.getByText('zone mec1-az2').waitFor();
    await page.getByText(/"<img src=x onerror=alert\(1\)>"/).waitFor();
    await isRight(page, misdeeds, 'portfolio-first-phone');
    await page.getByLabel('UAE Central', { exact: true }).selectOption('azure:uaecentral');
    const start = page.getByRole('button', { name: 'Start with 3 places' });
    await start.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What stands out' }).waitFor();
    await row(page, 'UAE Central').getByRole('link', { name: 'uaecentral' }).waitFor();
    await looksRight(page, misdeeds, 'portfolio-begun-phone');
    await page.context().close();
  }, 120_000);

  it('takes a file: tried first, columns and doubts decided, then imported', async () => {
    const { page, misdeeds } = await open('#/portfolio');
    await page.getByText('Import a file').click();
    const file = [
      'Bezeichnung,Region,Standby,Only copy,Value per day (USD)',
      'core,me-central-1,UAE North,yes,"250,000"',
      `${MARKUP},Bahrain aws,,,`,
      'mail,aws eu-west-1,eu-central-1,no,',
    ].join('\n');
    const input = { name: 'assets.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
    await page.getByLabel('File', { exact: true }).setInputFiles(input);
    await page.getByText('a column for asset_id or name').waitFor();
    await page.getByLabel('Bezeichnung', { exact: true }).selectOption('name');
    await page.getByText('Tried, nothing kept yet').waitFor();
    expect(await page.getByRole('button', { name: /^Import 1 asset/ }).isDisabled()).toBe(true);
    await page.getByLabel('Decimals in this file').selectOption('.');
    await page.getByLabel('Bahrain aws', { exact: true }).selectOption('aws:me-south-1');
    const button = page.getByRole('button', { name: 'Import 3 assets' });
    await button.waitFor();
    await page.getByText('would stand out').scrollIntoViewIfNeeded();
    await isRight(page, misdeeds, 'portfolio-file');
    await button.click();
    await page.getByText('your only copy is in aws:me-central-1 (AE)').waitFor();
    await page.getByText('shares a theatre with your primary aws:me-central-1 (AE): not independent').waitFor();
    await row(page, MARKUP).waitFor();
    await looksRight(page, misdeeds, 'portfolio-held');
    const exported = await page.request.get(
      `${service.address}${await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')}`,
    );
    expect(await exported.text()).toContain('core,core,aws:me-central-1');
    await page.context().close();
  }, 120_000);

  it('is edited asset by asset; a fault stands at its field', async () => {
    const { page, misdeeds } = await open('#/portfolio', { size: 'phone' });
    await page.getByRole('button', { name: 'Edit mail' }).click();
    await page.getByLabel('Standby regions').fill('atlantis');
    await page.getByRole('button', { name: 'Save it' }).click();
    await page.locator('#asset-standby-fault').getByText('region.unknown').waitFor();
    expect(await page.getByLabel('Standby regions').getAttribute('aria-invalid')).toBe('true');
    await isRight(page, misdeeds, 'portfolio-form-phone');
    await page.getByLabel('Standby regions').fill('eu-west-1');
    await page.getByLabel('Back within (RTO)').fill('4 h');
    await page.getByRole('button', { name: 'Save it' }).click();
    await recorded(page);
    await page.getByText('your standby is in the region of your primary, aws:eu-west-1 (IE)').waitFor();
    await row(page, 'mail').getByText('4 h').waitFor();
    await page.context().close();
  }, 120_000);

  it('does not write over what somebody else did meanwhile, and keeps what was typed', async () => {
    const [{ page }, { page: other }] = await Promise.all([open('#/portfolio'), open('#/portfolio')]);
    await page.getByRole('button', { name: 'Edit mail' }).click();
    await other.getByRole('button', { name: 'Add an asset' }).click();
    await other.getByLabel('Id', { exact: true }).fill('edge');
    await other.getByLabel('Cloud region', { exact: true }).fill('eu-central-1');
    await other.getByRole('button', { name: 'Add it' }).click();
    await recorded(other);
    await page.getByLabel('Name', { exact: true }).fill('Post');
    await page.getByRole('button', { name: 'Save it' }).click();
    await page.getByText('The portfolio was changed since you opened this form').waitFor();
    await page.getByRole('button', { name: 'Read it again' }).click();
    await page.getByText('as it was when you opened it').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Post');
    await page.getByRole('button', { name: /^Put mine on revision/ }).click();
    await page.getByRole('button', { name: 'Save it' }).click();
    await recorded(page);
    await row(page, 'Post').waitFor();
    await row(page, 'edge').waitFor();
    await page.getByRole('button', { name: 'Edit edge' }).click();
    await page.getByText('Remove this asset').click();
    await page.getByRole('button', { name: 'Remove edge' }).click();
    await row(page, 'edge').waitFor({ state: 'detached' });
    await page.context().close();
    await other.context().close();
  }, 120_000);

  it('is marked on the map, and the panel of a region says what of it stands there', async () => {
    const { page, misdeeds } = await open('#/portfolio');
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await page.locator('.mark[data-id="aws:me-central-1"] .yours').waitFor({ state: 'attached' });
    expect(await page.locator('.mark .yours').count()).toBe(3);
    await page.getByText('Yours: 1 asset, USD 250,000 a day').click();
    const yours = page.getByRole('region', { name: 'Yours' });
    await yours.getByText('your only copy is in aws:me-central-1 (AE)').waitFor();
    await yours.scrollIntoViewIfNeeded();
    await looksRight(page, misdeeds, 'portfolio-region');
    await page.context().close();
    const { page: stranger, misdeeds: none } = await open('#/map?region=aws:me-central-1', { signedIn: false });
    await stranger.getByRole('button', { name: 'Show what is yours here' }).waitFor();
    expect([none.console, await stranger.locator('.mark .yours').count()]).toEqual([[], 0]);
    await stranger.getByRole('button', { name: 'Show what is yours here' }).click();
    await stranger.getByText('What is yours here is then shown.').waitFor();
    await stranger.context().close();
  }, 120_000);
});

describe('entities', () => {
  it('are found by name, and lead from one to the next with the evidence', async () => {
    const { page, misdeeds } = await open('#/entities', { signedIn: false });
    await looksRight(page, misdeeds, 'entities');
    await page.getByLabel('Find an entity').fill('openai amaz');
    await page.getByRole('link', { name: 'The OpenAI–Amazon deal of 2 March 2026' }).waitFor();
    await page.getByLabel('Find an entity').fill('openai');
    await page.getByRole('link', { name: 'OpenAI', exact: true }).click();
    await settled(page);
    expect(page.url()).toContain('#/entities/org:openai');
    const disagreements = page.getByRole('region', { name: /^Disagreements/ });
    await disagreements.getByText('$15 billion paid at once, $35 billion on a condition').waitFor();
    await page.getByText('Paid and possible money are never added up.').waitFor();
    await isRight(page, misdeeds, 'entity');
    await disagreements
      .getByRole('button', { name: /^Claim/ })
      .first()
      .click();
    await page.locator('article.claim:focus').getByText('Item of its source').waitFor();
    await page.getByRole('link', { name: 'Amazon', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Amazon', level: 2 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'OpenAI', level: 2 }).waitFor();
    await page.context().close();
  }, 120_000);

  it('say of what is not known what was searched, and when', async () => {
    const { page, misdeeds } = await open('#/workloads/workload:claude-dod', { size: 'phone', signedIn: false });
    const unknown = page.getByRole('region', { name: /^Unknown/ });
    await unknown.getByText('Unknown:').first().waitFor();
    await unknown
      .getByText(/Searched:[^]*, on/)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'Where it runs: none found' }).waitFor();
    await page.getByRole('region', { name: 'What it stands on' }).getByText('not followed').first().waitFor();
    await isRight(page, misdeeds, 'workload-phone');
    await page.context().close();
  });

  it('are reached from the panel of a region, down and at its time', async () => {
    const { page, misdeeds } = await open('#/map?asOf=2026-03-13T12:00Z&region=aws:me-central-1', { signedIn: false });
    await page.getByRole('link', { name: 'Who depends on this region' }).click();
    await page.getByText('No claim says that anything stands on it. That is not “nothing”.').waitFor();
    expect(page.url()).toContain('asOf=2026-03-13T12:00Z');
    await page.getByRole('link', { name: 'Careem' }).waitFor();
    await looksRight(page, misdeeds, 'radius-region');
    await page.goto(`${service.address}/#/entities/aws`);
    await page.getByText('Cannot run without it').waitFor();
    await settled(page);
    await isRight(page, misdeeds, 'radius-operator');
    await page.context().close();
  }, 120_000);
});
