import { buildRecord, formatBusinessKey, LedgerError, type ReconciliationReport } from '@carbon-ledger/core';
import { documentRef } from '../anchoring/documents';
import { nextVersion, submitTogether } from '../anchoring/submit';
import type { Context } from '../context';

/** Puts the digest of a report on the ledger, with the report's file as its document. */
export async function anchorReport(
  context: Context,
  report: ReconciliationReport,
  file: string | undefined,
  trialKeys: boolean,
): Promise<{ readonly record: string; readonly key: string }> {
  if (file === undefined) throw new LedgerError('USAGE', '--anchor needs the report as a file: -o FILE');
  const issuer = context.requireParty();
  const service = await context.service({ trialKeys });
  const subject = { uscc: issuer, unit: '-', period: report.year };
  const kind = `reconciliation.${report.asOf.replaceAll('-', '')}`;
  const open = report.rows.filter(({ severity }) => severity !== 'none').length;
  const built = buildRecord(
    {
      ...{ type: 'reconciliation', issuer, subject, kind },
      version: await nextVersion(service, formatBusinessKey(subject, kind)),
      content: { asOf: report.asOf, digest: report.digest, rows: String(report.rows.length), open: String(open) },
      documents: [await documentRef(file, 'report')],
    },
    await service.keys.saltsOf(issuer),
  );
  await submitTogether(context, service, [built]);
  return { record: built.id, key: built.key };
}
