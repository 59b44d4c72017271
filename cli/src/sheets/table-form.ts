import { shelvedRules, type RecordType } from '@carbon-ledger/core';
import {
  readFormByHeaders,
  templateKinds,
  templateOf,
  type FiledForm,
  type TemplateKind,
  type Workbook,
} from '@carbon-ledger/spreadsheets';
import { newestYear, yearsOf } from './newest-year';

/** What a table without a stamp is read as. */
export interface TableOf {
  readonly type: RecordType;
  readonly methodology: string;
  readonly year?: string | undefined;
}

/** Forms whose rows become records of a type. */
export function kindsFor({ type, methodology, year = newestYear(methodology) }: TableOf): readonly TemplateKind[] {
  const { sector, methodology: rules } = shelvedRules(methodology, year);
  return templateKinds.filter((kind) => templateOf(kind, { sector, methodology: rules }).files === type);
}

/** By the rules of the year that it is about, as far as they are known and no other was asked for. */
function readIn(workbook: Workbook, kind: TemplateKind, { methodology, year }: TableOf): FiledForm {
  const form = readFormByHeaders(workbook, kind, { methodology, year: year ?? newestYear(methodology) });
  const own = form.drafts[0]?.period.slice(0, 4);
  const isOther = year === undefined && own !== undefined && own !== newestYear(methodology);
  return isOther && yearsOf(methodology).includes(own)
    ? readFormByHeaders(workbook, kind, { methodology, year: own })
    : form;
}

/** The form of the type whose columns a table has, with least faults where several are alike; undefined where it has those of none. */
export function formByHeaders(workbook: Workbook, about: TableOf): FiledForm | undefined {
  return kindsFor(about)
    .map((kind) => readIn(workbook, kind, about))
    .filter(({ faults }) => !faults.some(({ code }) => code === 'SHEET_MISSING'))
    .sort((one, other) => one.faults.length - other.faults.length)[0];
}
