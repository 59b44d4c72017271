import {
  attachmentsOf,
  canonicalBytes,
  digestOfInspectionReport,
  INSPECTION_REPORT_SCHEMA,
  LedgerError,
  parseInspectionReport,
  parseReceipt,
  parseStrict,
  utf8Decode,
  type InspectionReport,
  type Language,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import { inLanguage, isOfTrial, makePdf, trialBlocks, type Block } from '../paper';
import { checkBlocks } from './check-blocks';
import { findingBlocks } from './finding-blocks';
import { planBlocks } from './plan-blocks';
import { partyNames, recordBlocks } from './record-blocks';
import { reportFacts, verdictOf } from './summary';

export interface InspectionReportOptions {
  readonly language: Language;
}

const ATTACHED = 'inspection-report.json';
/** Longest paper that is read, and longest that what is attached may unpack to: receipts of thousands of records. */
const limits = { file: 64 * 1024 * 1024, count: 8, content: 128 * 1024 * 1024 };

/**
 * 检查报告: what was planned, drawn, looked at and found, for people. The signed report with its receipts is attached as it was
 * signed: it alone proves, and verifies offline. The same report always gives the same bytes.
 * @throws LedgerError PROOF_MALFORMED where a receipt of it is none
 */
export function makeInspectionReport(
  report: SignedInspectionReport,
  { language }: Readonly<InspectionReportOptions>,
): Promise<Uint8Array> {
  const t = inLanguage(language);
  const { body } = report;
  return makePdf({
    language,
    title: t('检查报告', 'Inspection Report'),
    subtitle: subtitleOf(body, language),
    foot: `${t('碳审计账本', 'Carbon Audit Ledger')} · ${digestOfInspectionReport(report)}`,
    dated: body.signedAt,
    keywords: [INSPECTION_REPORT_SCHEMA, ...(body.plan === undefined ? [] : [body.plan.record])],
    blocks: blocksOf(report, language),
    attachments: [
      {
        name: ATTACHED,
        mediaType: 'application/json',
        bytes: canonicalBytes(report),
        description: t('经签名的检查报告及所引记录的回执', 'The signed report, with the receipts of all that it names'),
      },
    ],
  });
}

export function blocksOf(report: SignedInspectionReport, language: Language): Block[] {
  const { body } = report;
  const receipts = body.receipts.map((receipt) => parseReceipt(receipt));
  return [
    ...trialBlocks(receipts.some(isOfTrial), 'report', language),
    verdictOf(body, language),
    { kind: 'facts', rows: reportFacts(report, partyNames(receipts), language) },
    ...planBlocks(body, language),
    ...checkBlocks(body, language),
    ...findingBlocks(body, language),
    ...recordBlocks(receipts, language),
    ...limitBlocks(body, language),
  ];
}

function subtitleOf({ plants, years }: InspectionReport, language: Language): string {
  const t = inLanguage(language);
  const more = plants.length > 3 ? t(` 等 ${String(plants.length)} 家`, ` and ${String(plants.length - 3)} more`) : '';
  const period = years.length === 0 ? t('全部年度', 'all years') : years.join(', ');
  return `${plants.slice(0, 3).join(', ')}${more} · ${period}`;
}

function limitBlocks({ notClaimed }: InspectionReport, language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('本报告不说明什么', 'What this report does not claim') },
    { kind: 'list', items: notClaimed.map((sentence) => sentence[language]) },
    {
      kind: 'text',
      quiet: true,
      text: t(
        `版面便于阅读；证明力在附件 ${ATTACHED}：carbon-ledger inspect verify 可离线核验签名与全部回执，并比对版面。`,
        `Pages are for reading; ${ATTACHED}, which is attached, proves: carbon-ledger inspect verify checks its signature and every receipt offline, and holds these pages to it.`,
      ),
    },
  ];
}

/**
 * The signed report that a paper carries.
 * @throws LedgerError BAD_FILE where it carries none; what {@link attachmentsOf} throws
 */
export function inspectionReportIn(pdf: Uint8Array): SignedInspectionReport {
  const found = attachmentsOf(pdf, limits).find(({ name }) => name === ATTACHED);
  if (found === undefined) throw new LedgerError('BAD_FILE', 'the PDF carries no report of an inspection');
  return parseInspectionReport(parseStrict(utf8Decode(found.bytes)));
}

/**
 * Whether the pages are those that this version makes of what is attached, in the language that it says, byte by byte. False for a paper of
 * another version too: then what its pages say is for nobody to rely on, and what is attached alone counts.
 * @throws LedgerError as {@link inspectionReportIn}
 */
export async function isInspectionReportAsIssued(pdf: Uint8Array): Promise<boolean> {
  const report = inspectionReportIn(pdf);
  const bytes = Buffer.from(pdf);
  const language = bytes.includes('/Lang (en)') ? 'en' : 'zh';
  return bytes.equals(await makeInspectionReport(report, { language }));
}
