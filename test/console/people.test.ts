import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyReceipt } from '@carbon-ledger/core';
import { trialKey, trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import type { Page } from 'playwright-core';
import { KeyStore } from '../../cli/src/keys/key-store';
import { lackingBrowser } from '../support/chromium';
import {
  actAs as signInAs,
  openConsoleWorld,
  plant,
  sampleDir,
  shoot,
  type ConsoleWorld,
} from '../support/console-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('console-people');

onlyWhere(lackingBrowser, 'people at the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await openConsoleWorld();
  });
  afterAll(() => world.close());

  const actAs = (page: Page, uscc: string): Promise<void> => signInAs(world, page, uscc);
  test('a plant traces its year down to the laboratory, and prices a withdrawal', async () => {
    const { page, complaints } = await world.open('/');
    await actAs(page, plant);
    await shoot(page, 'inbox');
    await page.goto(
      `${world.url}/trace?figure=${encodeURIComponent(`${plant}/U2/2024-09/monthly-evidence#emission_tCO2`)}`,
    );
    await page.locator('svg [data-figure]').nth(4).waitFor();
    await shoot(page, 'trace');
    await page.goto(
      `${world.url}/trace?figure=${encodeURIComponent(`${plant}/PLANT/2024/annual-report#emission_tCO2`)}`,
    );
    await page.getByText('✓ 链条完整').waitFor();
    await page.locator('svg [data-figure]').first().waitFor();
    const boxes = page.locator('svg [data-figure]');
    await boxes.first().waitFor();
    const before = await boxes.count();
    const closed = page.locator('svg [data-closed=true]').first();
    await closed.focus();
    await page.keyboard.press('Space');
    expect(await boxes.count()).toBeGreaterThan(before);
    await page.locator('svg [data-figure*="monthly-evidence"]').first().focus();
    await page.keyboard.press('Enter');
    await shoot(page, 'trace-plant');
    await page.getByRole('button', { name: '假如该记录撤回' }).click();
    await page.getByText('无法再计算').first().waitFor();
    await page.goto(`${world.url}/records?key=${encodeURIComponent(`${plant}/U1/2024-03/test-report`)}`);
    await page.locator('tbody a').first().click();
    await page.getByRole('link', { name: '假如撤回' }).click();
    await page.locator('[data-impact] strong').first().waitFor();
    expect(await page.locator('[data-impact]').innerText()).toMatch(/排放量\s+\+[\d\u202f]+/);
    await shoot(page, 'what-if');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('an authority is told party by party what rests on a record, where it is more than one answer holds', async () => {
    const { page, complaints } = await world.open('/');
    await actAs(page, trialNationalAuthority.uscc);
    const words = {
      title: 'too wide',
      titleZh: '过宽',
      detail: 'too wide',
      cure: 'by party',
      cureZh: '逐主体',
      faults: [],
    };
    const tooWide = { type: '/docs/errors#TOO_WIDE', code: 'TOO_WIDE', status: 400, ...words };
    // The sample is one plant: as much as that is never refused by itself.
    await page.route(/\/impact\?/, (route) => route.fulfill({ status: 400, json: tooWide }));
    await page.goto(`${world.url}/records?type=parameter&lang=zh`);
    const href = await page.locator('tbody a', { hasText: 'POWER 2024 年 参数表' }).first().getAttribute('href');
    await page.goto(`${world.url}/trace?withdraw=${(href ?? '').split('/').pop() ?? ''}`);
    // The plant, and its province, whose list of emitters is due by the table.
    await page.locator('[data-impact-parties="2"] tbody tr').first().waitFor();
    const told = await page.locator('main').innerText();
    expect(told).toContain('这只是预演');
    expect(told).toMatch(/排放量\s+无法计算/);
    expect(told).not.toMatch(/0 t/);
    expect(complaints.filter((one) => !one.includes('status of 400'))).toEqual([]);
    await page.context().close();
  });

  test('what a plant may see is gone from the page when its key is locked', async () => {
    const { page } = await world.open('/');
    await actAs(page, plant);
    await page.goto(`${world.url}/records?type=monthly-evidence&unit=U1`);
    await page.locator('tbody a').first().click();
    await page.locator('th', { hasText: '收到基低位发热量' }).first().waitFor();
    await shoot(page, 'record');
    await page.getByRole('button', { name: '锁定' }).click();
    await page.getByText('请登录').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('收到基低位发热量');
    await page.context().close();
  });

  test('a receipt is saved, and passes where the service has no part in it', async () => {
    const { page } = await world.open(`/records?key=${encodeURIComponent(`${plant}/U1/2024-01/test-report`)}`);
    await page.locator('tbody a').first().click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载回执' }).click();
    const file = await (await waiting).path();
    const verdict = verifyReceipt({ receipt: readFileSync(file), policy: JSON.stringify(world.policy) });
    expect(verdict).toMatchObject({ result: 'PASS', record: { key: `${plant}/U1/2024-01/test-report` } });
    await page.context().close();
  });

  test('a plant-year with one changed figure is named by record, figure and cost', async () => {
    const sample = JSON.parse(readFileSync(join(sampleDir, 'sample-plant.json'), 'utf8')) as {
      units: { months: Record<string, unknown>[] }[];
    };
    const month = sample.units[0]?.months[2];
    if (month === undefined) throw new Error('the sample has no third month');
    month['Mar_pct'] = '12.80';
    const changed = join(folder, 'changed.json');
    writeFileSync(changed, JSON.stringify(sample));
    const { page, complaints } = await world.open('/');
    await actAs(page, plant);
    await page.goto(`${world.url}/plant-year`);
    await page.setInputFiles('#plant-year', join(sampleDir, 'sample-plant.json'));
    await page.getByText('✓ 一致').waitFor();
    await page.setInputFiles('#plant-year', changed);
    await page.locator(`[data-difference="${plant}/U1/2024-03/monthly-evidence#Mar_pct"]`).waitFor();
    await shoot(page, 'plant-year-differs');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a key file opens with its passphrase only, signs in, and never leaves the page', async () => {
    const party = plant;
    const privateKey = `0x${Buffer.from(trialKey(party)).toString('hex')}`;
    const entry = await new KeyStore(folder).add({
      party,
      privateKey,
      suite: 'eip712-secp256k1',
      trial: false,
      createdAt: '2025-01-01T00:00:00Z',
      passphrase: 'correct horse battery',
    });
    const { page, complaints } = await world.open('/sign-in');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.setInputFiles('#keystore', entry.file);
    await page.fill('#passphrase', 'wrong');
    await page.getByRole('button', { name: '打开并登录' }).click();
    await page.locator('.failure', { hasText: 'PASSPHRASE_WRONG' }).waitFor();
    await page.fill('#passphrase', 'correct horse battery');
    await page.getByRole('button', { name: '打开并登录' }).click();
    await page.getByRole('heading', { name: '待办', level: 1 }).waitFor();
    const told = sent.join('\n');
    expect(told).toContain('/v1/sessions');
    expect(told).not.toContain(privateKey.slice(2));
    expect(told).not.toContain('correct horse');
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(party);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a key that is made in the page is registered by the request that it saves, and signs in', async () => {
    const uscc = '91140000MA0TRYA9X7';
    const { page, complaints } = await world.open('/sign-in?lang=zh');
    const saved = async (button: string): Promise<string> => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      const file = await waiting;
      const path = join(folder, file.suggestedFilename());
      await file.saveAs(path);
      return path;
    };
    await page.locator('summary', { hasText: '还没有密钥' }).click();
    await page.fill('#new-party', uscc);
    await page.fill('#new-passphrase', 'correct horse battery');
    await page.fill('#new-again', 'correct horse battery');
    const key = await saved('生成并保存');
    const request = await saved('保存登记申请');
    await actAs(page, trialProvinceAuthority('140000').uscc);
    await page.goto(`${world.url}/file/party`);
    await page.setInputFiles('#key-request', request);
    await page.getByText('密钥及其持有证明已填入。').waitFor();
    await page.fill('#field-name', '（虚构）新厂');
    await page.selectOption('#field-kind', 'enterprise');
    await page.fill('#field-region', '140600');
    await page.selectOption('#field-status', 'active');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.getByRole('button', { name: '用本机密钥签署并提交' }).click();
    await page.locator('[data-filed=committed]').waitFor();
    await page.goto(`${world.url}/sign-in`);
    await page.setInputFiles('#keystore', key);
    await page.fill('#passphrase', 'correct horse battery');
    await page.getByRole('button', { name: '打开并登录' }).click();
    await page.locator('header', { hasText: '（虚构）新厂' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a page that nobody touches locks its key, and leads back to the form that was half filled in', async () => {
    const { page } = await world.open('/');
    await page.clock.install();
    await actAs(page, plant);
    const form = '/file/engagement?kind=engagement.testing&period=2027';
    await page.goto(`${world.url}${form}`);
    await page.fill('#field-contractNo', 'HT-2027-HALF');
    await page.clock.fastForward('00:02');
    await page.getByText('草稿已加密保存在本机').waitFor();
    await page.clock.fastForward('11:00');
    await page.getByText('久未操作，密钥已锁定。').waitFor();
    expect(await page.locator('#field-contractNo').count()).toBe(0);
    await page.getByRole('link', { name: '重新登录' }).click();
    await page.locator('.people button', { hasText: plant }).click();
    await page.locator('#field-contractNo').waitFor();
    expect(await page.inputValue('#field-contractNo')).toBe('HT-2027-HALF');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(form);
    // By hand it is another thing: then nothing is left of it.
    await page.getByRole('button', { name: '锁定' }).click();
    await page.getByRole('link', { name: '请先登录。' }).waitFor();
    expect(
      await page.evaluate<number>(`Object.keys(localStorage).filter((name) => name.startsWith('draft/')).length`),
    ).toBe(0);
    await page.context().close();
  });
});
