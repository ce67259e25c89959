import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type Misdeeds } from '../support/browser.js';
import { faultline } from '../support/command.js';
import { quakeDocument } from '../support/quakes.js';
import { runService, type RunningService } from '../support/running-service.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCREENS = path.join(ROOT, 'test-output/screens');
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** The browser itself writes down that nobody is signed in; the page says it in words. */
const NOT_SIGNED_IN = /^Failed to load resource: the server responded with a status of 401/;

let service: RunningService;
let browser: Browser;
let folder: string;
type Cookies = Parameters<ReturnType<Page['context']>['addCookies']>[0];
let cookies: Cookies;

interface Quake {
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly properties: { readonly time: number; readonly mag: number };
}

/** An entry of the desk that tells of one of the earthquakes too. */
const told = ({ geometry, properties }: Quake, apartDegrees: number, precisionKm: number, magnitude: number | null) => {
  const [lon, lat] = geometry.coordinates;
  return {
    id: `quake ${properties.time}`,
    subject: 'desk:quake',
    thread: `quake-${properties.time}`,
    predicate: 'hazard',
    place: { position: { lonLat: [lon, lat + apartDegrees], precisionKm, method: 'as printed' } },
    value: {
      peril: 'earthquake',
      level: 'moderate',
      certainty: 'observed',
      magnitude: magnitude === null ? null : { value: magnitude, unit: 'M' },
      area: null,
      text: 'An earthquake was felt.',
    },
    source: { id: 'qna', name: 'Qatar News Agency', class: 'media', grade: 'B' },
    url: 'https://www.qna.example/1',
    occurredAt: { begin: new Date(properties.time).toISOString() },
    publishedAt: '2026-10-02T12:00Z',
  };
};

async function ingest(feedId: string, bytes: string | Uint8Array): Promise<void> {
  const file = path.join(folder, `${feedId}.json`);
  writeFileSync(file, bytes);
  const { code, stderr } = await faultline([
    'ingest',
    feedId,
    file,
    '--data',
    service.dataDir,
    '--database',
    service.databaseUrl,
  ]).finished;
  if (code !== 0) throw new Error(`ingest ended with ${code}: ${stderr}`);
}

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-desk-'));
  service = await runService();
  const usgs = quakeDocument('felt', 2, 1);
  const { features } = JSON.parse(new TextDecoder().decode(usgs)) as { features: readonly [Quake, Quake] };
  const [sure, unsure] = features;
  await ingest('usgs', usgs);
  // The same place, minute and magnitude; and the same minute some 120 km off, of no stated magnitude.
  const claims = [told(sure, 0, 10, sure.properties.mag), told(unsure, 1.1, 100, null)];
  await ingest('desk', JSON.stringify({ claims }));
  browser = await openBrowser();
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
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a view, signed in or not, and waits until nothing is loading any more. */
async function open(
  hash: string,
  options: { size?: keyof typeof SIZES; scheme?: 'light' | 'dark'; signedIn?: boolean } = {},
): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const opened = await openPage(browser, service.address, SIZES[options.size ?? 'desk'], options.scheme);
  if (options.signedIn) await opened.page.context().addCookies(cookies);
  await opened.page.goto(`${service.address}/${hash}`);
  await settled(opened.page);
  return opened;
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

async function read<T>(url: string): Promise<T> {
  const reply = await fetch(`${service.address}${url}`);
  return ((await reply.json()) as { data: T }).data;
}

interface Kin {
  readonly outcome: string;
  readonly incidents: readonly { readonly id: string }[];
}

const group = (page: Page, name: RegExp) => page.getByRole('region', { name });

