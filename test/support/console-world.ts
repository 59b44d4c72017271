import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { registerPeople } from '../../cli/src/story/people';
import { launchBrowser, PATIENCE_MS } from './chromium';
import { temporaryFolder } from './temporary-folder';
import { startSampleService } from './trial-service';

const root = join(__dirname, '../..');
export const sampleDir = join(root, 'scripts/sample');

/** The plant of the sample and its laboratory. */
export const plant = '91140000MA0FAKE01X';
export const lab = '91140100MA0FAKE2XU';

export interface ConsoleWorld {
  readonly url: string;
  readonly policy: unknown;
  /** A page at 1366×768 unless said otherwise. What it complained of, and what it asked of other origins, is kept. */
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors of scripts, and whatever the content policy blocked. */
  readonly complaints: string[];
  /** Requests that left the origin. */
  readonly elsewhere: string[];
}

/** The built console on a trial ledger with the sample's year anchored, and a browser to look at it. */
export async function openConsoleWorld(): Promise<ConsoleWorld> {
  execFileSync(process.execPath, [join(root, 'console/build.mjs'), '--if-changed'], { stdio: 'ignore' });
  const service = await startSampleService(join(temporaryFolder('console'), 'data'), 'with documents');
  const { url, policy } = service;
  await registerPeople(url, '140600');
  const browser = await launchBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await service.close();
  };
  return { url, policy, open: (path, options) => openPage(browser, url, path, options), close };
}

/** Signs in as one of the sample's people at one click, in Chinese. */
export async function actAs({ url }: ConsoleWorld, page: Page, uscc: string): Promise<void> {
  await page.goto(`${url}/sign-in?lang=zh`);
  await page.locator('.people button', { hasText: uscc }).click();
  await page.getByRole('heading', { name: '待办', level: 1 }).waitFor();
}

/** Where pictures of the pages are kept; nowhere where nobody says so: `CONSOLE_SHOTS=docs/images npx jest test/console`. */
const shots = process.env['CONSOLE_SHOTS'];

/** Keeps a picture of what the page shows, as WebP, which Playwright itself does not write. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await session.detach();
  await writeFile(join(shots, `${name}.webp`), Buffer.from(data, 'base64'));
}

async function openPage(
  browser: Browser,
  url: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(url)) elsewhere.push(request.url());
  });
  await page.goto(`${url}${path}`);
  return { page, complaints, elsewhere };
}
