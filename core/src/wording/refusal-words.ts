import { formFields } from '../rulebook/form-fields';
import { partyKindTitles } from '../rulebook/authority';
import type { RecordType } from '../records';
import { labelWords } from './code-words';
import { recordTypeWords, titleOfKey } from './record-words';

/*
 * What stands at the end of a refusal, in Chinese: who files what would do, where a record stands, which steps are open there and
 * to whom. It is appended to whatever was found, so it is cut off first: no sentence may swallow it as its last word.
 */

const relations: Readonly<Record<string, string>> = {
  ...{ self: '就其自身', region: '就本行政区的主体', nation: '就全国的主体', engaged: '受当年委托' },
  ...{ registry: '就已登记的主体', party: '按该类型的规则' },
};

/** Before each of these a refusal ends and its help begins, or one part of the help ends and the next begins. */
const helps =
  /; (?=it is filed by: |what is possible: |as \S+ it cites |[0-9A-Z]{18}\/\S+ (?:is [A-Z][A-Z_]+|was not filed yet)(?:;|$))/;

/** A refusal and the parts of its help; one alone where there is none. */
export function helpOf(text: string): readonly string[] {
  return text.split(helps);
}

const titleOf = (kind: string): string | undefined =>
  Object.hasOwn(partyKindTitles, kind) ? partyKindTitles[kind as keyof typeof partyKindTitles].zh : undefined;

/** `province-authority (region)`: 省级生态环境主管部门（就本行政区的主体）. */
function filerWord(text: string): string | undefined {
  const [, kind = '', relation = ''] = /^([a-z-]+) \(([a-z]+)\)$/.exec(text) ?? [];
  const title = titleOf(kind);
  const how = Object.hasOwn(relations, relation) ? relations[relation] : undefined;
  return title === undefined || how === undefined ? undefined : `${title}（${how}）`;
}

/** `city-authority about itself (city_facility, …)`: who may file, under which labels. */
function labelledFiler(text: string, inWords: (text: string) => string): string | undefined {
  const [, filer = '', labels = ''] = /^([a-z-]+ (?:about|under) [^;()]+) \(([^()]+)\)$/.exec(text) ?? [];
  if (filer === '') return undefined;
  const all = labels.split(', ').map((label) => labelWords(label).zh);
  return `${inWords(filer)}：${all.join('、')}`;
}

function outcomeWord(type: string, outcome: string): string {
  if (recordTypeWords(type).zh === type) return outcome;
  for (const { choices = {} } of formFields(type as RecordType))
    if (Object.hasOwn(choices, outcome)) return choices[outcome]?.zh ?? outcome;
  return outcome;
}

/** `review.province:accept`: 审核意见（省级）：通过. */
function stepWord(text: string): string | undefined {
  if (text === 'filed') return '提交';
  const [, kind = '', outcome] = /^([a-z][\w.-]*)(?::([\w-]+))?$/.exec(text) ?? [];
  const [type = ''] = kind.split('.');
  if (recordTypeWords(type).zh === type) return undefined;
  const title = titleOfKey(`-/-/-/${kind}`, type, 'zh');
  return outcome === undefined ? title : `${title}：${outcomeWord(type, outcome)}`;
}

/** `clearing → CLEARED by province-authority (region)`: a step, where it leads, and who takes it. */
function openStep(text: string, inWords: (text: string) => string): string | undefined {
  const [, step = '', to = '', by = ''] = /^(\S+) → (\S+) by ([^;]+)$/.exec(text) ?? [];
  if (step === '') return undefined;
  return `${stepWord(step) ?? step}（由${inWords(by)}提交，转为“${inWords(to)}”）`;
}

/** A part of what a refusal tells, in Chinese; undefined for what is none. */
export function refusalWord(text: string, inWords: (text: string) => string): string | undefined {
  return openStep(text, inWords) ?? labelledFiler(text, inWords) ?? filerWord(text) ?? stepWord(text);
}
