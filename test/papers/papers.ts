import {
  fileVerdicts,
  INSPECTION_REPORT_SCHEMA,
  notClaimed,
  reconciliationReport,
  shippedReconciliationRules,
  type CheckedFile,
  type FolderCheck,
  type InspectionReport,
  type Language,
  type ReconciliationReport,
  type Trace,
} from '@carbon-ledger/core';
import {
  makeCertificate,
  makeInspectionReport,
  makeReconciliationReport,
  makeTraceReport,
} from '@carbon-ledger/reports';
import { ReceiptWorld } from '../../core/src/receipt/testing/world';

const world = ReceiptWorld.create();
const record = world.recordId;
const plant = '91140000MA0FAKE01X';
const month = `${plant}/U1/2024-06/monthly-evidence`;
const sha256 = `sha256:${'b'.repeat(64)}`;

/** What people and programs write in names: rare characters, other scripts, signs of no font, marks that turn the writing. */
const anyName = 'ᠮᠣᠩᠭᠣᠯ ئۇيغۇر བོད་ 𠮷 龘 ㎥ 10⁴Nm³ ₂ 😀 \u202Efdp.exe \u0007 é ﬁ <&>"\u2028';
/** A table that goes on over pages, with a cell that takes more than one. */
const many = Array.from({ length: 40 }, (_, at) => at);

function trace(status: Trace['status']): Trace {
  const figure = `${month}#emission_tCO2`;
  const documents = [{ name: anyName, sha256 }];
  const node = { record, unit: 'tCO2', party: plant, anchoredAt: '2024-10-30T02:03:04Z', state: 'FILED', documents };
  const own = { ...node, status: 'current' as const };
  const breaks = status === 'broken' ? [{ figure, step: 'emission', expected: '85257.35', got: '100244.41' }] : [];
  const nodes = [
    { ...own, figure, value: '100244.41', formula: 'emission', expression: 'FC × C', recomputed: '85257.35' },
    ...many.map((at) => ({ ...own, figure: `${month}#FC.${String(at)}_t`, value: '1.10' })),
    { ...own, figure: `${month}#FC_t`, value: null, hidden: true as const },
  ];
  return { figure, value: '100244.41', unit: 'tCO2', status, breaks, nodes, edges: [], hidden: 1 };
}

function reconciliation(): ReconciliationReport {
  const options = { year: '2024', asOf: '2024-12-20', rules: shippedReconciliationRules };
  const rows = many.map((at): ReconciliationReport['rows'][number] => ({
    ...({ source: 'cancellations', file: anyName, sheet: 'Sheet1', row: at + 2, uscc: plant, year: '2024' } as const),
    ...({ project: 'P1', qty: '60000', severity: 'block' } as const),
    findings: [{ kind: 'QUANTITY_MISMATCH', cell: 'E2', found: '60000', other: { value: '59000' } }],
  }));
  return reconciliationReport(options, [], null, { rows, enterprises: [] });
}

function folderCheck(): FolderCheck {
  const zero = Object.fromEntries([...Object.keys(fileVerdicts), 'missing', 'twins'].map((name) => [name, 0]));
  const files = many.map((at): CheckedFile => {
    const cells = [{ sheet: anyName, cell: `B${String(at + 1)}`, anchored: null, found: anyName }];
    const base = {
      path: `${anyName} » ${String(at)}.csv`,
      verdict: 'changed',
      sha256,
      size: 9,
      key: month,
      record,
    } as const;
    return { ...base, anchoredName: anyName, compared: 'opening', cells };
  });
  return {
    counts: { ...(zero as FolderCheck['counts']), changed: files.length, missing: 1, twins: 1 },
    files: [...files, { path: '锁.rar', verdict: 'unreadable', why: 'it is encrypted: it was not looked at' }],
    missing: [{ key: month, record, name: anyName, sha256 }],
    twins: [{ by: 'copies', same: [anyName], reports: [{ key: month, record, number: anyName }] }],
  };
}

function inspection(): InspectionReport {
  const finding = {
    ...{ key: `${plant}/-/2024/inspection-finding.1`, record, clause: '6.1', seen: anyName.repeat(60) },
    figures: [{ record: month, figure: 'FC_t', unit: 't', decimals: 2 }],
    documents: [{ record: month, document: anyName }],
    values: { 'anchored.1': '96445.57', 'found.1': '97445.57', atStake_tCO2: '2045' },
    ...{ claimedAt: '2026-11-29T08:00:00Z', anchoredAt: '2026-11-29T09:00:00Z' },
  };
  return {
    ...{ schema: INSPECTION_REPORT_SCHEMA, ledger: 'a'.repeat(64), party: '11140000MB0FAKE14J' },
    ...{ signedAt: '2026-11-29T08:00:00Z', plants: [plant], years: ['2024'] },
    plan: { key: '11140000MB0FAKE14J/-/2024/inspection.1', record, basis: '碳排放数据质量专项监督执法' },
    sample: {
      ...{ rule: 'lowest-ticket', frame: [plant], tickets: [7], size: 1 },
      ...{ seed: '5e'.repeat(32), commitment: 'c'.repeat(64), drawn: [plant] },
    },
    ...{ check: folderCheck(), findings: [finding], notClaimed, receipts: [world.receipt()] },
  };
}

const statement = { site: 'http://127.0.0.1:8080', anchoredAt: {} };

/** One paper of every kind, by its name. */
export async function papersIn(language: Language): Promise<Readonly<Record<string, Uint8Array>>> {
  const receipts = [JSON.stringify(world.receipt())];
  const file = { path: anyName, size: 7, sha256, sm3: `sm3:${'b'.repeat(64)}`, record };
  const folder = { name: anyName, files: many.map((at) => ({ ...file, path: `${anyName}/${String(at)}` })) };
  const signed = { body: inspection(), keyId: `0x${'1'.repeat(40)}`, signature: `0x${'2'.repeat(130)}` };
  const traces = (['intact', 'broken', 'undecidable'] as const).map(
    async (status) => [`trace-${status}`, await makeTraceReport(trace(status), { language, isTrial: true })] as const,
  );
  return {
    certificate: await makeCertificate({ receipts, statement: { ...statement, language } }),
    'certificate-of-a-folder': await makeCertificate({ receipts, statement: { ...statement, language, folder } }),
    'inspection-report': await makeInspectionReport(signed, { language }),
    'reconciliation-report': await makeReconciliationReport(reconciliation(), { language, isTrial: true }),
    ...Object.fromEntries(await Promise.all(traces)),
  };
}
