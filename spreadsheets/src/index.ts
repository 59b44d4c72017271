export { cellName, columnName, placeName, type Cell, type Row, type Sheet, type Workbook } from './model';
export { readWorkbook } from './read-workbook';
export { readTableCells, tableCells } from './table-cells';
export { harmless, writeCsv } from './csv/write';
export { writeLists, type ListSheet } from './xlsx/list';
export { faultHeaders, faultLine, faultWorkbook, type Language } from './fault-report';
export { assertNoSheetFaults, toFault, type SheetFault, type SheetNote } from './tables/fault';
export { readTable, type ReadRow, type TableReading } from './tables/read';
export type { Profile } from './tables/header';
export { headerOf, type ColumnSpec, type TableSpec } from './tables/spec';
export {
  isTemplateKind,
  templateKinds,
  type Filling,
  type FormRules,
  type TemplateKind,
  type TemplateSpec,
} from './templates/spec';
export { templateOf } from './templates/forms';
export { writeTemplate } from './templates/write';
export { readForm, type FormReading } from './templates/read-form';
export { readStamp, type Stamp } from './templates/stamp';
export { readFiledForm, readFormByHeaders, type FiledForm } from './templates/file-form';
export type { FormDraft } from './templates/drafts';
export { filesOfRow } from './templates/row-files';
export { exchangeColumns, readExchange, sourceOf, type ExchangeProfile } from './exchange/read';
export { reconciliationWorkbook } from './exchange/report';
export { crossCheckWorkbook, readOutside } from './exchange/cross-check';
export { readDay } from './values/day';
