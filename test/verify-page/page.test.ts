import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { lackingBrowser, launchBrowser, PATIENCE_MS } from '../support/chromium';
import { temporaryFolder } from '../support/temporary-folder';
import { onlyWhere } from '../support/only-where';

const root = join(__dirname, '../..');
const golden = join(root, 'test/golden/receipt-v1');
const folder = temporaryFolder('verify-page');
const file = join(folder, 'verify.html');
const pinned = join(folder, 'pinned.html');

beforeAll(() => {
  const build = join(root, 'scripts/verify-page/build.mjs');
  execFileSync(process.execPath, [build, file]);
  execFileSync(process.execPath, [build, pinned, join(golden, 'policy.json')]);
});

test('verify.html is one file of at most 150 kB that names nothing outside of itself', () => {
  const page = readFileSync(file, 'utf8');
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(150_000);
  expect(page).toContain("default-src 'none'; script-src 'sha256-");
  expect(page).not.toMatch(/\b(?:src|href)="|@import|url\(/);
});

// A machine without a browser has the page checked as text only; what it verifies is verified on Node as well.
onlyWhere(lackingBrowser, 'verify.html in a browser with the network off', () => {
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    const context = await browser.newContext({ offline: true });
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
    requests.length = 0;
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  });
  afterEach(() => page.context().close());

  const give = (slot: string, name: string): Promise<void> => page.setInputFiles(`#${slot}`, join(golden, name));
  const result = (): Promise<string | null> => page.locator('.result').getAttribute('data-result');
  const code = (): Promise<string | null> => page.locator('.result').getAttribute('data-code');

  test('passes a receipt with its file, and says what that does not prove', async () => {
    await give('policy', 'policy.json');
    await give('receipt', 'valid/report-of-a-laboratory.json');
    await page.locator('.result').waitFor();
    await give('document', 'document.csv');
    await page.getByText('煤质报告.csv', { exact: true }).waitFor();
    expect(await result()).toBe('PASS');
    expect(await page.locator('#verdict').textContent()).toContain('不证明记录或文件内容真实');
    expect(requests).toEqual([pathToFileURL(file).href]);
  });

  test('reads a packed receipt', async () => {
    await give('policy', 'policy.json');
    await page.setInputFiles('#receipt', join(root, 'test/golden/receipt-v1-packed/valid/packed.receipt'));
    await give('document', 'document.csv');
    await page.getByText('煤质报告.csv', { exact: true }).waitFor();
    expect(await result()).toBe('PASS');
  });

  test('refuses the file with one digit changed', async () => {
    await give('policy', 'policy.json');
    await give('document', 'document-altered.csv');
    await give('receipt', 'valid/report-of-a-laboratory.json');
    await page.locator('.result').waitFor();
    expect([await result(), await code()]).toEqual(['FAIL', 'DOCUMENT_MISMATCH']);
  });

  test('refuses a forged checkpoint, and what is pending is pending', async () => {
    await page.goto(pathToFileURL(pinned).href);
    await give('receipt', 'must-fail/a-wrong-log-signature.json');
    await page.locator('.FAIL').waitFor();
    expect(await code()).toBe('CHECKPOINT_SIGNATURE_INVALID');
    await give('receipt', 'pending/one-witness-of-two.json');
    await page.locator('.PENDING').waitFor();
    await give('receipt', 'valid/signed-with-SM2.json');
    await page.locator('.PASS').waitFor();
  });

  test('shows markup in a receipt as text', async () => {
    const hostile = join(folder, 'hostile.json');
    writeFileSync(hostile, '{"schema":"<img src=x onerror=alert(1)>"}');
    await give('policy', 'policy.json');
    await page.setInputFiles('#receipt', hostile);
    await page.locator('.FAIL').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#verdict').textContent()).toContain('<img src=x');
  });
});
