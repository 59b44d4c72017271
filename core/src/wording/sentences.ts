import { partyKindTitles } from '../rulebook/authority';
import type { RecordType } from '../records';
import { processes } from '../rulebook/processes';
import { recordTypes } from '../rulebook/registry';
import { roleWords } from './code-words';
import { figureWords } from './figure-words';
import { formatUnit } from './numbers';
import { titleOfRecord } from './place-words';
import { recordTypeWords, titleOfKey } from './record-words';
import { helpOf, refusalWord } from './refusal-words';
import { said } from './said';

/* Sentences that were made in English, in Chinese: found by their form, with what is filled in put in words too. */

interface Form {
  readonly pattern: RegExp;
  readonly zh: string;
  /** How every such sentence begins, and the longest text that stands in it: of a thousand forms few have them, and only these are tried. */
  readonly begins: string;
  readonly holds: string;
}

/** Words and sentences that are remembered: a workbook of faults says the same few of the same few columns thousands of times. */
const MOST_REMEMBERED = 5_000;

/** Of so few letters, a form would be found in what is none of it: then one word alone is filled in, or what stands in quotes. */
const FEW_LETTERS = 9;

const literal = (en: string): string => en.replaceAll('{}', '').trim();

function formOf([en, zh]: readonly [string, string]): Form {
  const filled = literal(en).length < FEW_LETTERS ? '("(?:[^"\\\\]|\\\\.)*"|\\S+)' : '(.+?)';
  const source = en.split('{}').map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const [begins = '', ...rest] = en.split('{}');
  const holds = rest.reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  return { pattern: new RegExp(`^${source.join(filled)}$`, 's'), zh, begins, holds };
}

let known: readonly Form[] | undefined;

/** The longest first: what is said at greater length is meant where both would do. */
function forms(): readonly Form[] {
  known ??= Object.entries(said)
    .sort(([a], [b]) => literal(b).length - literal(a).length)
    .map(formOf);
  return known;
}

/** By their first letter, the forms that can be what begins with it: among them those that begin with what is filled in. */
const byLetter = new Map<string, readonly Form[]>();

function formsFor(text: string): readonly Form[] {
  const letter = text.slice(0, 1);
  const found = byLetter.get(letter) ?? forms().filter(({ begins }) => begins === '' || begins.startsWith(letter));
  if (byLetter.size < MOST_REMEMBERED) byLetter.set(letter, found);
  return found;
}

/** A sentence of sentences goes on so deep at most. */
const MOST_DEEP = 6;

/** What somebody wrote: the same in both languages, whatever it says. */
const quoted = /^"(?:[^"\\]|\\.)*"$/s;

/** What stands before a colon: a rule, a figure, the header of a column. */
const lead = /^([^:]{1,80}): (.+)$/s;

/** How many faults an error carries, behind its sentence: they are listed one by one below it. */
const counted = / \(\d+ faults?\)$/;

/** The sentence alone. */
export function withoutCount(message: string): string {
  return message.replace(counted, '');
}

/** The rule that refuses, before what it says. */
const ruleLead = /^(?:R-[A-Z]|C)\d\d: /;

const rememberedSentences = new Map<string, string | undefined>();

/** A sentence in Chinese; undefined where some part of it has no words. */
export function sentenceInChinese(text: string): string | undefined {
  if (rememberedSentences.has(text)) return rememberedSentences.get(text);
  const sentence = sentenceAt(text, 0);
  if (rememberedSentences.size < MOST_REMEMBERED) rememberedSentences.set(text, sentence);
  return sentence;
}

function sentenceAt(text: string, depth: number): string | undefined {
  if (depth > MOST_DEEP) return undefined;
  if (counted.test(text)) return sentenceAt(text.replace(counted, ''), depth);
  const found = asFound(text, depth);
  if (found !== undefined) return found;
  return (
    refusalWord(text, (part) => inChinese(part, depth + 1)) ??
    withHelp(text, depth) ??
    ofRule(text, depth) ??
    asOneOf(text, depth) ??
    inPartsOf(text, depth) ??
    afterLead(text, depth)
  );
}

