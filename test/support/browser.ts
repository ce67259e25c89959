import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser, type Page } from 'playwright-core';

/**
 * Headless Chromium: the one named by `CHROME_BIN`, else the build that comes with the packages. It starts no background
 * traffic of its own.
 */
export async function openBrowser(): Promise<Browser> {
  const named = process.env['CHROME_BIN'];
  return driver.launch({
    executablePath: named ?? (await chromium.executablePath()),
    args: [
      // In one process the browser would end with its first closed page.
      ...(named ? ['--no-sandbox'] : chromium.args.filter((argument) => argument !== '--single-process')),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
    headless: true,
  });
}

/** What a page did that it should not have: messages on the console, violated policies, requests to other hosts. */
export interface Misdeeds {
  readonly console: string[];
  readonly policy: string[];
  readonly foreign: string[];
}

/** A page of the given size that keeps its misdeeds. */
export async function openPage(
  browser: Browser,
  origin: string,
  size: { width: number; height: number },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const misdeeds: Misdeeds = { console: [], policy: [], foreign: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') misdeeds.console.push(message.text());
    if (/content security policy/i.test(message.text())) misdeeds.policy.push(message.text());
  });
  page.on('pageerror', (error) => misdeeds.console.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) misdeeds.foreign.push(url);
  });
  return { page, misdeeds };
}
