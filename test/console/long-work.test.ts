import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trialInspector, trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import type { Page, Request } from 'playwright-core';
import { lackingBrowser } from '../support/chromium';
import { actAs, lab, openConsoleWorld, plant, type ConsoleWorld } from '../support/console-world';
import { labResults } from '../support/lab-results';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const exchange = join(__dirname, '../../examples/reconcile');
const exchangeFiles = readdirSync(exchange).filter((name) => name.endsWith('.csv'));
const workbook = join(temporaryFolder('long-work'), 'results.xlsx');
writeFileSync(workbook, labResults({ carbon: ['58.10'] }));
const inspector = trialInspector('140000').uscc;

const figure = encodeURIComponent(`${plant}/PLANT/2024/annual-report#emission_tCO2`);

interface Case {
  readonly name: string;
  /** Who asks, where the public may not. */
  readonly as?: string;
  readonly at: string;
  /** What must stand there before it is asked for. */
  readonly ready: string;
  /** What is filled in first. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  readonly button: string;
  readonly asks: RegExp;
  readonly says: RegExp;
  /** What is said once it was called off; that no file was saved where it makes one. */
  readonly cancelled?: string;
}

const give =
  (field: string, ...files: string[]) =>
  (page: Page): Promise<void> =>
    page.setInputFiles(field, files);
const reconcile = give('#reconcile-files', ...exchangeFiles.map((name) => join(exchange, name)));

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
  {
    ...{ name: 'a certificate', at: `/records?lang=zh&type=test-report`, ready: 'tbody a[href^="/records/"]' },
    prepare: (page) => page.locator('tbody a[href^="/records/"]').first().click(),
    ...{ button: '存证证书（PDF）', asks: /\/certificate/, says: /正在生成存证证书/ },
  },
  {
    ...{ name: 'a report of an inspection', as: inspector, at: '/inspection', ready: `#report-plant option[value]` },
    prepare: (page) => page.selectOption('#report-plant', plant),
    ...{ button: '签名并保存检查报告（PDF）', asks: /\/v1\//, says: /正在生成检查报告/ },
  },
  {
    ...{ name: 'a pack for the field', as: inspector, at: '/inspection', ready: `#pack-plant option[value]` },
    prepare: (page) => page.selectOption('#pack-plant', plant),
    ...{ button: '保存离线包', asks: /\/v1\//, says: /正在收集/ },
  },
  {
    ...{
      name: 'a reconciliation with the ledger',
      at: '/reconcile?lang=zh',
      ready: '#reconcile-files',
      prepare: reconcile,
    },
    ...{ button: '比对', asks: /\/v1\/ledger/, says: /已读取账本 0 条/, cancelled: '已取消，没有比对。' },
  },
  {
    ...{ name: 'a report of a reconciliation', at: '/reconcile?lang=zh&ledger=no', ready: '#reconcile-files' },
    prepare: async (page) => {
      await reconcile(page);
      await page.getByRole('button', { name: '比对', exact: true }).click();
      await page.locator('[data-reconciled] tbody tr').first().waitFor();
    },
    ...{ button: '导出对账报告 PDF', asks: /\/v1\/papers/, says: /正在生成对账报告/ },
  },
  {
    ...{ name: 'an allocation', as: trialProvinceAuthority('140000').uscc, at: '/allocation?year=2024&phase=pre' },
    ...{ ready: '[data-allocation] tbody tr', button: '按规则计算', asks: /\/v1\//, says: /正在计算/ },
    cancelled: '已取消，下表没有改变。',
  },
  {
    ...{ name: 'a check of many records', as: lab, at: '/batch/lab-results', ready: '#batch-files' },
    prepare: give('#batch-files', workbook),
    ...{ button: '核对全部', asks: /\/v1\//, says: /正在核对/, cancelled: '已取消，没有核对完。' },
  },
  {
    ...{ name: 'a preview of rules', as: trialNationalAuthority.uscc, at: '/records?type=rule-set', ready: 'main h1' },
    prepare: (page) => page.goto(page.url().replace(/\/records.*/, '/file/rule-set?period=2024')),
    ...{ button: '预览影响', asks: /\/v1\//, says: /正在读取账本/, cancelled: '已取消，没有预览。' },
  },
];

interface Pressed {
  readonly waits: Request;
  readonly made: () => number;
}

/** Presses a button whose answer never comes. @returns the request that waits, and how many were made by now */
async function press(page: Page, { at, ready, prepare, button, asks }: Case): Promise<Pressed> {
  const requests: Request[] = [];
  await page.goto(at);
  await page.locator(ready).first().waitFor({ state: 'attached' });
  await prepare?.(page);
  const pressed = page.getByRole('button', { name: button, exact: true });
  await pressed.waitFor();
  await page.waitForLoadState('networkidle');
  await page.route(asks, (route) => void requests.push(route.request()));
  const asked = page.waitForRequest(asks);
  await pressed.click();
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

  const begun = async (one: Case): Promise<Case> => {
    await page.unrouteAll();
    if (one.as === undefined) await page.evaluate('sessionStorage.clear()');
    else await actAs(world, page, one.as);
    return { ...one, at: `${world.url}${one.at}` };
  };
  const given = async (request: Request): Promise<void> => {
    await page.waitForEvent('requestfailed', (failed) => failed === request);
  };

  test.each(cases)('$name says that it is being made, is asked for once, and is called off', async (one) => {
    const { waits, made } = await press(page, await begun(one));
    await page.locator(`${status}[data-work=busy]`, { hasText: one.says }).waitFor();
    const button = page.getByRole('button', { name: one.button, exact: true });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    const ended = given(waits);
    await page.locator(status).getByRole('button', { name: '取消' }).click();
    await ended;
    const told = page.locator(`${status}[data-work=cancelled]`);
    expect(await told.textContent()).toBe(one.cancelled ?? '已取消，没有保存文件。');
    expect(await told.evaluate((place) => place === document.activeElement)).toBe(true);
    expect(await page.locator('.failure').count()).toBe(0);
    expect([made() > 0, saved]).toEqual([true, []]);
    expect(await button.getAttribute('aria-disabled')).toBe('false');
  });

  test.each(cases)('$name ends with the page where it was asked for', async (one) => {
    const { waits } = await press(page, await begun(one));
    const ended = given(waits);
    await page.locator('nav a[href="/"], header a[href="/"]').first().click();
    await ended;
    expect(saved).toEqual([]);
  });

  test('what was called off is made when it is asked for again, and said to be saved', async () => {
    const one = await begun(cases[1]!);
    await press(page, one);
    await page.locator(status).getByRole('button', { name: '取消' }).click();
    await page.unrouteAll();
    await page.getByRole('button', { name: one.button, exact: true }).click();
    await page.locator(`${status}[data-work=done], .failure`).first().waitFor();
    expect(await page.locator('.failure').allTextContents()).toEqual([]);
    expect(await page.locator(status).textContent()).toBe('已保存。');
    expect(saved).toEqual([expect.stringMatching(/\.pdf$/)]);
    expect(complaints).toEqual([]);
  });
});
