import type { Page, Request } from 'playwright-core';
import { lackingBrowser } from '../support/chromium';
import { openConsoleWorld, plant, type ConsoleWorld } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

const figure = encodeURIComponent(`${plant}/PLANT/2024/annual-report#emission_tCO2`);

interface Case {
  readonly name: string;
  readonly at: string;
  /** What must stand there before it is asked for. */
  readonly ready: string;
  readonly button: string;
  readonly asks: RegExp;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    ...{ name: 'a figure proof', at: `/trace?lang=zh&figure=${figure}`, ready: 'svg [data-figure]' },
    ...{ button: '数据证明', asks: /\/v1\/proofs/, says: /正在生成数据证明/ },
  },
  {
    ...{ name: 'a report of a trace', at: `/trace?lang=zh&figure=${figure}`, ready: 'svg [data-figure]' },
    ...{ button: '追溯报告（PDF）', asks: /\/v1\/trace.*format=pdf/, says: /正在生成追溯报告/ },
  },
  {
    ...{ name: 'a whole list', at: '/records?lang=zh', ready: 'tbody a[href^="/records/"]' },
    ...{ button: '导出全部 CSV', asks: /\/v1\/records\?.*limit=500/, says: /已读取 0 条/ },
  },
];

/** Presses a button whose answer never comes. @returns the request that waits, and how many were made by now */
async function press(page: Page, { at, ready, button, asks }: Case): Promise<{ waits: Request; made: () => number }> {
  const requests: Request[] = [];
  await page.unrouteAll();
  await page.route(asks, (route) => void requests.push(route.request()));
  await page.goto(at);
  await page.locator(ready).first().waitFor();
  const asked = page.waitForRequest(asks);
  await page.getByRole('button', { name: button, exact: true }).click();
  return { waits: await asked, made: () => requests.length };
}

/** Where it is told; the page has other lines of that kind. */
const status = '[role=status][data-work]';

onlyWhere(lackingBrowser, 'work at which a person waits', () => {
  let world: ConsoleWorld;
  let page: Page;
  let complaints: readonly string[];
  const saved: string[] = [];
  beforeAll(async () => {
    world = await openConsoleWorld();
    ({ page, complaints } = await world.open('/records'));
    page.setDefaultTimeout(8_000);
    page.on('download', (download) => saved.push(download.suggestedFilename()));
  });
  afterAll(() => world.close());

  const urlOf = (one: Case): Case => ({ ...one, at: `${world.url}${one.at}` });
  const given = async (request: Request): Promise<void> => {
    await page.waitForEvent('requestfailed', (failed) => failed === request);
  };

  test.each(cases)('$name says that it is being made, is asked for once, and is called off', async (one) => {
    const { waits, made } = await press(page, urlOf(one));
    await page.locator(`${status}[data-work=busy]`, { hasText: one.says }).waitFor();
    const button = page.getByRole('button', { name: one.button, exact: true });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    const ended = given(waits);
    await page.locator(status).getByRole('button', { name: '取消' }).click();
    await ended;
    expect(await page.locator(status).textContent()).toBe('已取消，没有保存文件。');
    expect(await page.locator(status).evaluate((place) => place === document.activeElement)).toBe(true);
    expect(await page.locator('.failure').count()).toBe(0);
    expect([made(), saved]).toEqual([1, []]);
  });

  test.each(cases)('$name ends with the page where it was asked for', async (one) => {
    const { waits } = await press(page, urlOf(one));
    const ended = given(waits);
    await page.locator('nav a[href="/"], header a[href="/"]').first().click();
    await ended;
    expect(saved).toEqual([]);
  });

  test('what was called off is made when it is asked for again, and said to be saved', async () => {
    const one = urlOf(cases[1]!);
    await press(page, one);
    await page.locator(status).getByRole('button', { name: '取消' }).click();
    await page.unrouteAll();
    await page.getByRole('button', { name: one.button, exact: true }).click();
    await page.locator(`${status}[data-work=saved], .failure`).first().waitFor();
    expect(await page.locator('.failure').allTextContents()).toEqual([]);
    expect(await page.locator(status).textContent()).toBe('已保存。');
    expect(saved).toEqual([expect.stringMatching(/\.pdf$/)]);
    expect(complaints).toEqual([]);
  });
});
