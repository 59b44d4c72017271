import { catalogue, type Fault } from '../errors';
import { roleWords } from './code-words';
import { figureWords } from './figure-words';
import { formatUnit } from './numbers';

type Said = readonly [pattern: RegExp, zh: (...parts: string[]) => string];

const kinds: Readonly<Record<string, string>> = {
  ...{ string: '文字', number: '数字', int: '整数', boolean: '是或否', array: '多项列表', tuple: '多项列表' },
  ...{ object: '一组字段', record: '一组字段', null: '空', undefined: '空', never: '空' },
};
const kindOf = (name: string): string => kinds[name] ?? name;
const bounds: Readonly<Record<string, string>> = { '>=': '不小于', '<=': '不大于', '>': '大于', '<': '小于' };
const sizes: Readonly<Record<string, string>> = { '>=': '至少', '<=': '至多', exactly: '恰为' };
const counted: Readonly<Record<string, string>> = { characters: '个字符', items: '项' };
const figureOf = (name: string): string => figureWords(name).zh;

/** What the schemas say of a value that does not fit, and what is said of texts of one kind. */
const ofSchemas: readonly Said[] = [
  [/^Invalid input: expected (\w+), received undefined$/, () => '必须填写'],
  [
    /^Invalid input: expected (\w+), received (\w+)$/,
    (expected = '', got = '') => `应为${kindOf(expected)}，实为${kindOf(got)}`,
  ],
  [/^Invalid input: expected (.+)$/, (value = '') => (value === 'true' ? '必须勾选' : `只能是 ${value}`)],
  [
    /^Invalid (?:option|input): expected one of (.+)$/,
    (values = '') => `只能从中选择：${values.replaceAll('|', '、')}`,
  ],
  [/^Invalid discriminator value\. Expected (.+)$/, (values = '') => `只能从中选择：${values.replaceAll(' | ', '、')}`],
  [
    /^Too (?:small|big): expected (?:string|array|tuple|record) to have (>=|<=|exactly) ?(\d+) (\w+)$/,
    (sign = '', count = '', what = '') => `${sizes[sign] ?? ''} ${count} ${counted[what] ?? '项'}`,
  ],
  [
    /^Too (?:small|big): expected \w+ to be (>=|<=|>|<)(.+)$/,
    (sign = '', most = '') => `须${bounds[sign] ?? ''} ${most}`,
  ],
  [/^Invalid ISO date$/, () => '不是日期（年-月-日）'],
  [/^Invalid ISO datetime$/, () => '不是时刻（ISO 8601，带时区）'],
  [/^Invalid URL$/, () => '不是网址'],
  [/^Invalid string: must match pattern (.+)$/, (pattern = '') => `格式不符：${pattern}`],
  [/^Invalid (?:input|key in record|value in record|element in \w+)$/, () => '内容不符合要求'],
  [/^Unrecognized keys?: (.+)$/, (names = '') => `没有这样的字段：${names}`],
];

const things: Readonly<Record<string, string>> = {
  'a year': '四位年份',
  'a count': '计数（非负整数）',
  'a decimal': '小数',
  'a rule id (R-L01)': '规则编号（如 R-L01）',
  'KIND@level': '“类型@层级”',
  'an instant in UTC (2026-01-31T08:00:00Z)': 'UTC 时刻（如 2026-01-31T08:00:00Z）',
  'a role id': '角色代号',
  'a decimal number': '小数',
  '32 bytes in hex': '32 字节的十六进制数',
  'the name of a sector (power, cement)': '行业代号（power、cement）',
  'the id of a unit': '机组编号（如 U1）',
  'the id of a rule (R-X01)': '规则编号（如 R-X01）',
  'the business key of a test report (USCC/UNIT/PERIOD/test-report)': '检测报告的业务键',
  'sha256: and 64 hex digits': 'SHA-256 摘要',
  'a whole number of tonnes': '整数吨',
  'a whole number of tonnes, or 0': '整数吨或 0',
  'a whole number of tonnes with its sign': '带正负号的整数吨',
  'a unified social credit code (GB 32100)': '统一社会信用代码（GB 32100）',
  'a region code (GB/T 2260, six digits)': '行政区划代码（GB/T 2260，六位）',
  'a record id': '记录编号',
  'a permit number (USCC, 3 digits, a letter)': '排污许可证编号',
  'a figure name': '数据项名称',
  'a facility code (MF0001)': '设施编号（如 MF0001）',
  'a code of the permit': '排污许可证上的编码',
  'a code of the permit (MF0001)': '排污许可证上的编码（如 MF0001）',
  'a digest': '摘要',
  'a day (YYYY-MM-DD)': '日期（年-月-日）',
  'a business key': '业务键',
  'a business key, nor a document of one (KEY#1)': '业务键或其文件（业务键#序号）',
  'a SHA-256 root': 'SHA-256 根',
  'a project number': '项目编号',
  'an id of a meter': '计量器具编号',
  'the number of a batch (a capital letter, then capitals and digits: B01)': '批次编号（如 B01）',
};

/** What the rules say of records, as far as forms meet it. */
const ofRules: readonly Said[] = [
  [/^not (.+)$/, (thing = '') => (Object.hasOwn(things, thing) ? `不是${things[thing] ?? ''}` : '')],
  [/^zeros alone name nothing$/, () => '编号不能全为零'],
  [/that is still to come$/, () => '日期尚未到来'],
  [/ needs its reasons?$/, () => '须写明理由'],
  [/stands? there twice$/, () => '同一项出现了两次'],
  [/ ends after it begins$/, () => '结束日期不得早于开始日期'],
  [/^the kind must be (.+)$/, (kind = '') => `类别应为 ${kind}`],
  [
    /^(\S+): (\d+) cited, at least (\d+) needed$/,
    (role = '', got = '', least = '') => citing(role, got, `至少 ${least}`),
  ],
  [
    /^(\S+): (\d+) cited, at most (\d+) allowed$/,
    (role = '', got = '', most = '') => citing(role, got, `至多 ${most}`),
  ],
  [/^(\S+) is missing$/, (name = '') => `缺少数据项：${figureOf(name)}`],
  [
    /^(\S+) must have (\d+) decimals, not (\S+)$/,
    (name = '', decimals = '', got = '') => `${figureOf(name)}须保留 ${decimals} 位小数，现为 ${got}`,
  ],
  [
    /^(\S+) must be in (.+?), not (.+?)(?::.*)?$/,
    (name = '', unit = '', got = '') =>
      `${figureOf(name)}的单位应为${formatUnit(unit, 'zh')}，现为${formatUnit(got, 'zh')}`,
  ],
  [/ (?:is|must be) due on (\d{4}-\d\d-\d\d)$/, (day = '') => `应提交日期为 ${day}`],
];

function citing(role: string, got: string, wanted: string): string {
  return `引用“${roleWords(role).zh}” ${got} 条，${wanted} 条`;
}

/** What a schema or a rule found, in Chinese; undefined where only its code has words. */
export function messageInChinese(message: string): string | undefined {
  for (const [pattern, zh] of [...ofSchemas, ...ofRules]) {
    const [found, ...parts] = pattern.exec(message) ?? [];
    const said = found === undefined ? '' : zh(...parts);
    if (said !== '') return said;
  }
  return undefined;
}

/** A fault in one language alone. In Chinese, what has no words of its own is told by its code: what it is, and the cure. */
export function faultWords({ code, message }: Pick<Fault, 'code' | 'message'>, language: 'zh' | 'en'): string {
  if (language === 'en') return message;
  const { zh, cureZh } = catalogue[code];
  return messageInChinese(message) ?? `${zh} ${cureZh}`;
}