/** What was found in a column, behind the name of the column. */
function asFound(text: string, depth: number): string | undefined {
  if (quoted.test(text)) return text;
  const [, name = '', rest = ''] = lead.exec(text) ?? [];
  if (quoted.test(rest)) return `${inChinese(name, depth + 1)}：${rest}`;
  // A header in Chinese is part of no form: the sentence begins behind it.
  return /\p{Script=Han}/u.test(name) ? afterLead(text, depth) : undefined;
}

/** A refusal and the help that it ends with, each by itself. */
function withHelp(text: string, depth: number): string | undefined {
  const parts = helpOf(text);
  return parts.length === 1 ? undefined : allOf(parts, depth);
}

/** What a rule says: in words that are its own, else in those of whoever says the same. */
function ofRule(text: string, depth: number): string | undefined {
  const [rule] = ruleLead.exec(text) ?? [];
  if (rule === undefined) return undefined;
  const own = forms().filter(({ begins }) => begins.startsWith(rule));
  return asOneOf(text, depth, own) ?? afterLead(text, depth);
}

function asOneOf(text: string, depth: number, among = formsFor(text)): string | undefined {
  for (const { pattern, zh, begins, holds } of among) {
    if (!text.startsWith(begins) || !text.includes(holds)) continue;
    const [found, ...parts] = pattern.exec(text) ?? [];
    if (found !== undefined) return filledIn(zh, parts, depth);
  }
  return undefined;
}

function filledIn(zh: string, parts: readonly string[], depth: number): string {
  const filled = (text: string): string => {
    const [, place] = /^\{(\d)\}$/.exec(text) ?? [];
    const part = parts[Number(place) - 1] ?? '';
    return place === undefined ? text : (stateAmong(parts, part) ?? inChinese(part, depth + 1));
  };
  return zh
    .split(/(\{\d\})/)
    .map(filled)
    .reduce(joined, '');
}

/** The state of a record that the same sentence names: one code has its own words in each lifecycle. */
function stateAmong(parts: readonly string[], part: string): string | undefined {
  if (!/^[A-Z][A-Z_]+$/.test(part)) return undefined;
  const [, kind = ''] = parts.map((one) => keyKind.exec(one)).find((found) => found !== null) ?? [];
  const type = kind.split('.')[0] ?? '';
  if (!Object.hasOwn(recordTypes, type)) return undefined;
  const { states } = processes[recordTypes[type as RecordType].process];
  return Object.hasOwn(states, part) ? states[part]?.title.zh : undefined;
}

const endsInHan = /\p{Script=Han}$/u;
const beginsWithHan = /^\p{Script=Han}/u;

/** A form leaves a space beside what it fills in, for codes and numbers; between two Chinese words there is none. */
function joined(before: string, after: string): string {
  const [left, right] = [before.trimEnd(), after.trimStart()];
  return endsInHan.test(left) && beginsWithHan.test(right) ? left + right : before + after;
}

function inPartsOf(text: string, depth: number): string | undefined {
  const parts = text.split('; ');
  return parts.length === 1 ? undefined : allOf(parts, depth);
}

function allOf(parts: readonly string[], depth: number): string | undefined {
  const all = parts.map((part) => sentenceAt(part, depth + 1));
  return all.includes(undefined) ? undefined : all.join('；');
}

function afterLead(text: string, depth: number): string | undefined {
  const [, name = '', rest = ''] = lead.exec(text) ?? [];
  const told = rest === '' ? undefined : sentenceAt(rest, depth + 1);
  return told && `${inChinese(name, depth + 1)}：${told}`;
}

/** Between several of one kind. */
const joints: readonly (readonly [en: string, zh: string])[] = [
  ['; ', '；'],
  [', ', '、'],
  [' or ', '或'],
];

/** What is filled in: a word of the tables, a sentence, several of either, or what it is. */
function inChinese(text: string, depth: number): string {
  const word = wordOf(text);
  if (word !== undefined) return word;
  const sentence = /\s/.test(text) ? sentenceAt(text, depth) : undefined;
  if (sentence !== undefined) return sentence;
  const joint = joints.find(([en]) => text.includes(en));
  if (joint === undefined) return text;
  return text
    .split(joint[0])
    .map((part) => inChinese(part, depth + 1))
    .join(joint[1]);
}

