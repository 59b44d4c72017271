import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { sampleLedger } from '../../../test/support/sample-ledger';

/* What the commands of a day say on a Chinese terminal. */

const plant = '91140000MA0FAKE01X';
const month = `${plant}/U1/2024-03/monthly-evidence`;
const report = `${plant}/U1/2024-03/test-report`;
const province = trialProvinceAuthority('140000').uscc;
const { cli, environment } = sampleLedger();

/** Words that are no code, number or key: a sentence or a heading in English. */
const english = /(?:^|\s)(?:[A-Z]{2,}(?: [A-Z]+)?|[a-z]{3,}(?: [a-z]+)+)(?:\s{2,}|$|[:,;.])/m;

async function said(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv, { env: { ...environment(), LC_ALL: 'zh_CN.UTF-8' } });
  return stdout + stderr;
}

describe('on a Chinese terminal', () => {
  it.each([
    [
      ['inbox', '--as', province, '--limit', '3'],
      ['期限', '事项', '业务键', '待办', '试用账本'],
    ],
    [
      ['actions', month],
      ['步骤', '转为', '办理方', '为待办步骤', '省级生态环境主管部门（就本行政区的主体）'],
    ],
    [
      ['list', '--type', 'monthly-evidence', '--limit', '2'],
      ['锚定时间', '状态', '标记', '版', '业务键', '记录', '下一页', '（FILED）'],
    ],
    [['list', '--type', 'closure'], ['没有记录']],
    [
      ['show', `${plant}/U1/2024/quality-control-plan`],
      ['锚定于', '现行', '（FILED）'],
    ],
    [['keys', 'list'], ['密钥']],
    [
      ['impact', report, '--price', '60'],
      ['假如', '可撤回的方式', '涉及企业', '每吨 60 元', '数据项', '变动'],
    ],
    [
      ['impact', report, '--by-party', '--price', '60'],
      ['假如', '影响', '个主体', '每吨 60 元'],
    ],
  ])('%j', async (argv, words) => {
    const told = await said(...argv);
    for (const word of words) expect(told).toContain(word);
    expect(english.exec(told)?.[0]).toBeUndefined();
  });

  // What stands below them are codes and names of types.
  it.each([
    [
      ['submissions', '--limit', '2'],
      ['日志序号', '锚定时间', '主体', '记录数', '交易', '下一页'],
    ],
    [['reads', '--as', plant, '--limit', '2'], ['无人查看']],
    [
      ['public', 'emitters', '--year', '2024'],
      ['统一社会信用代码', '行业', '核定排放量（吨）', '履约'],
    ],
    [
      ['public', 'institutions', '--kind', 'lab'],
      ['名称', '状态', '资质'],
    ],
    [
      ['public', 'rules', '--year', '2024'],
      ['业务键', '生效时间'],
    ],
    [
      ['screen', '--plant', plant, '--year', '2024'],
      ['企业 1 家', '规则集', '条规则未运行'],
    ],
    [
      ['completeness', '--plant', plant, '--year', '2024'],
      ['个月：缺报', '使用默认值'],
    ],
  ])('the headings of %j', async (argv, words) => {
    const told = await said(...argv);
    for (const word of words) expect(told).toContain(word);
  });
});
