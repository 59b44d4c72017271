import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachmentsOf, shelvedRules, verifyInspectionReport, verifyReceipt } from '@carbon-ledger/core';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { trialInspector, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { templateOf, writeTemplate } from '@carbon-ledger/spreadsheets';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import {
  actAs as signInAs,
  lab,
  openConsoleWorld,
  plant,
  sampleDir,
  shoot,
  type ConsoleWorld,
} from '../support/console-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('console-days');
const province = trialProvinceAuthority('140000').uscc;
const inspector = trialInspector('140000').uscc;
const month = `${plant}/U2/2024-09/monthly-evidence`;

/** A test report as a laboratory fills it into the form. */
function labRow(unit: string): Record<string, string> {
  return {
    ...{ uscc: plant, unit, month: '2025-01', reportNo: `FIC-CQ-202501-${unit}`, sampleKind: '月缩分样' },
    ...{ received: '2025-02-04', testStart: '2025-02-06', testEnd: '2025-02-08', issued: '2025-02-12' },
    ...{ qualification: '240417250001', Cad_pct: '58.10', Mad_pct: '2.75', Had_pct: '3.82' },
    ...{ Qgr_ad_MJ_kg: '24.798', Qnet_ar_GJ_t: '21.208', St_ad_pct: '0.79' },
  };
}

function labResults(reports = ['U1', 'U2'].map(labRow)): Uint8Array {
  const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
  const rules = { sector, methodology };
  return writeTemplate(templateOf('lab-results', rules), rules, { reports });
}

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Each test goes on from the ledger that the one before left: one story. */
onlyWhere(lackingBrowser, 'the days of people at the console', () => {
  let world: ConsoleWorld;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    world = await openConsoleWorld();
    ({ page, complaints } = await world.open('/'));
  });
  afterAll(() => world.close());

  const actAs = (uscc: string): Promise<void> => signInAs(world, page, uscc);

  /** What every filing ends with: said in words, signed, anchored. */
  async function checkAndSign(): Promise<void> {
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
  }

  async function sign(): Promise<void> {
    await page.getByRole('heading', { name: '将要签署的内容' }).waitFor();
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
  }

  const anchored = (): Promise<void> => page.locator('[data-filed=committed]').waitFor();

  async function look(name: string): Promise<void> {
    await shoot(page, name);
    expect(await axeFindings(page)).toEqual([]);
  }

  test('an enterprise engages a laboratory for the year', async () => {
    await actAs(plant);
    await page.goto(`${world.url}/file/engagement?kind=engagement.testing&period=2025`);
    await page.fill('#field-party', lab);
    await page.fill('#field-contractNo', 'HT-2025-001');
    await look('day-file');
    await checkAndSign();
    await anchored();
    await look('day-anchored');
    expect(complaints).toEqual([]);
  });

  test('a laboratory receives two samples and anchors a batch of reports with one signature', async () => {
    await actAs(lab);
    for (const unit of ['U1', 'U2']) {
      await page.goto(`${world.url}/file/sample-receipt?uscc=${plant}&unit=${unit}&period=2025-01`);
      await page.fill('#field-sampleNo', `YP-202501-${unit}`);
      await page.fill('#field-sampleKind', '月缩分样');
      await page.fill('#field-received', '2025-02-04');
      await checkAndSign();
      await anchored();
    }
    await page.goto(`${world.url}/batch/lab-results`);
    const pdfs = ['U1', 'U2'].map((unit) => write(`FIC-CQ-202501-${unit}.pdf`, `report of ${unit}`));
    await page.setInputFiles('#batch-files', [write('results.xlsx', labResults()), ...pdfs]);
    await page.getByRole('button', { name: '核对全部' }).waitFor();
    await look('day-batch');
    await page.getByRole('button', { name: '核对全部' }).click();
    await sign();
    await anchored();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载回执（2）' }).click();
    const receipt = readFileSync(await (await waiting).path());
    expect(verifyReceipt({ receipt, policy: JSON.stringify(world.policy) }).result).toBe('PASS');
    expect(complaints).toEqual([]);
  });

  test('a workbook with a wrong cell is refused at the cell', async () => {
    await page.goto(`${world.url}/batch/lab-results`);
    // Its menu comes last: then the page stands as a person sees it who chooses a file.
    await page.locator('nav.side a').first().waitFor();
    const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
    const rules = { sector, methodology };
    const bad = { uscc: plant, unit: 'U1', month: '2025-01', Cad_pct: '58.123' };
    const form = writeTemplate(templateOf('lab-results', rules), rules, { reports: [bad] });
    await page.setInputFiles('#batch-files', [write('bad.xlsx', form)]);
    await page.locator('[data-faults] tbody tr').first().waitFor();
    expect(await page.locator('[data-faults]').innerText()).toContain('58.123');
    await look('day-faults');
  });

  test('a workbook in which one cell was changed is named by the cell', async () => {
    await page.goto(`${world.url}/inspection`);
    const changed = { ...labRow('U1'), Cad_pct: '58.90' };
    await page.setInputFiles('#inspection-files', [write('results.xlsx', labResults([changed, labRow('U2')]))]);
    const cell = page.locator('[data-cells] li').first();
    await cell.waitFor();
    expect(await cell.innerText()).toMatch(/检测报告![A-Z]+4[^]*存证 58\.10，现为 58\.90/);
    expect(await page.locator('[data-cells] li').count()).toBe(1);
    await look('day-changed-cell');
  });

  test('a province returns a month with its reason', async () => {
    await actAs(province);
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([month]);
    await page.goto(`${world.url}/reviews?at=${heads[0]?.record ?? ''}`);
    await page.locator(`[data-reviewed="${heads[0]?.record ?? ''}"] table`).waitFor();
    await look('day-reviews');
    await page.keyboard.press('r');
    await page.locator('h2:focus', { hasText: '退回' }).waitFor();
    await page.selectOption('#field-reasons-0-code', 'SAMPLING');
    await page.fill('#field-reasons-0-text', '缺少9月12日采样记录');
    await page.fill('#field-returnBy', '2027-01-20');
    await look('day-return');
    await checkAndSign();
    await page.locator(`[data-reviewed="${heads[0]?.record ?? ''}"]`).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('the enterprise finds it in its inbox and files the next version; what it types survives a reload', async () => {
    await actAs(plant);
    // What rests on it waits there too, and names it.
    const duty = page.locator('[data-duties] tr[data-row$="/U2/2024-09/monthly-evidence filed"]');
    await duty.waitFor();
    await look('day-inbox');
    await duty.locator('th a').click();
    await page.locator('#figure-purchasedPower_MWh').waitFor();
    await page.fill('#field-claimedSubmission', '2024-11-08');
    await page.getByText('草稿已加密保存').waitFor();
    await page.reload();
    await page.getByText('放弃草稿').waitFor();
    expect(await page.inputValue('#field-claimedSubmission')).toBe('2024-11-08');
    await page.locator('.figures [data-formula="E.month.default"]').waitFor();
    await look('day-month');
    await checkAndSign();
    await anchored();
    expect(complaints).toEqual([]);
  });

  test('the province accepts the next version by the keyboard alone', async () => {
    await actAs(province);
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([month]);
    expect(heads[0]?.version).toBe(2);
    await page.goto(`${world.url}/reviews?at=${heads[0]?.record ?? ''}`);
    await page.locator('[data-step]').first().waitFor();
    // Ninety seconds a month: by keys alone the decision is where the focus is, and what is signed is read before the next stop.
    await page.keyboard.press('a');
    await page.locator('button:focus', { hasText: '核对' }).press('Enter');
    await page.locator('#to-sign:focus').waitFor();
    expect(await page.locator('section[aria-labelledby=to-sign]').innerText()).toMatch(/审核结论\s+通过/);
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).press('Enter');
    await page.locator(`[data-reviewed="${heads[0]?.record ?? ''}"]`).waitFor({ state: 'detached' });
    await page.goto(`${world.url}/records/${heads[0]?.record ?? ''}`);
    await page.getByText('省级审核通过').first().waitFor();
    await look('day-record');
  });

  test('the enterprise sees its year, month by month', async () => {
    await actAs(plant);
    await page.goto(`${world.url}/year?uscc=${plant}&year=2024`);
    await page.locator('[data-year] td', { hasText: '省级审核通过' }).waitFor();
    await look('day-year');
  });

  test('an inspector checks a folder on a phone', async () => {
    await actAs(inspector);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${world.url}/inspection`);
    const report = join(sampleDir, 'files/reports/FIC-CQ-202401-U1-101.pdf');
    await page.setInputFiles('#inspection-files', [report, write('unknown.txt', 'nobody knows this')]);
    await page.locator('[data-results] [data-verdict=not-found]').waitFor();
    expect(await page.locator('[data-results] [data-verdict=consistent]').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await look('day-inspection');
    // A whole folder is chosen too: who has no mouse drops nothing.
    await page.setInputFiles('#inspection-files-folder', join(sampleDir, 'files/stock'));
    await page
      .locator('[data-results]', { hasNotText: 'unknown.txt' })
      .locator('[data-verdict=consistent]')
      .first()
      .waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test('an inspector signs the report of what was found', async () => {
    await page.selectOption('#report-plant', plant);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '签名并保存检查报告（PDF）' }).click();
    const paper = readFileSync(await (await saving).path());
    const [whole] = attachmentsOf(paper, { file: 1e8, count: 10, content: 1e8 });
    const report: unknown = JSON.parse(Buffer.from(whole!.bytes).toString());
    expect(verifyInspectionReport(report, JSON.stringify(world.policy))).toMatchObject({ party: inspector });
    expect(complaints).toEqual([]);
  });

  test('an inspector takes a pack along, works without a network, and files what was found when back', async () => {
    await actAs(inspector);
    await page.goto(`${world.url}/inspection`);
    await page.selectOption('#pack-plant', plant);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存离线包' }).click();
    const saved = readFileSync(await (await saving).path(), 'utf8');
    const away = await world.open('/log', { viewport: { width: 390, height: 844 }, offline: false });
    const phone = away.page;
    await phone.context().setOffline(true);
    await phone.goto(`file://${write('pack.html', saved)}`);
    await phone.locator('[data-proved=true]').waitFor({ timeout: 120_000 });
    const report = join(sampleDir, 'files/reports/FIC-CQ-202401-U1-101.pdf');
    const changed = { name: 'FIC-CQ-202402-U1-102.pdf', mimeType: 'application/pdf', buffer: Buffer.from('changed') };
    await phone.setInputFiles('#files', [report, write(changed.name, changed.buffer)]);
    await phone.locator('#results [data-verdict=changed]').waitFor();
    expect(await phone.locator('#results [data-verdict=same]').count()).toBe(1);
    await phone.locator('#results [data-verdict=changed] button').click();
    await phone.fill('#clause', '核算指南 6.1');
    await phone.fill('#seen', '检测报告内容与存证不符');
    await phone.getByRole('button', { name: '记录发现' }).click();
    await phone.locator('#findings li').waitFor();
    expect(await axeFindings(phone)).toEqual([]);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await shoot(phone, 'day-offline');
    const bringing = phone.waitForEvent('download');
    await phone.getByRole('button', { name: '保存发现' }).click();
    const findings = await (await bringing).path();
    await page.setInputFiles('#field-findings', findings);
    await page.locator('[data-brought] li').waitFor();
    await page.locator('[data-brought]').getByRole('button', { name: '记为发现' }).click();
    await page.locator('#field-seen').waitFor();
    expect(await page.inputValue('#field-seen')).toBe('检测报告内容与存证不符');
    expect(page.url()).not.toContain(encodeURIComponent('检测报告'));
    const forged = saved.replace(/"anchoredAt":"\d{4}/, '"anchoredAt":"1999').replace('"version":1', '"version":2');
    await phone.goto(`file://${write('forged.html', forged)}`);
    await phone.locator('[data-proved=false]').waitFor({ timeout: 120_000 });
    await phone.context().close();
    expect(complaints).toEqual([]);
  });

  test('a registry sees its cancellations with their numbers', async () => {
    const { items } = await new LedgerClient({ baseUrl: world.url }).parties({ kind: 'ccer-registry' });
    await actAs(items[0]?.uscc ?? '');
    await page.getByRole('link', { name: 'CCER 注销', exact: true }).click();
    await page.locator('tbody tr', { hasText: 'FIC-A-000000001' }).first().waitFor();
    await look('day-registry');
    expect(complaints).toEqual([]);
  });
});