const plain: Readonly<Record<string, string>> = {
  ...{ 'unit-or-plant': '机组或全厂', plant: '全厂' },
  ...{ party: '主体', unit: '机组', period: '时期', year: '年度', day: '日', batch: '批次', month: '月' },
  ...{ none: '无', nothing: '无', measured: '实测', default: '缺省', true: '是', false: '否', enterprise: '企业' },
  ...{ stated: '填报', computed: '计算', public: '公开', private: '不公开', plant: '全厂', single: '单个' },
  ...{ testing: '检测', preparation: '报告编制', verification: '核查', 'at least': '至少', 'at most': '至多' },
  ...{ peers: '同类机组', market: '全市场', 'same-lab': '同一检测机构', 'other-labs': '其他检测机构' },
  ...{ 'own-year': '本机组当年', 'own-history': '本机组以往各月', 'own-other-months': '本机组当年其他月份' },
  ...{ previous: '上期', 'last-year': '上年同期', anchored: '已锚定', figure: '数据项', field: '字段' },
  ...{ corrected: '已更正', conservative: '保守估算' },
  ...{ content: '内容', subject: '主体与时期', documents: '文件', cites: '引用' },
  // Limits of what may be booked
  ...{ confirmed: '省级已确认', cancelled: '已注销', cap: '抵销上限' },
};

const keyKind = /^[0-9A-Z]{18}\/[^/\s]+\/[^/\s]+\/([a-z][^/\s#]*)$/;

const key = /^[0-9A-Z]{18}\/[^/\s]+\/[^/\s]+\/[a-z][^/\s#]*$/;

const remembered = new Map<string, string | undefined>();

function wordOf(text: string): string | undefined {
  if (remembered.has(text)) return remembered.get(text);
  const word = wordOfTables(text);
  if (remembered.size < MOST_REMEMBERED) remembered.set(text, word);
  return word;
}

/** A word of the tables, with or without its article. */
function wordOfTables(text: string): string | undefined {
  const word = text.replace(/^(?:an?|the) /, '');
  if (Object.hasOwn(partyKindTitles, word)) return partyKindTitles[word as keyof typeof partyKindTitles].zh;
  if (Object.hasOwn(plain, word)) return plain[word];
  if (key.test(word)) return `${word.slice(0, 18)} ${titleOfRecord(word, 'zh')}`;
  const told = refusalWord(word, (part) => wordOf(part) ?? part);
  return told ?? levelWord(word) ?? kindWord(word) ?? stateWord(word) ?? codeWord(word);
}

/** Where a methodology says what a record carries: `allowance-issuance@unit`, 配额发放（机组）. */
function levelWord(word: string): string | undefined {
  const [, kind = '', level = ''] = /^([a-z][a-z.-]*)@(unit|plant)$/.exec(word) ?? [];
  const named = kindWord(kind);
  return named && `${named}（${plain[level] ?? level}）`;
}

/** `review.city`: 审核（市级）. */
function kindWord(word: string): string | undefined {
  if (/[\s:]/.test(word)) return undefined;
  const [type = '', label] = word.split('.');
  if (recordTypeWords(type).zh === type) return undefined;
  return label === undefined ? recordTypeWords(type).zh : titleOfKey(`-/-/-/${word}`, type, 'zh');
}

function stateWord(word: string): string | undefined {
  if (!/^[A-Z][A-Z_]+$/.test(word)) return undefined;
  for (const { states } of Object.values(processes)) if (Object.hasOwn(states, word)) return states[word]?.title.zh;
  return undefined;
}

/** What the readings of a device's batch name, one after another. */
const readings = /^batch\.([A-Za-z]\w*)\.\*$/;

function codeWord(word: string): string | undefined {
  if (/\s/.test(word)) return undefined;
  const [, read] = readings.exec(word) ?? [];
  if (read !== undefined) return `设备读数批次中的${figureWords(read).zh}`;
  const all = [roleWords(word).zh, figureWords(word).zh, formatUnit(word, 'zh')];
  return all.find((zh) => zh !== word && zh !== '');
}
