import { catalogue, shelvedRuleSet, type Methodology } from '@carbon-ledger/core';
import type { Words } from '../language/language';
import { partyKindWords, recordTypeChoices, filersOf, recordTypeWords, unitWords } from '../words/record-words';
import { glossary } from './glossary';

export const sections = ['term', 'record', 'rule', 'formula', 'error'] as const;
export type Section = (typeof sections)[number];

export interface Entry {
  readonly section: Section;
  /** What it is called in data: a code, a kind, a rule's id. */
  readonly code: string;
  readonly name: Words;
  readonly text: Words;
  /** Formula, source, or what to do. */
  readonly details: readonly Words[];
}

const same = (text: string): Words => ({ zh: text, en: text });

/** Everything that does not depend on the ledger. */
export function ownEntries(): Entry[] {
  return [...terms(), ...records(), ...rules(), ...errors()];
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
    };
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
  return Object.entries(catalogue).map(([code, { zh, en, cure }]) => ({
    section: 'error',
    code,
    name: same(code),
    text: { zh, en },
    details: [{ zh: '', en: cure }],
  }));
}

/** Figures of a methodology in force, with the formula of each. */
export function formulaEntries(methodology: Methodology): Entry[] {
  return Object.entries(methodology.figures).flatMap(([place, specs]) =>
    specs
      .filter(({ cases }) => cases.length > 0)
      .map(({ name, unit, decimals, cases }) => {
        const [kind = '', level = ''] = place.split('@');
        const type = recordTypeWords(kind.split('.')[0] ?? kind);
        const scope = level === 'plant' ? unitWords('PLANT', 'zh') : '机组';
        return {
          section: 'formula' as const,
          code: name,
          name: same(name),
          text: {
            zh: `${methodology.year} 年${type.zh}（${scope}），单位 ${unit}，保留 ${String(decimals)} 位小数。`,
            en: `${type.en} ${methodology.year} (${level}), unit ${unit}, ${String(decimals)} decimals.`,
          },
          details: cases.map(({ id, expression, basis }) =>
            same(`${id}: ${expression}${basis === undefined ? '' : ` · ${basis}`}`),
          ),
        };
      }),
  );
}

/** Entries in which every word of the question stands, in either language; exact codes first. */
export function search(entries: readonly Entry[], question: string): Entry[] {
  const words = question
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = entries.filter((entry) => {
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
  const exact = (entry: Entry): number => Number(entry.code.toLowerCase() === question.trim().toLowerCase());
  return found.sort((a, b) => exact(b) - exact(a));
}

function textOf({ code, name, text, details }: Entry): string {
  const all = [code, name.zh, name.en, text.zh, text.en, ...details.flatMap(({ zh, en }) => [zh, en])];
  return all.join('\n').toLowerCase();
}
