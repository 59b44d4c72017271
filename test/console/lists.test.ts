import { readFileSync } from 'node:fs';
import { readWorkbook } from '@carbon-ledger/spreadsheets';
import { attachmentsOf, receiptsInCertificate } from '@carbon-ledger/core';
import { lackingBrowser } from '../support/chromium';
import { openConsoleWorld, plant, type ConsoleWorld, type OpenPage } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

onlyWhere(lackingBrowser, 'what is taken away from lists and records', () => {
  let world: ConsoleWorld;
  let open: OpenPage;
  beforeAll(async () => {
    world = await openConsoleWorld();
    open = await world.open('/records');
  });
  afterAll(() => world.close());

  const saved = async (button: string): Promise<Buffer> => {
    const waiting = open.page.waitForEvent('download');
    await open.page.getByRole('button', { name: button }).click();
    return readFileSync(await (await waiting).path());
  };

  test('the whole list is a file, also what is not on the screen', async () => {
    const { page } = open;
    await page.goto(`${world.url}/records?lang=zh`);
    await page.locator('tbody a[href^="/records/"]').first().waitFor();
    const shown = await page.locator('tbody tr').count();
    const lines = (await saved('导出全部 CSV')).toString('utf8').trimEnd().split('\r\n');
    expect(lines.length - 1).toBeGreaterThan(shown);
    expect(lines[0]).toMatch(/^\uFEFF编号,业务键/);
  });

  test('a list of one type has its fields and figures, as a workbook too', async () => {
    const { page } = open;
    await page.goto(`${world.url}/records?type=monthly-evidence&party=${plant}&lang=zh`);
    await page.locator('tbody a[href^="/records/"]').first().waitFor();
    // Two units and the plant, twelve months each, under their titles.
    const { sheets } = readWorkbook(await saved('导出全部 XLSX'));
    expect(sheets[0]?.rows).toHaveLength(37);
  });

  test('the certificate of a record is a file that carries its receipt, and the drop box reads it', async () => {
    const { page, complaints } = open;
    await page.locator('tbody a[href^="/records/"]').first().click();
    await page.locator('svg.qr[data-drawn=true]').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect([await page.locator('svg.qr').isVisible(), await page.locator('header nav').isVisible()]).toEqual([
      true,
      false,
    ]);
    await page.emulateMedia({ media: 'screen' });
    const pdf = await saved('存证证书（PDF）');
    expect(receiptsInCertificate(pdf)).toHaveLength(1);
    await page.goto(`${world.url}/check?lang=zh`);
    await page.setInputFiles('#files', { name: '存证证书.pdf', mimeType: 'application/pdf', buffer: pdf });
    await page.locator('article.proof.consistent p.pages').waitFor();
    const wrong = Buffer.from(pdf);
    wrong.write('%%', wrong.lastIndexOf('startxref'));
    await page.setInputFiles('#files', { name: '坏.pdf', mimeType: 'application/pdf', buffer: wrong });
    await page.locator('tr[data-path="坏.pdf"]', { hasText: '没有可读的回执' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a trace is a report for people that carries it whole, and a picture', async () => {
    const { page, complaints } = open;
    const figure = `${plant}/PLANT/2024/annual-report#emission_tCO2`;
    await page.goto(`${world.url}/trace?lang=zh&figure=${encodeURIComponent(figure)}`);
    await page.locator('svg [data-figure]').first().waitFor();
    const [whole] = attachmentsOf(await saved('追溯报告（PDF）'), { file: 1e8, count: 10, content: 1e8 });
    expect(JSON.parse(Buffer.from(whole!.bytes).toString())).toMatchObject({ figure });
    expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect((await saved('SVG')).toString('utf8')).toContain('emission_tCO2');
    expect(complaints).toEqual([]);
  });
});
