import { parseBusinessKey, typeOfKind } from '../identifiers';
import type { Figure, LedgerRecord } from '../records';
import { changesOf, formFields, isRecordType, processes, type FormField, type Title } from '../rulebook';
import { roleWords } from '../wording/code-words';
import { titleOfKey } from '../wording/record-words';

type Language = keyof Title;

/** What a record says, line by line, in one language: what a person reads before signing. */
export type RecordWords = Readonly<Record<Language, readonly string[]>>;

const words = {
  about: { en: 'About', zh: '关于' },
  of: { en: 'unit', zh: '机组' },
  period: { en: 'period', zh: '时期' },
  version: { en: 'version', zh: '版本' },
  by: { en: 'Filed by', zh: '提交主体' },
  figures: { en: 'Figures', zh: '数据项' },
  private: { en: 'private', zh: '不公开' },
  computed: { en: 'computed', zh: '按规则计算' },
  cites: { en: 'Rests on', zh: '引用' },
  documents: { en: 'Documents', zh: '材料' },
  leads: { en: 'Leads to', zh: '办理结果' },
  readers: { en: 'May be read by', zh: '可查阅主体' },
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
  nothing: { en: 'none', zh: '无' },
} as const satisfies Readonly<Record<string, Title>>;

function plain(value: unknown, language: Language): string {
  if (value === null) return words.nothing[language];
  if (typeof value === 'boolean') return value ? words.yes[language] : words.no[language];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function choiceWord({ choices = {} }: FormField, value: unknown, language: Language): string | undefined {
  return typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value]?.[language] : undefined;
}

function listLines({ item }: FormField, values: readonly unknown[], language: Language, indent: string): string[] {
  return values.flatMap((one, index) =>
    item === undefined
      ? [`${indent}${plain(one, language)}`]
      : fieldLines({ ...item, title: numbered(index) }, one, language, indent),
  );
}

function fieldLines(field: FormField, value: unknown, language: Language, indent: string): string[] {
  const title = `${indent}${field.title[language] || field.name}:`;
  const inner = `${indent}  `;
  if (field.kind === 'list' && Array.isArray(value))
    return [`${title} ${String(value.length)}`, ...listLines(field, value, language, inner)];
  if (field.kind === 'group' && typeof value === 'object' && value !== null)
    return [title, ...contentLines(field.fields ?? [], value, language, inner)];
  return [`${title} ${choiceWord(field, value, language) ?? plain(value, language)}`];
}

function numbered(index: number): Title {
  const number = String(index + 1);
  return { en: number, zh: number };
}

/** Fields in the order of the form; what the form does not know stands behind, by its name. */
function contentLines(fields: readonly FormField[], content: object, language: Language, indent: string): string[] {
  const values = new Map(Object.entries(content));
  const known = fields.flatMap((field) =>
    values.has(field.name) ? fieldLines(field, values.get(field.name), language, indent) : [],
  );
  const others = [...values].filter(([name]) => !fields.some((field) => field.name === name));
  return [...known, ...others.map(([name, value]) => `${indent}${name}: ${plain(value, language)}`)];
}

function figureLines({ totals }: LedgerRecord, figures: readonly Figure[], language: Language): string[] {
  const line = (name: string, value: string, unit: string, notes: readonly string[]): string =>
    `  ${name} = ${value} ${unit}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  const computed = (formula: string | undefined): string[] =>
    formula === undefined ? [] : [`${words.computed[language]}: ${formula}`];
  const open = Object.entries(totals).map(([name, one]) => line(name, one.value, one.unit, computed(one.formula)));
  const hidden = figures.map((one) =>
    line(one.name, one.value, one.unit, [words.private[language], ...computed(one.formula)]),
  );
  const all = [...open, ...hidden];
  return all.length === 0 ? [] : [`${words.figures[language]}:`, ...all];
}

function listed(title: Title, lines: readonly string[], language: Language): string[] {
  return lines.length === 0 ? [] : [`${title[language]}:`, ...lines.map((line) => `  ${line}`)];
}

function kindTitle(kind: string, language: Language): string {
  const type = typeOfKind(kind);
  return isRecordType(type) ? titleOfKey(`-/-/-/${kind}`, type, language) : kind;
}

/** The role by its name, as it is written to the ledger; in Chinese with its words before it. */
function roleTitle(role: string, language: Language): string {
  const { zh } = roleWords(role);
  return language === 'en' || zh === role ? role : `${zh}（${role}）`;
}

/** What becomes of records that it acts on. */
function effectLines(record: LedgerRecord, language: Language): string[] {
  return changesOf(record).map(({ key, process, state }) => {
    const title = processes[process].states[state]?.title[language] ?? state;
    return `${kindTitle(parseBusinessKey(key).kind, language)} ${key}: ${title} (${state})`;
  });
}

function linesOf(record: LedgerRecord, figures: readonly Figure[], language: Language): string[] {
  const { uscc, unit, period } = record.subject;
  const place = [
    `${words.about[language]}: ${uscc}`,
    ...(unit === '-' ? [] : [`${words.of[language]} ${unit}`]),
    ...(period === '-' ? [] : [`${words.period[language]} ${period}`]),
  ];
  return [
    `${kindTitle(record.kind, language)}, ${words.version[language]} ${String(record.version)}`,
    place.join(', '),
    `${words.by[language]}: ${record.issuer}`,
    ...contentLines(formFields(record.type), record.content, language, ''),
    ...figureLines(record, figures, language),
    ...listed(
      words.cites,
      record.cites.map(({ role, key }) => `${roleTitle(role, language)}: ${key}`),
      language,
    ),
    ...listed(
      words.documents,
      record.documents.map(({ name, sha256 }) => `${name} ${sha256}`),
      language,
    ),
    ...listed(words.readers, record.readers ?? [], language),
    ...listed(words.leads, effectLines(record, language), language),
  ];
}

/**
 * What a record means, in both languages, from the record alone: every field, figure, citation and document that is
 * signed, and what the signature leads to. Whoever signs makes these words from the record at hand and believes no others.
 */
export function recordWords(record: LedgerRecord, figures: readonly Figure[]): RecordWords {
  return { en: linesOf(record, figures, 'en'), zh: linesOf(record, figures, 'zh') };
}
