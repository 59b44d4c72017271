import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { lackingBrowser } from '../support/chromium';
import { actAs, lab, openConsoleWorld, plant, type ConsoleWorld } from '../support/console-world';
import { labResults } from '../support/lab-results';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('daily-reports');
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

onlyWhere(lackingBrowser, 'a laboratory that tests by day', () => {
  let world: ConsoleWorld;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    world = await openConsoleWorld();
    ({ page, complaints } = await world.open('/'));
    page.setDefaultTimeout(15_000);
  });
  afterAll(() => world.close());

  const sign = async (): Promise<void> => {
    await page.getByRole('heading', { name: '将要签署的内容' }).waitFor();
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
    await page.locator('[data-filed=committed]').waitFor();
  };
  const fillIn = async (address: string, values: Readonly<Record<string, string>>): Promise<void> => {
    await page.goto(`${world.url}${address}`);
    for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await sign();
  };
  const drop = async (days: readonly string[], carbon: readonly string[]): Promise<void> => {
    await page.goto(`${world.url}/batch/lab-results?lang=zh`);
    const reports = days.map((day) => write(`FIC-CQ-202501-U1-${day}.pdf`, `report of ${day}`));
    await page.setInputFiles('#batch-files', [write('results.xlsx', labResults({ days, carbon })), ...reports]);
  };

  test('receives the samples of two days, and is asked for the day by its name', async () => {
    await actAs(world, page, plant);
    const contract = { 'field-party': lab, 'field-contractNo': 'HT-2025-001' };
    await fillIn('/file/engagement?kind=engagement.testing&period=2025&lang=zh', contract);
    await actAs(world, page, lab);
    await page.goto(`${world.url}/file/test-report?kind=test-report.05&uscc=${plant}&unit=U1&period=2025-01`);
    expect(await page.locator('label[for=filing-label]').innerText()).toContain('日期或批号');
    // What is lacking leads to its form, and that one knows of which day.
    await page.getByRole('link', { name: '填报样品接收' }).click();
    await page.locator('#field-sampleNo').waitFor();
    expect(await page.inputValue('#filing-label')).toBe('05');
    for (const day of ['05', '06'])
      await fillIn(`/file/sample-receipt?kind=sample-receipt.${day}&uscc=${plant}&unit=U1&period=2025-01`, {
        'field-sampleNo': `YP-202501-U1-${day}`,
        'field-sampleMonth': '2025-01',
        'field-sampleDay': `2025-01-${day}`,
        'field-sampleKind': '日综合样',
        'field-received': '2025-02-04',
      });
    expect(complaints).toEqual([]);
  });

  test('is told at its cell what is no number, and in its row what was never received', async () => {
    await drop(['05', '06'], ['58.10', '58.1x']);
    await page.locator('[data-form-faults], .failure, table.data td', { hasText: '58.1x' }).first().waitFor();
    expect(await page.getByRole('button', { name: '核对全部' }).count()).toBe(0);
    await drop(['05', '06', '07'], ['58.10', '58.20', '58.30']);
    await page.getByRole('button', { name: '核对全部' }).click();
    await page.locator('[data-told]:focus').waitFor();
    const rows = page.locator('section table.data tbody tr');
    expect(await rows.evaluateAll((all) => all.map((row) => row.querySelector('.faults') !== null))).toEqual([
      false,
      false,
      true,
    ]);
    expect(await rows.nth(2).locator('.faults').innerText()).toContain('样品接收');
  });

  test('anchors the reports of both days by one signature, each on its own receipt', async () => {
    await drop(['05', '06'], ['58.10', '58.20']);
    await page.getByRole('button', { name: '核对全部' }).click();
    await sign();
    await page.getByRole('button', { name: '下载回执（2）' }).waitFor();
    await page.locator('[data-filed] th a').nth(1).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).toContain('样品接收');
    expect(complaints).toEqual([]);
  });
});
