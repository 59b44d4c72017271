import { catalogue, type Fault } from '../errors';
import { sentenceInChinese, withoutCount } from './sentences';

type Said = readonly [pattern: RegExp, zh: (...parts: string[]) => string];

const kinds: Readonly<Record<string, string>> = {
  ...{ text: '文字', 'a number': '数字', 'a whole number': '整数', 'true or false': '是或否', 'a list': '多项列表' },
  ...{ 'a group of fields': '一组字段', nothing: '空', null: '空', 'a day': '日期' },
  ...{ 'a day, 2025-03-31': '日期（年-月-日）', 'an instant, 2025-03-31T08:00:00Z': '时刻（ISO 8601，带时区）' },
  'an address of the web': '网址',
};
const bounds: Readonly<Record<string, string>> = { 'at least': '至少', 'at most': '至多', exactly: '恰为' };
const values: Readonly<Record<string, string>> = { ...bounds, 'more than': '大于', 'less than': '小于' };
const counted: Readonly<Record<string, string>> = { characters: '个字符', items: '项', entries: '项' };

/** What belongs in a place, and what to do: choose, fill in, tick. */
function wantedWords(wanted: string): string {
  if (Object.hasOwn(kinds, wanted)) return `请填写${kinds[wanted] ?? ''}`;
  const [, choices] = /^one of (.+)$/s.exec(wanted) ?? [];
  if (choices !== undefined) return `只能从中选择：${choices.replaceAll(', ', '、')}`;
  return wanted === 'true' ? '必须勾选' : `只能是 ${wanted}`;
}

/** What the schemas say of a value that does not fit (validation/words), and what is said of texts of one kind. */
const ofSchemas: readonly Said[] = [
  [/^this is missing: give (.+)$/s, (wanted = '') => `必须填写：${wantedWords(wanted)}`],
  [
    /^this takes (at least|at most|exactly|more than|less than) (-?\d+) (characters|items|entries)$/,
    (bound = '', count = '', what = '') => `${values[bound] ?? ''} ${count} ${counted[what] ?? '项'}`,
  ],
  [
    /^this takes (at least|at most|exactly|more than|less than) (-?[\d.]+)$/,
    (bound = '', count = '') => `须${values[bound] ?? ''} ${count}`,
  ],
  [/^this takes what fits (.+)$/s, (pattern = '') => `格式不符：${pattern}`],
  [
    /^this takes ([a-z ]+), not ([a-z ]+)$/,
    (wanted = '', got = '') => `应为${kinds[wanted] ?? wanted}，实为${kinds[got] ?? got}`,
  ],
  [/^this takes (.+)$/s, (wanted = '') => wantedWords(wanted)],
  [/^this is nothing that may stand here$/, () => '内容不符合要求'],
  [/^a name stands here that does not fit$/, () => '名称不符合要求'],
  [/^there is no such field: (.+)$/s, (names = '') => `没有这样的字段：${names}`],
];

/** What a schema or a rule found, in Chinese; undefined where only its code has words. */
export function messageInChinese(message: string): string | undefined {
  const said = withoutCount(message);
  for (const [pattern, zh] of ofSchemas) {
    const [found, ...parts] = pattern.exec(said) ?? [];
    if (found !== undefined) return zh(...parts);
  }
  return sentenceInChinese(message) ?? titles().get(message);
}

let known: ReadonlyMap<string, string> | undefined;

/** What a code is called, where nothing else was said of it. */
function titles(): ReadonlyMap<string, string> {
  known ??= new Map(Object.values(catalogue).map(({ en, zh }) => [en, zh]));
  return known;
}

/** A fault in one language alone. In Chinese, what has no words of its own is told by its code: what it is, and the cure. */
export function faultWords({ code, message }: Pick<Fault, 'code' | 'message'>, language: 'zh' | 'en'): string {
  if (language === 'en') return message;
  const { zh, cureZh } = catalogue[code];
  return messageInChinese(message) ?? `${zh} ${cureZh}`;
}
