import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkbook } from '@carbon-ledger/spreadsheets';
import { trialAllowanceRegistry, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import { actAs, openConsoleWorld, plant, shoot, type ConsoleWorld, type OpenPage } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

const province = trialProvinceAuthority('140000').uscc;
const exchange = join(__dirname, '../../examples/reconcile');
const given = (...names: string[]): string[] => names.map((name) => join(exchange, name));

onlyWhere(lackingBrowser, 'desks of authorities and registries', () => {
  let world: ConsoleWorld;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    world = await openConsoleWorld();
    open = await world.open('/');
    ({ page } = open);
  });
  afterAll(() => world.close());

  const saved = async (button: string): Promise<Buffer> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).first().click();
    return readFileSync(await (await waiting).path());
  };
  const narrow = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  describe('a province', () => {
    test('sees its region: what is there, what came late, and what each rule asks', async () => {
      await actAs(world, page, province);
      await page.goto(`${world.url}/region`);
      await page.locator('[data-completeness] [data-row$="/U1"]').waitFor();
      const marks = page.locator('[data-completeness] [data-row$="/U1"] .marks > *');
      expect(await marks.count()).toBe(12);
      expect(await page.locator('[data-completeness] dl').innerText()).toContain('24 / 24');
      await page.locator('[data-screening] tbody tr').first().waitFor();
      expect(await page.locator('[data-screening] tbody tr').count()).toBeGreaterThan(20);
      await shoot(page, 'region');
      expect(await axeFindings(page)).toEqual([]);
      expect(open.complaints).toEqual([]);
    });

    test('finds the same view again by its address: order, columns, text, and the chosen rule', async () => {
      await page.locator('[data-screening] th button', { hasText: '规则' }).click();
      await page
        .getByRole('button', { name: /^列出 R-/ })
        .first()
        .click();
      // The names of parties come by themselves.
      const named = page.locator('[data-findings] tbody tr', { hasText: '晋北示范发电' });
      await named.first().waitFor();
      const address = page.url();
      expect(address).toContain('rules.sort=rule');
      const shown = (): Promise<string> => page.locator('[data-screening]').innerText();
      const before = await shown();
      await page.goto('about:blank');
      await page.goto(address);
      await named.first().waitFor();
      expect(await shown()).toBe(before);
      const [sheet] = readWorkbook(await saved('导出所见 XLSX')).sheets;
      expect(sheet?.rows).toHaveLength(3);
    });

    test('asks for another region, where nothing is', async () => {
      await page.fill('#region', '42');
      await page.getByRole('button', { name: '查看', exact: true }).click();
      await page.getByText('该地区该年没有可见的机组。').waitFor();
      expect(page.url()).toContain('region=42');
    });
  });

  describe('a registry', () => {
    test('drops the files of a day and sees the mismatch with both cells', async () => {
      await actAs(world, page, trialAllowanceRegistry.uscc);
      await page.goto(`${world.url}/reconcile?asOf=2025-12-08`);
      await page.setInputFiles('#reconcile-files', given('注销记录.csv', '抵销登记-1208.csv', '申请汇总.csv'));
      await page.locator('[data-sides] tbody tr').nth(2).waitFor();
      await page.getByRole('button', { name: '比对', exact: true }).click();
      const row = page.locator('[data-list=rows] tbody tr', { hasText: '数量不一致' }).first();
      await row.waitFor();
      expect(await row.innerText()).toMatch(/I3[^]*F3/);
      expect(await page.locator('[data-reconciled]').getAttribute('data-reconciled')).toBe('differs');
      await shoot(page, 'reconcile');
      expect(await axeFindings(page)).toEqual([]);
      const names = readWorkbook(await saved('导出对账报告 XLSX')).sheets.map(({ name }) => name);
      expect(names).toEqual(['汇总', '逐行结果', '企业汇总']);
      const report = JSON.parse((await saved('导出 JSON')).toString('utf8')) as { digest: string };
      expect(await page.getByRole('link', { name: /锚定本次对账/ }).getAttribute('href')).toContain(report.digest);
      expect(open.complaints).toEqual([]);
    });

    test('takes the list away as it is narrowed', async () => {
      await page.locator('[data-list=rows]').getByRole('searchbox').fill('数量不一致');
      await page.keyboard.press('Enter');
      await page.locator('[data-list=rows]').getByText('2 行', { exact: true }).waitFor();
      const waiting = page.waitForEvent('download');
      await page.locator('[data-list=rows]').getByRole('button', { name: '导出所见 CSV' }).click();
      const csv = readFileSync(await (await waiting).path(), 'utf8');
      expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
    });

    test('is told of a file that is none of theirs, and keeps those that are', async () => {
      const odd = { name: '天气.csv', mimeType: 'text/csv', buffer: Buffer.from('日期,天气\n2025-01-01,晴\n') };
      await page.setInputFiles('#reconcile-files', odd);
      await page.locator('.failure', { hasText: 'COLUMN_MISSING' }).waitFor();
      expect(await page.locator('[data-sides] tbody tr').count()).toBe(3);
    });

    test('reads all of it on a phone', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: '比对', exact: true }).click();
      await page.locator('[data-reconciled]').waitFor();
      expect(await narrow()).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1366, height: 768 });
    });
  });

  test('a list of records keeps its order and its columns beside its filters', async () => {
    await page.goto(`${world.url}/records?type=monthly-evidence&party=${plant}&sort=-anchored&hide=issuer`);
    await page.locator('tbody a[href^="/records/"]').first().waitFor();
    expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('锚定时间');
    expect(await page.locator('thead').innerText()).not.toContain('签署方');
    await page.fill('#filter-unit', 'U1');
    await page.keyboard.press('Enter');
    await page.waitForURL(/unit=U1/);
    expect(page.url()).toContain('sort=-anchored&hide=issuer');
  });
});
