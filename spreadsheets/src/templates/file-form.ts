import { formFields, LedgerError, shelvedRules } from '@carbon-ledger/core';
import type { Workbook } from '../model';
import type { SheetFault, SheetNote } from '../tables/fault';
import { draftsOf, type FormDraft } from './drafts';
import { templateOf } from './forms';
import { readForm } from './read-form';
import { readStamp, type Stamp } from './stamp';
import type { TemplateKind } from '../kinds';
import type { FormRules } from './spec';

/** What a workbook made from a template asks to file. */
export interface FiledForm {
  readonly kind: TemplateKind;
  /** By which it was read. */
  readonly rules: FormRules;
  readonly drafts: readonly FormDraft[];
  readonly faults: readonly SheetFault[];
  readonly notes: readonly SheetNote[];
}

/** The rules that the template was made with. @throws LedgerError FORMULA_UNDEFINED where they are not known */
function rulesOfStamp({ methodology, year }: Pick<Stamp, 'methodology' | 'year'>): FormRules {
  const { sector, methodology: rules } = shelvedRules(methodology, year);
  return { sector, methodology: rules };
}

function fieldNames(kind: TemplateKind, rules: FormRules): Set<string> {
  const { files } = templateOf(kind, rules);
  if (files === undefined) return new Set();
  const added = (['unit', 'plant'] as const).flatMap((level) =>
    Object.keys(rules.methodology.profile?.[`${files}@${level}`]?.content ?? {}),
  );
  return new Set([...formFields(files).map(({ name }) => name), ...added]);
}

/**
 * Reads the records out of a workbook that was made from a template.
 * @param rules those of the ledger; those that come with the program where absent
 * @throws LedgerError TEMPLATE_UNKNOWN for a workbook that was not
 */
export function readFiledForm(workbook: Workbook, rules?: FormRules): FiledForm {
  const stamp = readStamp(workbook);
  if (!stamp) throw new LedgerError('TEMPLATE_UNKNOWN', 'the workbook was not made from a template of this ledger');
  return readAs(workbook, stamp.kind, rules ?? rulesOfStamp(stamp), stamp);
}

/** Reads the records out of a table whose headers are those of a form: CSV bears no stamp. */
export function readFormByHeaders(
  workbook: Workbook,
  kind: TemplateKind,
  about: { readonly methodology: string; readonly year: string },
): FiledForm {
  return readAs(workbook, kind, rulesOfStamp(about), undefined);
}

function readAs(workbook: Workbook, kind: TemplateKind, rules: FormRules, stamp: Stamp | undefined): FiledForm {
  const template = templateOf(kind, rules);
  const reading = readForm(workbook, template, { stamp });
  const { drafts, faults } = draftsOf(template, reading, fieldNames(kind, rules));
  return { kind, rules, drafts, faults: [...reading.faults, ...faults], notes: reading.notes };
}
