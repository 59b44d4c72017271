import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentsOf } from '@carbon-ledger/core';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { readWorkbook } from '@carbon-ledger/spreadsheets';
import {
  trialAllowanceRegistry,
  trialNationalAuthority,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
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

  describe('what is open, and what is allocated', () => {
    const client = (): LedgerClient =>
      new LedgerClient({ baseUrl: world.url, party: province, signer: trialSigner(province) });
    const filed = async (facts: Parameters<LedgerClient['draft']>[0]): Promise<void> => {
      const draft = await client().draft(facts);
      expect(draft.faults).toEqual([]);
      await client().anchorDraft(draft);
    };

    test('a province sees what was returned, until when, and who is to act', async () => {
      const reasons = [{ code: 'SAMPLING', text: '缺少9月12日采样记录' }];
      const content = { decision: 'return', reasons, returnBy: '2027-01-20' };
      await filed({ type: 'review', on: `${plant}/U2/2024-11/monthly-evidence`, content });
      await actAs(world, page, province);
      await page.goto(`${world.url}/open-items`);
      const item = page.locator('[data-open-items] tbody tr', { hasText: '2024 年 11 月' });
      await item.waitFor();
      expect(await item.innerText()).toMatch(/已退回[^]*月度存证（重点排放单位）[^]*2027-01-20/);
      await shoot(page, 'open-items');
      expect(await axeFindings(page)).toEqual([]);
    });

    test('its enterprise reads in the form why it came back', async () => {
      const { heads } = await client().heads([`${plant}/U2/2024-11/monthly-evidence`]);
      await actAs(world, page, plant);
      await page.goto(`${world.url}/file/monthly-evidence?after=${heads[0]?.record ?? ''}`);
      const why = page.locator('section.notice', { hasText: '为何需要重新提交' });
      await why.waitFor();
      expect(await why.innerText()).toMatch(/退回[^]*缺少9月12日采样记录[^]*2027/);
      await page.getByRole('heading', { name: '填报：月度存证' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await actAs(world, page, province);
    });

    test('what was determined stands beside what the rules give', async () => {
      await page.goto(`${world.url}/allocation?year=2024`);
      await page.getByRole('button', { name: '按规则计算', exact: true }).click();
      const rows = page.locator('[data-allocation] tbody tr');
      await rows.filter({ hasText: '✓ 与计算相符' }).nth(2).waitFor();
      expect(await rows.filter({ hasText: '✕ 与规则不符' }).count()).toBe(0);
      await shoot(page, 'allocation');
      expect(await axeFindings(page)).toEqual([]);
    });

    test('pre-allocations of a plant are issued by one signature', async () => {
      for (const unit of ['PLANT', 'U1', 'U2'])
        await filed({
          type: 'revocation',
          on: `${plant}/${unit}/2024/allowance-issuance.pre`,
          content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '重新核定预分配' },
        });
      await page.goto(`${world.url}/allocation?year=2024&phase=pre`);
      const issue = page.getByRole('button', { name: /^批量发布/ });
      await page.getByRole('button', { name: '按规则计算', exact: true }).click();
      const stated = page.locator('[data-allocation] input[data-figure=verified2023_tCO2]');
      await stated.nth(1).waitFor();
      expect(await issue.isDisabled()).toBe(true);
      for (const at of [0, 1]) await stated.nth(at).fill('2000000');
      await page.getByRole('button', { name: '按规则计算', exact: true }).click();
      await page.getByRole('button', { name: '批量发布（3 条）' }).click();
      await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
      await page.locator('[data-filed=committed]').waitFor();
      const { heads } = await client().heads([`${plant}/PLANT/2024/allowance-issuance.pre`]);
      const { record } = await client().record(heads[0]?.record ?? '');
      expect(record.totals['preallocation_tCO2']?.value).toBe('2800000');
      expect(open.complaints).toEqual([]);
    });
  });

  test('a verifier draws a sample, and takes it into the conclusion', async () => {
    const { items } = await new LedgerClient({ baseUrl: world.url }).parties({ kind: 'verifier' });
    await actAs(world, page, items[0]?.uscc ?? '');
    await page.goto(`${world.url}/sampling?uscc=${plant}&year=2024&unit=U1`);
    const rows = page.locator('[data-drawn] tbody tr');
    await rows.nth(2).waitFor();
    await page.fill('#sample-seed', '07'.repeat(32));
    const take = page.getByRole('button', { name: '写入核查结论' });
    expect(await take.isDisabled()).toBe(true);
    for (const row of await rows.all()) await row.locator('select').selectOption('conforms');
    await shoot(page, 'sampling');
    expect(await axeFindings(page)).toEqual([]);
    await take.click();
    await page.getByRole('heading', { name: '填报：核查结论' }).waitFor();
    expect(await page.inputValue('#field-samples-0-seed')).toBe('07'.repeat(32));
    expect(open.complaints).toEqual([]);
  });

  test('the nation sees what another parameter would change before it is filed', async () => {
    await actAs(world, page, trialNationalAuthority.uscc);
    const { items } = await new LedgerClient({ baseUrl: world.url }).records({ type: 'parameter', status: 'current' });
    const power = items.find(({ record }) => record.content['table'] === 'CN-ETS-POWER');
    const values = power?.record.content['values'] as Record<string, { value: string }>;
    const changed = { ...power?.record.content, values: { ...values, OF: { ...values['OF'], value: '98' } } };
    await page.goto(`${world.url}/file/parameter?after=${power?.id ?? ''}`);
    const file = {
      name: 'parameters.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(changed)),
    };
    await page.setInputFiles('#content-file', file);
    await page.getByRole('button', { name: '预览影响' }).click();
    await page.locator('[data-effect=figures] tbody tr').first().waitFor();
    expect(await page.locator('[data-effect=figures] dl').innerText()).toMatch(/涉及企业 \/ 机组\s+1 \/ \d/);
    await page.locator('[data-effect=figures]').evaluate((section) => {
      section.scrollIntoView();
    });
    await shoot(page, 'effect');
    expect(await axeFindings(page)).toEqual([]);
    expect(open.complaints).toEqual([]);
  });

  test('a province seals a plan, begun from the list of forms: it is the first of the year', async () => {
    await actAs(world, page, province);
    await page.goto(`${world.url}/file/inspection`);
    await page.fill('#filing-period', '2024');
    const seed = await saved('生成随机种子');
    expect(seed.toString('utf8')).toMatch(/^飞行检查随机种子 2024\n[0-9a-f]{64}\n$/);
    await page.fill('#field-basis', '2024 年度飞行检查通知');
    await page.getByRole('button', { name: '＋ 增加一项：抽样范围' }).click();
    await page.fill('#field-frame-0', plant);
    await page.fill('#field-size', '1');
    await page.selectOption('#field-rule', 'lowest-hash');
    await page.fill('#field-openBy', '2027-12-31');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
    await page.locator('[data-filed=committed]').waitFor();
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([`${province}/-/2024/inspection.1`]);
    expect(heads[0]?.version).toBe(1);
    expect(open.complaints).toEqual([]);
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
      const paper = await saved('导出对账报告 PDF');
      const [whole] = attachmentsOf(paper, { file: 1e8, count: 10, content: 1e8 });
      expect(JSON.parse(Buffer.from(whole!.bytes).toString())).toMatchObject({ digest: report.digest });
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
