import {
  catalogue,
  formFields,
  processes,
  recordTypes,
  shelvedRuleSet,
  type FormField,
  type Methodology,
} from '@carbon-ledger/core';
import type { Words } from '../language/language';
import { partyKindWords, recordTypeChoices, filersOf, recordTypeWords, unitWords } from '../words/record-words';
import { figureWords } from '../words/figure-words';
import { glossary } from './glossary';
import { jobs } from './jobs';
import { counted } from '../words/counted';

export const sections = ['job', 'term', 'record', 'field', 'state', 'rule', 'formula', 'error'] as const;
export type Section = (typeof sections)[number];

export interface Entry {
  readonly section: Section;
  /** What it is called in data: a code, a kind, a rule's id. */
  readonly code: string;
  readonly name: Words;
  readonly text: Words;
  /** Formula, source, or what to do. */
  readonly details: readonly Words[];
  /** Where it is done or listed. */
  readonly place?: string;
}

const same = (text: string): Words => ({ zh: text, en: text });

/** Everything that does not depend on the ledger. */
export function ownEntries(): Entry[] {
  return [...tasks(), ...terms(), ...records(), ...fields(), ...states(), ...rules(), ...errors()];
}

function tasks(): Entry[] {
  return jobs.map((job) => ({ section: 'job', details: [], ...job }));
}

function terms(): Entry[] {
  return glossary.map(({ name, text }) => ({ section: 'term', code: '', name, text, details: [] }));
}

function records(): Entry[] {
  return recordTypeChoices.map((type) => {
    const by = (language: 'zh' | 'en'): string =>
      filersOf(type)
        .map((kind) => partyKindWords(kind)[language])
        .join(language === 'zh' ? '、' : ', ');
    return {
      section: 'record',
      code: type,
      name: recordTypeWords(type),
      text: { zh: `由${by('zh')}签署。`, en: `Signed by: ${by('en')}.` },
      details: [],
      place: `/records?type=${type}`,
    };
  });
}

const kindWords: Readonly<Record<string, Words>> = {
  day: { zh: '日期 YYYY-MM-DD', en: 'a day, YYYY-MM-DD' },
  month: { zh: '月份 YYYY-MM', en: 'a month, YYYY-MM' },
  decimal: { zh: '十进制数', en: 'a decimal number' },
  whole: { zh: '整数', en: 'a whole number' },
  uscc: { zh: '统一社会信用代码（18 位）', en: 'a unified social credit code, 18 characters' },
  boolean: { zh: '是或否', en: 'yes or no' },
};

/** What is asked in a field, and what may stand there. */
function fieldEntry(type: string, { name, title, kind, isOptional, choices = {} }: FormField): Entry {
  const of = recordTypeWords(type);
  const options = Object.entries(choices).map(([value, words]) => ({
    zh: `${value}：${words.zh}`,
    en: `${value}: ${words.en}`,
  }));
  const may = kindWords[kind];
  return {
    section: 'field',
    code: `${type}.${name}`,
    name: { zh: title.zh || name, en: title.en || name },
    text: {
      zh: `${of.zh}的字段${isOptional ? '，可不填' : ''}。`,
      en: `Field of: ${of.en}${isOptional ? ', optional' : ''}.`,
    },
    details: may === undefined ? options : [may, ...options],
    place: `/file/${type}`,
  };
}

function fields(): Entry[] {
  return recordTypeChoices.flatMap((type) => formFields(type).map((field) => fieldEntry(type, field)));
}

const standingWords: Readonly<Record<string, Words>> = {
  stands: { zh: '记录有效，可以引用。', en: 'The record stands and may be cited.' },
  open: { zh: '开放更正：在下一版提交之前不可引用。', en: 'Open for its next version; not cited until then.' },
  ended: { zh: '已终止，不可再引用。', en: 'Ended; not cited any more.' },
};

/** Every state of every lifecycle, with the types that can be in it. */
function states(): Entry[] {
  return Object.entries(processes).flatMap(([name, { title, states: all }]) => {
    const types = recordTypeChoices.filter((type) => recordTypes[type].process === name).map(recordTypeWords);
    return Object.entries(all).map(([code, state]): Entry => ({
      section: 'state',
      code,
      name: state.title,
      text: standingWords[state.standing] ?? same(state.standing),
      details: [
        { zh: `流程：${title.zh}`, en: `Lifecycle: ${title.en}` },
        { zh: types.map(({ zh }) => zh).join('、'), en: types.map(({ en }) => en).join(', ') },
      ],
    }));
  });
}

const severities: Readonly<Record<string, Words>> = {
  B: { zh: '阻断：不满足则不予通过', en: 'Blocks: what breaks it does not pass' },
  W: { zh: '警示：须说明理由', en: 'Warns: an explanation is needed' },
  I: { zh: '提示', en: 'Informs' },
};

function rules(): Entry[] {
  return shelvedRuleSet().rules.map(({ id, text, source, severity }) => ({
    section: 'rule',
    code: id,
    name: same(id),
    text,
    details: [severities[severity] ?? same(severity), { zh: `来源：${source}`, en: `Source: ${source}` }],
  }));
}

function errors(): Entry[] {
  return Object.entries(catalogue).map(([code, { zh, en, cure, cureZh }]) => ({
    section: 'error',
    code,
    name: same(code),
    text: { zh, en },
    details: [{ zh: cureZh, en: cure }],
  }));
}

/** Figures of a methodology in force: what each is, and its formula or that it is stated. */
export function formulaEntries(methodology: Methodology): Entry[] {
  return Object.entries(methodology.figures).flatMap(([place, specs]) =>
    specs.map(({ name, unit, decimals, cases }) => {
      const [kind = '', level = ''] = place.split('@');
      const type = recordTypeWords(kind.split('.')[0] ?? kind);
      const scope = level === 'plant' ? unitWords('PLANT', 'zh') : '机组';
      const stated = { zh: '填报，不由公式得出；须注明出处', en: 'Stated, not computed; it has a source' };
      return {
        section: 'formula' as const,
        code: name,
        name: figureWords(name),
        text: {
          zh: `${methodology.year} 年${type.zh}（${scope}），单位 ${unit}，保留 ${String(decimals)} 位小数。`,
          en: `${type.en} ${methodology.year} (${level}), unit ${unit}, ${counted(decimals, 'decimal')}.`,
        },
        details:
          cases.length === 0
            ? [stated]
            : cases.map(({ id, expression, basis }) =>
                same(`${id}: ${expression}${basis === undefined ? '' : ` · ${basis}`}`),
              ),
      };
    }),
  );
}

/** How near an entry is to what was asked: what is called so, a term that has the word in its name, any other that names it. */
function closeness({ section, code, name }: Entry, asked: string): number {
  const names = [code, name.zh, name.en].map((one) => one.toLowerCase());
  if (names.includes(asked)) return section === 'term' || code.toLowerCase() === asked ? 4 : 3;
  const isNamed = names.some((one) => asked !== '' && one.includes(asked));
  return isNamed ? (section === 'term' ? 2 : 1) : 0;
}

/** Entries in which every word of the question stands, in either language: nearest first. */
export function search(entries: readonly Entry[], question: string): Entry[] {
  const words = question
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = entries.filter((entry) => {
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
  const asked = question.trim().toLowerCase();
  return found.sort((a, b) => closeness(b, asked) - closeness(a, asked));
}

function textOf({ code, name, text, details }: Entry): string {
  const all = [code, name.zh, name.en, text.zh, text.en, ...details.flatMap(({ zh, en }) => [zh, en])];
  return all.join('\n').toLowerCase();
}