describe('the desk, to a reader', () => {
  it.each([
    ['desk', 'light'],
    ['desk', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('on a %s, %s: shows the queue, does nothing, and breaks no rule', async (size, scheme) => {
    const { page, misdeeds } = await open('#/desk', { size, scheme });
    await page.screenshot({ path: path.join(SCREENS, `desk-${size}-${scheme}.png`) });
    await group(page, /^To look at/)
      .getByText('score 0.70 of 1')
      .waitFor();
    const joined = group(page, /^Joined/);
    expect(await joined.getByText('begin within a minute of each other').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Sign in' }).first().getAttribute('href')).toBe('#/sign-in');
    for (const name of [/^Merge/, /^Keep apart/, /^Enter the claim/]) {
      for (const button of await page.getByRole('button', { name }).all()) expect(await button.isDisabled()).toBe(true);
    }
    expect(await page.getByRole('button', { name: /^Keep apart/ }).count()).toBe(2);
    expect(await serious(page)).toEqual([]);
    expect(misdeeds.console.filter((line) => !NOT_SIGNED_IN.test(line))).toEqual([]);
    expect([misdeeds.policy, misdeeds.foreign]).toEqual([[], []]);
    expect(await page.evaluate('window.scrollTo(999, 0), window.scrollX')).toBe(0);
    await page.context().close();
  });

  it('does not ask who is signed in where nothing needs it', async () => {
    const { page, misdeeds } = await open('#/map?asOf=2026-03-03T01:00Z&region=aws:me-central-1');
    expect(misdeeds.console).toEqual([]);
    await page.context().close();
  });

  it('tells an empty queue from a failed one, and neither is calm', async () => {
    const { page } = await openPage(browser, service.address, SIZES.desk);
    await page.route('**/api/v1/kinships**', async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, json: { ...((await reply.json()) as object), data: [] } });
    });
    await page.goto(`${service.address}/#/desk`);
    await page.getByText('Nothing to look at:').waitFor();
    await page.getByText(/incidents at these coordinates have the position and the begin/).waitFor();
    await page.unroute('**/api/v1/kinships**');
    await page.route('**/api/v1/kinships**', (route) => route.abort());
    await page.reload();
    await page.getByText('The pairs to look at could not be read.').waitFor();
    expect(await page.getByText('Nothing to look at:').count()).toBe(0);
    await page.context().close();
  });
});

interface Told {
  readonly id: string;
  readonly claimCount: number;
}

async function ofMostClaims(): Promise<Told> {
  const incidents = await read<Told[]>('/api/v1/incidents?region=aws:me-central-1');
  return [...incidents].sort((a, b) => b.claimCount - a.claimCount)[0]!;
}

describe('the desk, to an analyst', () => {
  it('keeps a joined pair apart, with the reason, and joins it again', async () => {
    const { page, misdeeds } = await open('#/desk', { signedIn: true });
    await page.getByText('Signed in as sign-in link').waitFor();
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: path.join(SCREENS, 'desk-signed-in.png') });
    const joined = group(page, /^Joined/);
    const split = joined.getByRole('button', { name: /^Keep apart/ });
    // Without a reason nothing is sent.
    await split.click();
    expect((await read<Kin[]>('/api/v1/kinships?outcome=joined')).length).toBe(1);
    await joined.getByLabel('Why (kept and shown)').fill('Two shocks, an hour apart.');
    await split.click();
    const apart = group(page, /^Kept apart/);
    await apart.getByText(/Recorded at ledger position/).waitFor();
    await page.screenshot({ path: path.join(SCREENS, 'desk-split.png') });
    const [pair] = await read<Kin[]>('/api/v1/kinships?outcome=apart');
    expect(pair?.incidents).toHaveLength(2);
    expect(await apart.getByRole('link').count()).toBe(2);
    await apart.getByText(/^sign-in link,.*Two shocks, an hour apart\.$/).waitFor();
    await apart.getByLabel('Why (kept and shown)').fill('One shock after all.');
    await apart.getByRole('button', { name: /^Merge/ }).click();
    await joined.getByText('somebody here decided that they are one').waitFor();
    expect(misdeeds).toEqual({ console: [], policy: [], foreign: [] });
    await page.context().close();
  });

  it('shows a joined incident as told by its sources, and where to part them', async () => {
    const [pair] = await read<Kin[]>('/api/v1/kinships?outcome=joined');
    const { page } = await open(`#/map?incident=${pair?.incidents[0]?.id}`);
    await page.getByText('Told by 2 sources').waitFor();
    await page.screenshot({ path: path.join(SCREENS, 'desk-told-by.png') });
    await page.getByRole('link', { name: /keep them apart/ }).click();
    await page.getByRole('heading', { name: 'Desk' }).waitFor();
    expect(page.url()).toContain('#/desk');
    await page.context().close();
  });

  it('disputes a claim by keyboard', async () => {
    const most = await ofMostClaims();
    const { page, misdeeds } = await open(`#/map?incident=${most.id}&section=claims`, { signedIn: true });
    const claim = page.getByRole('article', { name: 'Claim 2', exact: true });
    const fold = claim.getByText('Dispute this claim');
    await fold.focus();
    await page.keyboard.press('Enter');
    const dispute = claim.getByLabel('What is wrong with it');
    await dispute.waitFor();
    // Usable once it has been read who is signed in.
    await claim.locator('fieldset:not([disabled])').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('The page says otherwise since.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await claim.getByText('challenge open').waitFor();
    await claim.getByText('Recorded at ledger position').waitFor();
    expect(misdeeds).toEqual({ console: [], policy: [], foreign: [] });
    await page.context().close();
  }, 180_000);

  it('takes a claim out of its incident, says who did and why, and lets it in again', async () => {
    const most = await ofMostClaims();
    const { page } = await open(`#/map?incident=${most.id}&section=claims`, { signedIn: true });
    const taken = page.getByRole('article').filter({ hasText: 'Take it out of this incident' }).last();
    await taken.getByText('Take it out of this incident').click();
    await taken.getByLabel('Why it does not belong').fill('It speaks of another day.');
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: path.join(SCREENS, 'desk-claim.png') });
    await taken.getByRole('button', { name: 'Take it out' }).click();
    await page.getByText('was taken out of this incident').waitFor();
    await page.getByText('It speaks of another day.').waitFor();
    const claims = async () => (await read<Told>(`/api/v1/incidents/${most.id}`)).claimCount;
    expect(await claims()).toBeLessThan(most.claimCount);
    await page.getByText('Let it in again').click();
    await page.getByLabel('Why it belongs here after all').fill('It was the same day.');
    await page.getByRole('button', { name: 'Let it in' }).click();
    await page.getByText('was taken out of this incident').waitFor({ state: 'detached' });
    expect(await claims()).toBe(most.claimCount);
    await page.context().close();
  }, 180_000);

  it('enters a claim by hand; what the service finds wrong stands at its field', async () => {
    const { page } = await open('#/desk', { signedIn: true });
    const form = page.getByRole('region', { name: 'Enter a claim' });
    const field = (label: string) => form.getByLabel(label, { exact: true });
    const type = (label: string, text: string) => field(label).fill(text);
    await type('Country or region', 'qa');
    await field('What').selectOption('drone-strike');
    await field('How').selectOption('standoff');
    await field('Severity').selectOption('1');
    await type('What was said, in short', 'A drone was shot down near the port.');
    await type('When it happened', '2026-11-20T10:00Z');
    await type('Who says so', 'Qatar News Agency');
    await field('Kind of source').selectOption('media');
    await field('Grade').selectOption('B');
    await type('Public address where it says so', 'https://www.qna.example/1');
    await type('Published', '2026-11-20T12:00');
    await page.getByRole('button', { name: 'Enter the claim' }).click();
    const published = field('Published');
    await page.locator('#entry-published-fault').getByText('time.no_zone').waitFor();
    expect(await published.getAttribute('aria-invalid')).toBe('true');
    await page.locator('#entry-published-fault').scrollIntoViewIfNeeded();
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: path.join(SCREENS, 'desk-fault.png') });
    await published.fill('2026-11-20T12:00Z');
    await page.getByRole('button', { name: 'Enter the claim' }).click();
    await page.getByText(/Recorded at ledger position/).waitFor();
    const found = await read<{ title: string }[]>('/api/v1/incidents?country=QA&peril=drone-strike');
    expect(found.map(({ title }) => title)).toEqual(['Drone strike, QA']);
    await page.getByText('A declared threat').click();
    await type('Country or region', 'QA');
    await type('Operators named', 'aws azure');
    await type('What was said, in short', 'Names data centers of two operators as targets.');
    await type('Who says so', 'A party');
    await field('Kind of source').selectOption('adversary');
    await field('Grade').selectOption('C');
    await type('Public address where it says so', 'https://www.party.example/1');
    await type('Published', '2026-11-20');
    await page.getByRole('button', { name: 'Enter the claim' }).click();
    // That the first was recorded may still stand there: the service is asked until it has both.
    const entered = async () => {
      const claims = await read<{ predicate: string }[]>('/api/v1/claims?subject=country:QA&feed=desk');
      return claims.map(({ predicate }) => predicate).sort();
    };
    for (let attempt = 0; attempt < 100 && (await entered()).length < 2; attempt++) await page.waitForTimeout(100);
    expect(await entered()).toEqual(['attack', 'declared-threat']);
    await page.context().close();
  }, 180_000);
});

