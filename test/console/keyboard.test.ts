import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import { actAs, lab, openConsoleWorld, plant, sampleDir, type ConsoleWorld } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

/** More stops than any page has: a page in which the focus is caught is told, not waited for. */
const MOST_STOPS = 400;

/** Goes on by Tab until the focus is on what is asked for: as a person without a mouse does. */
async function tabTo(page: Page, selector: string, text = ''): Promise<void> {
  const isThere = `(() => { const on = document.activeElement; return on !== null && on.matches(${JSON.stringify(selector)})
    && (on.textContent ?? '').includes(${JSON.stringify(text)}); })()`;
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await page.evaluate<boolean>(isThere)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${selector} ${text}`);
}

/** A chooser is listened for before its page is opened: on a busy machine a browser that is told to hand it over may hear the key first. */
async function chooseOn(page: Page, url: string, selector: string, file: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.goto(url);
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
  await (await choosing).setFiles(file);
}

onlyWhere(lackingBrowser, 'the console without a mouse, and for who cannot see it', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await openConsoleWorld();
  });
  afterAll(() => world.close());

  test('a person signs in, files a record, verifies a file and traces a figure by the keyboard alone', async () => {
    const { page, complaints } = await world.open('/sign-in');
    await page.locator('.people button', { hasText: plant }).waitFor();
    await tabTo(page, '.people button', plant);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '待办', level: 1 }).waitFor();

    await page.goto(`${world.url}/file/engagement?kind=engagement.testing&period=2027`);
    await page.locator('#field-party').waitFor();
    await tabTo(page, '#field-party');
    await page.keyboard.type(lab);
    await tabTo(page, '#field-contractNo');
    await page.keyboard.type('HT-2027-001');
    await tabTo(page, 'button', '核对');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '将要签署的内容' }).waitFor();
    // What is about to be signed is read first: the focus is on its heading, and the signature is the next stop.
    await page.locator('#to-sign:focus').waitFor();
    const shown = await page.locator('section[aria-labelledby=to-sign]').innerText();
    // All that is signed is shown: what was typed is read once more.
    for (const part of ['HT-2027-001', lab]) expect(shown).toContain(part);
    await page.keyboard.press('Tab');
    await tabTo(page, 'button', '用本机密钥签署并提交');
    await page.keyboard.press('Enter');
    await page.locator('[data-filed=committed]').waitFor();

    await chooseOn(page, `${world.url}/check`, '#files', join(sampleDir, 'files/reports/FIC-CQ-202401-U1-101.pdf'));
    await page.locator('[data-verdict=consistent]').first().waitFor();

    await page.goto(`${world.url}/trace`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(page, 'main input');
    await page.keyboard.type(`${plant}/U2/2024-09/monthly-evidence#emission_tCO2`);
    await page.keyboard.press('Enter');
    await page.locator('svg [data-figure]').nth(4).waitFor();
    await tabTo(page, 'svg [data-figure]');
    await page.keyboard.press('Enter');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('every desk is accessible in Chinese and in English, and as wide as its screen', async () => {
    const { page, complaints } = await world.open('/');
    const { items } = await new LedgerClient({ baseUrl: world.url }).parties({ limit: 500 });
    const one = (kind: string): string => items.find((party) => party.kind === kind)?.uscc ?? '';
    const desks: readonly (readonly [kind: string, paths: readonly string[]])[] = [
      ['enterprise', ['/inbox', '/file', '/year', '/batch/annual-report', '/forms', '/open-items']],
      ['lab', ['/engagements', '/file/test-report']],
      ['verifier', [`/sampling?uscc=${plant}`, '/file/verification-conclusion']],
      ['province-authority', ['/reviews', '/region', '/allocation', '/file/emitter-list?period=2025', '/inspection']],
      ['national-authority', ['/file/parameter', '/file/rule-set']],
      ['allowance-registry', ['/reconcile']],
    ];
    const wrong: unknown[] = [];
    for (const [kind, paths] of desks) {
      await actAs(world, page, one(kind));
      for (const path of paths) {
        await page.goto(`${world.url}${path}`);
        for (const language of ['zh', 'en']) {
          await page.locator('main h1').first().waitFor();
          await page.getByText(/^(?:正在读取…|Loading …)$/).waitFor({ state: 'detached' });
          const findings = await axeFindings(page);
          const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (findings.length > 0 || over > 0) wrong.push({ path, language, findings, over });
          await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文', exact: true }).click();
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
