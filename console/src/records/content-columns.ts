import type { Column } from '../parts/DataTable';
import { formFields, recordTypeNames, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { Language } from '../language/language';
import { formatNumber } from '../words/numbers';
import { choiceWords } from '../words/record-words';
import { lineOf } from './content-shape';

export function listedType(type: string | undefined): RecordType | undefined {
  return recordTypeNames.find((name) => name === type);
}

/** Fields of one value make columns; most that a screen takes. */
const MOST = 5;
const plain: ReadonlySet<string> = new Set([
  'text',
  'day',
  'month',
  'whole',
  'decimal',
  'uscc',
  'choice',
  'boolean',
  'number',
]);
const numbers: ReadonlySet<string> = new Set(['whole', 'decimal', 'number']);

/** A field of a record as a table has it, in words, whatever stands there. */
export function contentText({ type, content }: AnchoredRecordView['record'], name: string, language: Language): string {
  const value = content[name];
  if (value === undefined || value === null) return '';
  const field = formFields(type).find((one) => one.name === name);
  return choiceWords(type, name, value)?.[language] ?? lineOf(value, field, language);
}

/** Columns of a list of one type: its own fields, in the order of the type. */
export function contentColumns(type: RecordType, language: Language): readonly Column<AnchoredRecordView>[] {
  return formFields(type)
    .filter(({ kind }) => plain.has(kind))
    .slice(0, MOST)
    .map(({ name, title, kind }) => {
      const text = ({ record }: AnchoredRecordView): string => contentText(record, name, language);
      const base = { id: `content.${name}`, title: title[language], text };
      if (!numbers.has(kind)) return { ...base, keepsWhole: kind === 'day' || kind === 'month' };
      const cell = (view: AnchoredRecordView): string => formatNumber(text(view));
      return { ...base, cell, isNumber: true, order: ({ record }) => Number(record.content[name] ?? 0) };
    });
}