describe('the account page', () => {
  const LOGIN = { login: 'ann@example.org', password: 'correct horse battery' };

  beforeAll(async () => {
    const key = readFileSync(path.join(service.dataDir, 'admin-api-key'), 'utf8').trim();
    const { status } = await fetch(`${service.address}/api/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...LOGIN, role: 'analyst' }),
    });
    expect(status).toBe(201);
  });

  it.each([
    ['desk', 'light'],
    ['phone', 'dark'],
  ] as const)(
    'on a %s, %s: leads from the desk to signing in, says who one is, and signs out',
    async (size, scheme) => {
      const { page, misdeeds } = await open('#/desk', { size, scheme });
      await page.getByRole('link', { name: 'Sign in' }).first().click();
      await page.getByRole('heading', { name: 'Account' }).waitFor();
      await settled(page);
      await page.screenshot({ path: path.join(SCREENS, `account-out-${size}.png`) });
      expect(await serious(page)).toEqual([]);
      const enter = async (password: string) => {
        await page.getByLabel('Login or e-mail address').fill(LOGIN.login);
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
      };
      await enter('not the password');
      await page.getByText('let nobody in').waitFor();
      await page.screenshot({ path: path.join(SCREENS, `account-refused-${size}.png`) });
      await enter(LOGIN.password);
      await page.getByText('reads, enters and decides').waitFor();
      await settled(page);
      await page.screenshot({ path: path.join(SCREENS, `account-in-${size}.png`) });
      expect(await serious(page)).toEqual([]);
      expect(await page.evaluate('window.scrollTo(999, 0), window.scrollX')).toBe(0);
      await page.getByRole('link', { name: 'Desk' }).click();
      await page.getByText('What you decide is kept under that name.').waitFor();
      await page.getByRole('link', { name: `Account: ${LOGIN.login}` }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('Password').waitFor();
      expect((await page.context().cookies()).filter(({ name }) => name === 'faultline_session')).toEqual([]);
      expect(misdeeds.console.filter((line) => !NOT_SIGNED_IN.test(line))).toEqual([]);
      expect([misdeeds.policy, misdeeds.foreign]).toEqual([[], []]);
      await page.context().close();
    },
  );

  it('says why the identity provider let nobody in, and offers no provider where there is none', async () => {
    const { page } = await open('#/sign-in?refused=unknown-user');
    await page.getByText('you have no account here').waitFor();
    expect(await page.getByRole('link', { name: /Sign in with/ }).count()).toBe(0);
    await page.route('**/api/v1/session/ways', (route) =>
      route.fulfill({ json: { data: { anonymousReads: true, passwords: true, provider: 'login.example.org' } } }),
    );
    await page.reload();
    const link = page.getByRole('link', { name: 'Sign in with login.example.org' });
    expect(await link.getAttribute('href')).toBe('/api/v1/session/provider');
    await page.screenshot({ path: path.join(SCREENS, 'account-provider-desk.png') });
    await page.context().close();
  });
});
