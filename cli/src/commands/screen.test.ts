import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sample from '../../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../../scripts/sample/pointer';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';

const work = temporaryFolder('cli');

function write(name: string, edits: Readonly<Record<string, Json | undefined>>): string {
  const file = path.join(work, name);
  writeFileSync(file, JSON.stringify(edited(structuredClone(sample), edits)));
  return file;
}

describe('screen FILE', () => {
  it('asks of a file what it would be asked once it is filed, without any service, and says what was not run', async () => {
    const { code, stdout } = await runInProcess(['screen', write('plant.json', {}), '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(1);
    expect(stdout).toContain('1 block, 0 need an explanation');
    expect(stdout).toMatch(/R-D04 +B +91140000MA0FAKE01X\/U2\/2024-09\/test-report +47 d +≤ 40 d after month end/);
    expect(stdout).toMatch(/R-T02: .*fewer than 24 values in peers|R-T02: class or province/);
  });

  it('tells in Chinese what a rule found, and why another was not run', async () => {
    const { stdout } = await runInProcess(['screen', write('zh.json', {})], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(stdout).toMatch(/R-D04 +B .* 47 d +≤ 40 d（自月末起）/);
    expect(stdout).toContain('R-D19: 没有锚定日期');
    expect(stdout).toContain('R-T02: 机组的类别或省份不详');
  });

  it('gives the same digest for the same file, and another for another', async () => {
    const digestOf = async (file: string): Promise<unknown> => {
      const { stdout } = await runInProcess(['screen', file, '--json']);
      return (JSON.parse(stdout) as { digest: unknown }).digest;
    };
    const [one, again] = [await digestOf(write('one.json', {})), await digestOf(write('again.json', {}))];
    expect(again).toBe(one);
    expect(await digestOf(write('other.json', { '/units/0/months/4/lab/Mad_pct': '13.30' }))).not.toBe(one);
  });

  it('finds nobody clean whose file cannot be read, and names each place', async () => {
    const odd = { '/units/0/months/0/coalConsumption_t': '1.15E+05', '/units/1/months/2/lab/issued': '45336' };
    const file = write('odd.json', odd);
    const { code, stdout } = await runInProcess(['screen', file]);
    expect(code).toBe(1);
    expect(stdout).toContain('the file cannot be read at 2 values');
    expect(stdout).toMatch(/\/units\/0\/months\/0\/coalConsumption_t: "1\.15E\+05" is not a decimal number/);
    const told = JSON.parse((await runInProcess(['screen', file, '--json'])).stdout) as object;
    expect(told).toMatchObject({ unreadable: [{ path: expect.any(String) as string }, { details: { got: '45336' } }] });
  });

  it('asks what to screen, and of which year', async () => {
    for (const argv of [['screen'], ['screen', '--all', '--region', '14'], ['screen', '--all']]) {
      const { code, stderr } = await runInProcess(argv);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/say (?:what to screen|which year)/)]);
    }
  });
});
