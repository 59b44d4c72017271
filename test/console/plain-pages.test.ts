import type { Browser } from 'playwright-core';
import { errorsPage, homePage, PLAIN_CSS } from '../../gateway-api/src/http/pages';
import { launchBrowser, lackingBrowser, PATIENCE_MS } from '../support/chromium';
import { onlyWhere } from '../support/only-where';

/* The pages without scripts, on a telephone. */

const facts = {
  ...{ ledger: 'ab'.repeat(32), deployment: 'embedded', version: '0.1.0', logSize: 120, height: '12', trial: true },
  checkpoint: `carbon-audit-ledger/${'ab'.repeat(32)}\n120\n${'A'.repeat(44)}\n`,
} as Parameters<typeof homePage>[0];

onlyWhere(lackingBrowser, 'pages without scripts', () => {
  let browser: Browser | undefined;
  afterAll(() => browser?.close());

  it.each([
    ['the errors', errorsPage()],
    ['the first page', homePage(facts)],
  ])('%s are as narrow as the screen', async (_what, html) => {
    browser ??= await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setContent(html);
    await page.addStyleTag({ content: PLAIN_CSS });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const sizes = await page.$$eval('td', (cells) => cells.map((cell) => cell.getBoundingClientRect().width));
    // Nobody reads a column of a few letters.
    expect(Math.min(...sizes)).toBeGreaterThan(200);
    await page.close();
  });
});
