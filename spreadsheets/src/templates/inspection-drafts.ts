import { placeName } from '../model';
import type { ReadRow } from '../tables/read';
import type { FormDraft } from './drafts';
import type { FormReading } from './read-form';
import type { TemplateSpec } from './spec';

/** What went wrong, what was done about it and what proves it, as one text. */
function problemText({ finding, measure, evidence }: ReadRow['values']): string {
  const parts = [
    [undefined, finding],
    ['整改措施', measure],
    ['证明材料', evidence],
  ] as const;
  return parts
    .flatMap(([title, text]) => (text === undefined ? [] : [title === undefined ? text : `${title}：${text}`]))
    .join('；');
}

function itemOf({ values: { item, answer, note } }: ReadRow): object {
  return { item, answer, ...(note === undefined ? {} : { note }) };
}

/** A row that tells of a problem, whatever its answer: the rules of the record say where both do not agree. */
function problemsOf({ values }: ReadRow): object[] {
  const text = problemText(values);
  return text === '' ? [] : [{ item: values['item'], text, corrected: values['corrected'] === 'true' }];
}

function serviceOf({ values: { uscc, purpose } }: ReadRow): object {
  return { party: uscc, purpose };
}

/** The one record that a self-inspection form is (annexes 1 and 2): its sheets are the members of the content. */
export function inspectionDrafts({ kind, files }: TemplateSpec, { tables, sheets }: FormReading): FormDraft[] {
  if (files === undefined) return [];
  const rows = (table: string): readonly ReadRow[] => tables[table] ?? [];
  const sheet = sheets['declaration'] ?? '';
  const commitment = { truth: true, accuracy: true, completeness: true };
  const content = {
    items: rows('items').map(itemOf),
    problems: rows('items').flatMap(problemsOf),
    services: rows('services').map(serviceOf),
    commitment,
  };
  return rows('declaration').map(({ number, values, cells }) => ({
    type: files,
    label: kind.replace('self-inspection-', ''),
    ...(values['uscc'] === undefined ? {} : { uscc: values['uscc'] }),
    unit: '-',
    period: values['year'] ?? '',
    content,
    figures: {},
    cells: { commitment: placeName(sheet, cells['committed'] ?? '') },
    row: number,
    sheet,
  }));
}
