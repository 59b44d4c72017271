import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partyKinds, partyKindTitles } from '@carbon-ledger/core';
import type { Page } from 'playwright-core';
import { lackingBrowser } from '../support/chromium';
import { lab, openConsoleWorld, plant, sampleDir, shoot, type ConsoleWorld } from '../support/console-world';
import { labResults } from '../support/lab-results';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('console-walk');
const examples = join(__dirname, '../../examples/reconcile');

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const results = (carbon: string): Uint8Array => labResults({ carbon: [carbon] });

/** A table of daily rows with one number of one row changed, under the name that it has. */
function changedTable(name: string): string {
  const lines = readFileSync(join(sampleDir, 'files/coal', name), 'utf8').split('\n');
  const [first, ...rest] = lines[3]?.split(',') ?? [];
  lines[3] = [first, rest[0]?.replace(/\d/, (digit) => (digit === '9' ? '8' : '9')), ...rest.slice(1)].join(',');
  return write(name, lines.join('\n'));
}

/**
 * What somebody does who opens the address that `npm start` prints and has no terminal: from the home page on by links and buttons alone,
 * one person after the other at one click.
 */
onlyWhere(lackingBrowser, 'ten minutes at the console', () => {
  let world: ConsoleWorld;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    world = await openConsoleWorld();
    ({ page, complaints } = await world.open('/'));
  });
  afterAll(() => world.close());

  /** Whom they want to be, by the words on the button. */
  async function become(kind: string): Promise<void> {
    const enter = page.locator('header').getByRole('link', { name: /^(?:登录|切换)$/ });
    await enter.click();
    await page.locator('.people button', { hasText: kind }).first().click();
    await page.getByRole('heading', { name: '待办', level: 1 }).waitFor();
    await page.getByText('正在读取…').waitFor({ state: 'detached' });
  }

  const choose = (name: string): Promise<void> =>
    page.locator('nav.side').getByRole('link', { name, exact: true }).click();

  async function fillIn(type: string, values: Readonly<Record<string, string>>): Promise<void> {
    await choose('填报');
    await page.locator('main').getByRole('link', { name: type, exact: true }).click();
    for (const [name, value] of Object.entries(values)) await page.fill(`#${name}`, value);
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator('[data-filed=committed]').waitFor();
  }

  async function sign(): Promise<void> {
    await page.getByRole('heading', { name: '将要签署的内容' }).waitFor();
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
  }

  test('the laboratory is engaged, receives its sample and anchors its report', async () => {
    await become('重点排放单位');
    await choose('填报');
    await page.locator('main').getByRole('link', { name: '委托', exact: true }).click();
    await page.selectOption('#filing-label', 'testing');
    await page.fill('#filing-period', '2025');
    await page.fill('#field-party', lab);
    await page.fill('#field-contractNo', 'HT-2025-001');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator('[data-filed=committed]').waitFor();
    await become('检测机构');
    await fillIn('样品接收', {
      ...{ 'filing-party': plant, 'filing-unit': 'U1', 'filing-period': '2025-01' },
      ...{ 'field-sampleNo': 'YP-202501-U1', 'field-sampleKind': '月缩分样', 'field-received': '2025-02-04' },
    });
    await choose('批量锚定检测报告');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载空白表格' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^lab-results-\d{4}\.xlsx$/);
    const files = [write('results.xlsx', results('58.10')), write('FIC-CQ-202501-U1.pdf', 'a report')];
    await page.setInputFiles('#batch-files', files);
    await page.getByRole('button', { name: '核对全部' }).click();
    await sign();
    await page.getByRole('button', { name: '下载回执（1）' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('the province returns a month, the enterprise files it anew, the province accepts', async () => {
    await become('省级生态环境主管部门');
    await choose('审核');
    await page.locator('[data-reviewed] table').first().waitFor();
    const title = await page.locator('[data-reviewed] h2').first().innerText();
    const [month = ''] = /\d{4} 年 \d{1,2} 月/.exec(title) ?? [];
    const of = await page.locator('[data-reviewed]').getAttribute('data-reviewed');
    await page.keyboard.press('r');
    await page.selectOption('#field-reasons-0-code', 'SAMPLING');
    await page.fill('#field-reasons-0-text', '缺少采样记录');
    await page.fill('#field-returnBy', '2027-01-20');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator(`[data-reviewed="${of ?? ''}"]`).waitFor({ state: 'detached' });
    await become('重点排放单位');
    await page.locator('[data-duties] tr', { hasText: month }).locator('th a').first().click();
    await page.locator('.figures tbody tr').first().waitFor();
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator('[data-filed=committed]').waitFor();
    await become('省级生态环境主管部门');
    await choose('审核');
    await page.getByLabel('企业、机组、月份').fill(month);
    await page.locator('.queue a').first().click();
    await page.locator('[data-step]').first().waitFor();
    const again = await page.locator('[data-reviewed]').getAttribute('data-reviewed');
    await page.keyboard.press('a');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator(`[data-reviewed="${again ?? ''}"]`).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('every side is one click away, tells what it does, and has something to begin with', async () => {
    await page.locator('header').getByRole('link', { name: '切换' }).click();
    await page.locator('.people button').first().waitFor();
    const people = await page.locator('.people button').allInnerTexts();
    // A device signs by itself.
    const sides = partyKinds.filter((kind) => kind !== 'device').map((kind) => partyKindTitles[kind].zh);
    expect(people.map((text) => text.split('\n')[0]).sort()).toEqual([...sides].sort());
    for (const text of people) expect(text.split('\n')[3]).toMatch(/\p{Script=Han}/u);
    for (const side of sides) {
      await become(side);
      await page.locator('[data-duties] tbody tr, [data-begin] a').first().waitFor();
    }
    expect(complaints).toEqual([]);
  });

  test('the city accepts a month of its plant', async () => {
    await become('市级生态环境主管部门');
    await choose('审核');
    await page.locator('[data-reviewed] table').first().waitFor();
    const of = await page.locator('[data-reviewed]').getAttribute('data-reviewed');
    await page.keyboard.press('a');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
    await page.locator(`[data-reviewed="${of ?? ''}"]`).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('the inspector is told the cell at which a workbook was changed', async () => {
    await become('监督检查人员');
    await choose('现场检查');
    mkdirSync(join(folder, 'found'), { recursive: true });
    const changed = write('found/results.xlsx', results('58.90'));
    await page.setInputFiles('#inspection-files', [changed]);
    // No inspection names this inspector yet: the figures are closed, and that no cell differs must not be said.
    await page.locator('[data-closed]').waitFor();
    await page.setInputFiles('#inspection-files', [join(folder, 'results.xlsx'), changed]);
    const cell = page.locator('[data-cells] li').first();
    await cell.waitFor();
    expect(await cell.innerText()).toMatch(/检测报告![A-Z]+4[^]*存证 58\.10，现为 58\.90/);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    // One under the other: five columns of a few letters are read by nobody.
    expect(await page.locator('[data-results] thead').isVisible()).toBe(false);
    expect((await cell.boundingBox())?.width).toBeGreaterThan(300);
    await shoot(page, 'inspection-phone');
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test('the registry reconciles the files of the day', async () => {
    await become('碳排放权注册登记机构');
    await choose('对账比对');
    const files = readdirSync(examples).filter((name) => name.endsWith('.csv'));
    await page.setInputFiles(
      '#reconcile-files',
      files.map((name) => join(examples, name)),
    );
    await page.getByRole('button', { name: '比对', exact: true }).click();
    await page.locator('[data-reconciled] tbody tr').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('anybody is told the cell at which a table was changed', async () => {
    await page.locator('header').getByRole('link', { name: '核验', exact: true }).click();
    const name = 'U1-2024-01-daily.csv';
    const files = [join(sampleDir, 'files/coal', name), changedTable(name)];
    await page.setViewportSize({ width: 390, height: 844 });
    await page.setInputFiles('input[type=file]', files);
    await page.locator('[data-cells] li').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await shoot(page, 'check-phone');
    expect(complaints).toEqual([]);
  });
});
