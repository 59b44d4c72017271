import { runInProcess } from '../testing/test-io';
import { usageInChinese } from './usage-words';

async function toldOf(...argv: readonly string[]): Promise<string> {
  const { code, stderr } = await runInProcess(argv, { env: { LC_ALL: 'zh_CN.UTF-8' } });
  expect(code).toBe(2);
  return stderr.split('\n')[0] ?? '';
}

describe('a command line that does not fit, on a Chinese terminal', () => {
  it.each([
    [['frobnicate'], 'USAGE: 没有命令 frobnicate'],
    [['list', '--typ', 'x'], 'USAGE: 没有选项 --typ（是否指 --type？）'],
    [['show'], 'USAGE: 缺少参数 record'],
    [['list', '--type'], 'USAGE: 选项 --type <type> 缺少取值'],
    [['list', '--order', 'up'], 'USAGE: 选项 --order <order> 不能取 up，只能是：asc、desc'],
    [['status', 'x'], 'USAGE: status 参数过多：应为 0 个，实为 1 个'],
  ])('%j', async (argv, told) => {
    expect(await toldOf(...argv)).toBe(told);
  });

  it('is told by itself alone', () => {
    expect(usageInChinese('say which party this is for: --as USCC')).toBeUndefined();
  });
});
