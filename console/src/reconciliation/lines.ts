import {
  findingKinds,
  markNames,
  markTitle,
  type FindingKind,
  type OtherSide,
  type ReconciliationReport,
  type ReconciliationSeverity,
  type Source,
} from '@carbon-ledger/core';
import { filingAddress } from '../filing/draft';
import type { Words } from '../language/language';

/** A finding of a row, as one line of a list. */
export interface FindingLine {
  readonly id: string;
  readonly severity: ReconciliationSeverity;
  readonly kind: FindingKind;
  readonly source: Source;
  readonly uscc: string;
  readonly project: string;
  readonly qty: string;
  /** File, sheet, and the cell or row. */
  readonly place: string;
  readonly found: string;
  readonly expected: string;
  readonly tonnes: string;
  readonly other: string;
  /** The record of the ledger that says otherwise. */
  readonly record: string | undefined;
}

export const sourceWords: Readonly<Record<Source, Words>> = {
  cancellations: { zh: '自愿减排注册登记机构', en: 'CCER registry' },
  bookings: { zh: '注册登记机构', en: 'Allowance registry' },
  applications: { zh: '省级主管部门', en: 'Province' },
};

export const severityWords: Readonly<Record<ReconciliationSeverity, Words & { readonly look: string }>> = {
  block: { zh: '✕ 暂停清缴', en: '✕ holds up', look: 'bad' },
  critical: { zh: '✕ 严重', en: '✕ critical', look: 'bad' },
  warn: { zh: '⚠ 提醒', en: '⚠ warns', look: 'warn' },
  info: { zh: '… 提示', en: '… informs', look: 'wait' },
  none: { zh: '✓ 一致', en: '✓ matches', look: 'good' },
};

/** Heaviest first. */
export const severities = Object.keys(severityWords) as readonly ReconciliationSeverity[];

function placeOf({ file = '', sheet = '', cell, row }: Partial<OtherSide>): string {
  const at = cell === undefined || cell === '' ? (row === undefined ? '' : String(row)) : cell;
  // The one sheet of a CSV file has the name of the file.
  return [file, sheet === file ? '' : sheet, at].filter((part) => part !== '').join(' › ');
}

/** Every finding of a report, heaviest first; what matches last. */
export function findingLines({ rows }: Pick<ReconciliationReport, 'rows'>): FindingLine[] {
  const lines = rows.flatMap(({ findings, counterpart, ...row }, at) =>
    findings.map((finding, number): FindingLine => {
      const other = finding.other ?? counterpart;
      const { source, file, sheet, uscc, project, qty } = row;
      return {
        ...{ id: `${String(at)}.${String(number)}`, kind: finding.kind, source, uscc, project, qty },
        severity: finding.severity ?? findingKinds[finding.kind].severity,
        place: placeOf({ file, sheet, row: row.row, ...(finding.cell === undefined ? {} : { cell: finding.cell }) }),
        ...{ found: finding.found ?? '', expected: finding.expected ?? '', tonnes: finding.tonnes ?? '' },
        other: other === undefined ? '' : [placeOf(other), other.value].filter((part) => part !== '').join('：'),
        record: other?.record,
      };
    }),
  );
  return lines.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** What the other side says; of a record in doubt, why it is. */
export function otherWords({ other }: Pick<FindingLine, 'other'>): Words {
  const mark = markNames.find((name) => name === other);
  return mark === undefined ? { zh: other, en: other } : markTitle({ mark });
}

/** The form in which a run is anchored, with what it came to; the report itself is added there as a document. */
export function anchoringAddress({ year, asOf, digest, rows }: ReconciliationReport): string {
  const open = rows.filter(({ severity }) => severity !== 'none').length;
  return filingAddress({
    ...{ type: 'reconciliation', kind: `reconciliation.${asOf.replaceAll('-', '')}`, period: year },
    content: { asOf, digest, rows: String(rows.length), open: String(open) },
  });
}
