import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packReceipt, receiptsInCertificate } from '@carbon-ledger/core';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import { actAs, openConsoleWorld, plant, sampleDir, shoot, type ConsoleWorld } from '../support/console-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('drop-box');
const reports = join(sampleDir, 'files', 'reports');
const [reportName = ''] = readdirSync(reports).sort();
const report = join(reports, reportName);

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

onlyWhere(lackingBrowser, 'the drop box at /check', () => {
  let world: ConsoleWorld;
  let client: LedgerClient;
  beforeAll(async () => {
    world = await openConsoleWorld();
    client = new LedgerClient({ baseUrl: world.url });
  });
  afterAll(() => world.close());

  const verdictsOf = (page: Page): Promise<(string | null)[]> =>
    page
      .locator('#results [data-path] .verdict')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-verdict')));

  test('names the cell of a changed table beside its owner’s copy, and with the opening that the owner makes', async () => {
    const name = 'U1-2024-01-daily.csv';
    const original = join(sampleDir, 'files/coal', name);
    const table = {
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(readFileSync(original, 'utf8').replace('21.898', '21.899')),
    };
    const { page, complaints } = await world.open('/check');
    const cells = page.locator('[data-cells] li');
    const named = [expect.stringMatching(/^✕\s*CSV!C3\s*存证 21\.898，现为 21\.899$/)];
    await page.setInputFiles('#files', table);
    await page.getByText('把原件或其单元格展开文件一并拖入').waitFor();
    await page.setInputFiles('#files', [original]);
    await cells.first().waitFor();
    expect(await cells.allInnerTexts()).toEqual(named);
    await shoot(page, 'public-changed-cell');

    await actAs(world, page, plant);
    const { heads } = await client.heads([`${plant}/U1/2024-01/monthly-evidence`]);
    await page.goto(`${world.url}/records/${heads[0]?.record ?? ''}`);
    const row = page.locator('tr', { hasText: name });
    await row.getByText('制作单元格展开文件').click();
    const saving = page.waitForEvent('download');
    await row.locator('input[type=file]').setInputFiles(original);
    const opening = write('opening.json', readFileSync(await (await saving).path()));
    await page.goto(`${world.url}/check`);
    await page.setInputFiles('#files', table);
    await page.setInputFiles('#files', [opening]);
    await cells.first().waitFor();
    expect(await cells.allInnerTexts()).toEqual(named);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('makes one certificate for many files, and reads it', async () => {
    const { page, complaints } = await world.open('/check');
    await page.setInputFiles(
      '#files',
      [reportName, readdirSync(reports).sort()[1] ?? ''].map((one) => join(reports, one)),
    );
    const saving = page.waitForEvent('download');
    await page.locator('#certify').click();
    const pdf = readFileSync(await (await saving).path());
    expect(receiptsInCertificate(pdf)).toHaveLength(2);
    await shoot(page, 'public-certify');
    await page.getByRole('button', { name: '清除结果' }).click();
    await page.setInputFiles('#files', { name: '存证证书.pdf', mimeType: 'application/pdf', buffer: pdf });
    await page.locator('article.proof.consistent').nth(1).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('answers for a file, a changed one and an unknown one, and sends neither of them', async () => {
    const { page, complaints, elsewhere } = await world.open('/check');
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    const secret = `nobody knows this ${'x'.repeat(40)}`;
    const changed = write(reportName, `${readFileSync(report, 'utf8')} `);
    await page.setInputFiles('#files', [report]);
    await page.locator('.verdict.consistent').first().waitFor();
    await page.setInputFiles('#files', [changed, write('unknown.txt', secret)]);
    await page.locator('[data-path="unknown.txt"]').waitFor();
    expect(await verdictsOf(page)).toEqual(['inconsistent', 'not-found', 'consistent']);
    expect(bodies.some((body) => body.includes('sha256:'))).toBe(true);
    expect(bodies.join('')).not.toContain(secret);
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
    await page.context().close();
  });

  test('keeps the names of files here where it is told to', async () => {
    const { page } = await world.open('/check');
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await page.uncheck('#names');
    await page.setInputFiles('#files', [write(reportName, 'another content')]);
    await page.locator('#results .verdict').first().waitFor();
    expect(await verdictsOf(page)).toEqual(['not-found']);
    expect(bodies.join('')).not.toContain(reportName);
    await page.context().close();
  });

  test('verifies a receipt with its file, and refuses it with another', async () => {
    const { heads } = await client.heads([`${plant}/U1/2024-01/test-report`]);
    const view = await client.record(heads[0]?.record ?? '');
    const document = view.record.documents[0]?.name ?? '';
    const receipt = write('report.receipt', packReceipt(await client.receipt(view.id)));
    const { page, complaints } = await world.open('/check?lang=en');
    await page.setInputFiles('#files', [receipt, join(reports, document)]);
    await page.locator('article.proof').waitFor();
    expect(await verdictsOf(page)).toEqual(['consistent', 'consistent']);
    expect(await page.locator('article.proof').innerText()).toContain('does not prove');
    await page.getByRole('button', { name: 'Clear results' }).click();
    await page.setInputFiles('#files', [receipt, write('other.csv', 'other')]);
    await page.locator('article.proof.inconsistent').waitFor();
    expect(await page.locator('article.proof').getAttribute('data-code')).toBe('DOCUMENT_MISMATCH');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('verifies a figure proof, and by a policy that was dropped', async () => {
    const proof = await client.prove(`${plant}/PLANT/2024/annual-report#emission_tCO2`, 'totals');
    const { page, complaints } = await world.open('/check');
    const policy = write('policy.json', JSON.stringify(world.policy));
    await page.setInputFiles('#files', [policy, write('totals.proof', proof)]);
    await page.locator('article.proof').waitFor();
    expect(await page.locator('article.proof').innerText()).toContain('4\u202F146\u202F356');
    expect(await page.locator('#policy').innerText()).toContain('policy.json');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('says in words what it cannot tell when the ledger is away', async () => {
    const { page } = await world.open('/check');
    await page.route('**/v1/**', (route) => route.abort());
    await page.setInputFiles('#files', [report]);
    await page.locator('.verdict.undecidable').first().waitFor();
    expect(await page.locator('#results').innerText()).toContain('账本没有答复');
    await page.context().close();
  });

  test.each([
    ['zh', 1366],
    ['en', 390],
  ])('is accessible in %s at %d px', async (language, width) => {
    const { page } = await world.open(`/check?lang=${language}`, { viewport: { width, height: 768 } });
    await page.setInputFiles('#files', [report, write('unknown.txt', 'x')]);
    await page.locator('[data-path="unknown.txt"]').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });
});
