import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import type { Page } from 'playwright-core';
import { lackingBrowser } from '../support/chromium';
import { actAs, lab, openConsoleWorld, plant, type ConsoleWorld } from '../support/console-world';
import { labResults } from '../support/lab-results';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('focus');
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

onlyWhere(lackingBrowser, 'the focus, after what had it is gone', () => {
  let world: ConsoleWorld;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    world = await openConsoleWorld();
    ({ page, complaints } = await world.open('/'));
    page.setDefaultTimeout(10_000);
  });
  afterAll(() => world.close());

  const button = (name: string): ReturnType<Page['getByRole']> => page.getByRole('button', { name, exact: true });
  const press = async (name: string): Promise<void> => {
    await button(name).focus();
    await page.keyboard.press('Enter');
  };
  const isOn = (selector: string): Promise<unknown> => page.locator(`${selector}:focus`).waitFor();
  /** What the focus is on, by its words. */
  const words = (): Promise<string> =>
    page.evaluate(`(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()`);

  const engagement = '/file/engagement?kind=engagement.testing&period=2028&lang=zh';
  const openForm = async (path: string, ready: string): Promise<void> => {
    await page.goto(`${world.url}${path}`);
    await page.locator(ready).first().waitFor();
  };

  test('is on the faults of a check, each time it is made, and on what was signed', async () => {
    await actAs(world, page, plant);
    await openForm(engagement, '#field-contractNo');
    for (const again of [1, 2]) {
      await press('核对');
      await page.locator('[data-told] .failure').waitFor();
      await isOn('[data-told]');
      expect([again, await words()]).toEqual([again, expect.stringContaining('按所列各项逐一改正')]);
    }
    await page.fill('#field-party', lab);
    await page.fill('#field-contractNo', 'HT-2028-001');
    await press('核对');
    await isOn('#to-sign');
    await press('返回修改');
    await page.locator('#field-contractNo').waitFor();
    await isOn('main *');
    await press('核对');
    await isOn('#to-sign');
    await press('用本机密钥签署并提交');
    await isOn('[data-filed=committed]');
  });

  test('is on the next row where one is removed, and on what adds one where none is left', async () => {
    await openForm('/file/engagement?kind=engagement.testing&period=2029&lang=zh', '#filing-documents');
    await page.setInputFiles('#filing-documents', [file('a.txt', 'a'), file('b.txt', 'b')]);
    await button('移除 a.txt').waitFor();
    await press('移除 a.txt');
    await isOn('main *');
    expect(await page.evaluate(`document.activeElement.closest('tr').textContent`)).toContain('b.txt');
    await press('移除 b.txt');
    await isOn('main *');
    await openForm('/file/quality-control-plan?lang=zh', 'fieldset button');
    const adds = page.getByRole('button', { name: /^＋/ }).first();
    await adds.focus();
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
    const removes = page.getByRole('button', { name: /^删除第/ });
    const count = await removes.count();
    for (let left = count; left > 0; left -= 1) {
      await removes.last().focus();
      await page.keyboard.press('Enter');
      await isOn('main *');
    }
    expect([count > 0, await removes.count()]).toEqual([true, 0]);
  });

  test('is where the cells of a workbook are told to be wrong', async () => {
    await actAs(world, page, lab);
    await openForm('/batch/lab-results?lang=zh', '#batch-files');
    await page.setInputFiles('#batch-files', file('results.xlsx', labResults({ carbon: ['58.10'] })));
    await press('核对全部');
    await isOn('[data-told]');
    expect(await words()).toContain('1 条有需要改正之处');
    expect(await page.locator('td .faults').innerText()).toContain('样品接收');
  });

  test('is on the decision that was taken back, and on the form whose draft was put away', async () => {
    await actAs(world, page, trialProvinceAuthority('140000').uscc);
    await openForm('/reviews?lang=zh', '[data-step]');
    await page.keyboard.press('r');
    await page.locator('.reviewed h2:focus').waitFor();
    await press('核对');
    await isOn('[data-told]');
    await press('返回');
    await isOn('[data-step]');
    await openForm('/file/party?lang=zh', '#field-name');
    await page.fill('#field-name', '（虚构）半份');
    await page.getByText('草稿已加密保存在本机').waitFor();
    await page.reload();
    await button('放弃草稿').waitFor();
    await press('放弃草稿');
    await isOn('main *');
    await press('锁定');
    await page.getByText('请先登录。').waitFor();
    await isOn('header *');
    expect(complaints).toEqual([]);
  });
});

onlyWhere(lackingBrowser, 'files that are hashed while somebody types', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await openConsoleWorld();
  });
  afterAll(() => world.close());

  test('are none where it is called off, and take nothing of what was typed where it is not', async () => {
    const { page, complaints } = await world.open('/');
    await actAs(world, page, plant);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resume) => {
      goOn = resume;
    });
    await page.route(/hash\.worker/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${world.url}/file/engagement?kind=engagement.testing&period=2028&lang=zh`);
    await page.locator('#field-contractNo').waitFor();
    const status = page.locator('[role=status][data-work]');
    await page.setInputFiles('#filing-documents', file('a.txt', 'a'));
    await status.getByRole('button', { name: '取消' }).click();
    expect(await status.textContent()).toBe('已取消，没有登记新的文件。');
    await page.setInputFiles('#filing-documents', file('b.txt', 'b'));
    await page.fill('#field-contractNo', 'HT-2028-TYPED');
    goOn();
    await page.getByRole('rowheader', { name: 'b.txt' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'a.txt' }).count()).toBe(0);
    expect(await page.inputValue('#field-contractNo')).toBe('HT-2028-TYPED');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
