import { catalogue, type Fault } from '../errors';
import { sentenceInChinese } from './sentences';

type Said = readonly [pattern: RegExp, zh: (...parts: string[]) => string];

const kinds: Readonly<Record<string, string>> = {
  ...{ string: '文字', number: '数字', int: '整数', boolean: '是或否', array: '多项列表', tuple: '多项列表' },
  ...{ object: '一组字段', record: '一组字段', null: '空', undefined: '空', never: '空' },
};
const kindOf = (name: string): string => kinds[name] ?? name;
const bounds: Readonly<Record<string, string>> = { '>=': '不小于', '<=': '不大于', '>': '大于', '<': '小于' };
const sizes: Readonly<Record<string, string>> = { '>=': '至少', '<=': '至多', exactly: '恰为' };
const counted: Readonly<Record<string, string>> = { characters: '个字符', items: '项' };

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

/** What a schema or a rule found, in Chinese; undefined where only its code has words. */
export function messageInChinese(message: string): string | undefined {
  for (const [pattern, zh] of ofSchemas) {
    const [found, ...parts] = pattern.exec(message) ?? [];
    if (found !== undefined) return zh(...parts);
  }
  return sentenceInChinese(message);
}

/** A fault in one language alone. In Chinese, what has no words of its own is told by its code: what it is, and the cure. */
export function faultWords({ code, message }: Pick<Fault, 'code' | 'message'>, language: 'zh' | 'en'): string {
  if (language === 'en') return message;
  const { zh, cureZh } = catalogue[code];
  return messageInChinese(message) ?? `${zh} ${cureZh}`;
}
