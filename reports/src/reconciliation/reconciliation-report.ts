import {
  canonicalPieces,
  findingKinds,
  formatNumber,
  reconciled,
  type FindingKind,
  type Language,
  type ReconciliationReport,
} from '@carbon-ledger/core';
import { inLanguage, makePdf, trialBlocks, type Block, type Cell, type Tone } from '../paper';

type Row = ReconciliationReport['rows'][number];

/** Rows on the pages; the report that is attached has all. */
const MOST_ROWS = 500;

const sources: Readonly<Record<Row['source'], Readonly<Record<Language, string>>>> = {
  cancellations: { zh: '注销', en: 'Cancellation' },
  bookings: { zh: '登记', en: 'Booking' },
  applications: { zh: '申请', en: 'Application' },
};

export interface ReconciliationReportOptions {
  readonly language: Language;
  /** Its facts are of a ledger to try things on. */
  readonly isTrial?: boolean;
}

/**
 * 对账报告: what the files of both registries and the provinces say of offsets, with every row that does not match. The same
 * reconciliation always gives the same bytes; it is attached whole, with the digest that can be anchored.
 */
export function makeReconciliationReport(
  report: ReconciliationReport,
  { language, isTrial = false }: Readonly<ReconciliationReportOptions>,
): Promise<Uint8Array> {
  const t = inLanguage(language);
  return makePdf({
    language,
    title: t('对账报告', 'Reconciliation Report'),
    subtitle: t(
      `${report.year} 履约年度 · 截至 ${report.asOf}`,
      `Compliance year ${report.year} · as of ${report.asOf}`,
    ),
    foot: `${t('碳审计账本', 'Carbon Audit Ledger')} · ${report.digest}`,
    dated: `${report.asOf}T00:00:00Z`,
    keywords: [report.schema],
    blocks: [
      ...trialBlocks(isTrial, 'report', language),
      verdictOf(report, language),
      { kind: 'facts', rows: factsOf(report, language) },
      ...fileBlocks(report, language),
      ...kindBlocks(report, language),
      ...enterpriseBlocks(report, language),
      ...rowBlocks(report, language),
    ],
    attachments: [
      {
        name: 'reconciliation.json',
        mediaType: 'application/json',
        bytes: Buffer.concat(Array.from(canonicalPieces(report), (piece) => Buffer.from(piece))),
        description: t('完整对账结果', 'The reconciliation, whole'),
      },
    ],
  });
}

function verdictOf(report: ReconciliationReport, language: Language): Block {
  const t = inLanguage(language);
  const verdict = reconciled(report);
  if (verdict === 'undecidable')
    return {
      kind: 'verdict',
      tone: 'warn',
      text: t('无法判定：没有可比对的行。', 'Undecidable: there is no row to compare.'),
    };
  return verdict === 'same'
    ? { kind: 'verdict', tone: 'good', text: t('全部一致，或仅待登记。', 'Everything matches, or only waits.') }
    : { kind: 'verdict', tone: 'bad', text: t('存在不一致。', 'There are mismatches.') };
}

function factsOf(
  { totals, ledger, digest, enterprises }: ReconciliationReport,
  language: Language,
): (readonly [string, string])[] {
  const t = inLanguage(language);
  const tonnes = (value: string): string => `${formatNumber(value)} ${t('吨', 't')}`;
  return [
    [t('注销', 'Cancelled'), tonnes(totals.cancelled)],
    [t('登记', 'Booked'), tonnes(totals.booked)],
    [t('申请', 'Applied for'), tonnes(totals.applied)],
    [t('企业', 'Enterprises'), String(enterprises.length)],
    [t('账本', 'Ledger'), ledgerWords(ledger, language)],
    [t('对账摘要', 'Digest'), digest],
  ];
}

function ledgerWords(ledger: ReconciliationReport['ledger'], language: Language): string {
  const t = inLanguage(language);
  if (ledger === null) return t('未与账本比对', 'not compared with a ledger');
  const facts = t(`${String(ledger.facts)} 项事实`, `${String(ledger.facts)} facts`);
  return [ledger.ledger ?? ledger.file ?? '', facts].join(' · ');
}

function fileBlocks({ files }: ReconciliationReport, language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('输入文件', 'Files') },
    {
      kind: 'table',
      columns: [
        { title: t('来源', 'Side'), width: 1 },
        { title: t('文件', 'File'), width: 3 },
        { title: t('行', 'Rows'), width: 1, align: 'right' },
        { title: 'SHA-256', width: 5 },
      ],
      rows: files.map(({ source, name, rows, sha256 }) => [sources[source][language], name, String(rows), sha256]),
    },
  ];
}

function kindBlocks({ totals }: ReconciliationReport, language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('结果汇总', 'Answers') },
    {
      kind: 'table',
      columns: [
        { title: t('规则', 'Rule'), width: 1 },
        { title: t('结果', 'Answer'), width: 4 },
        { title: t('行数', 'Rows'), width: 1, align: 'right' },
      ],
      rows: Object.entries(totals.kinds).map(([kind, count]) => {
        const { rule, title, severity } = findingKinds[kind as FindingKind];
        return [rule, { text: title[language], tone: tones[severity] }, String(count)];
      }),
    },
  ];
}

const tones: Readonly<Record<Row['severity'], Tone>> = {
  none: 'good',
  info: 'plain',
  warn: 'warn',
  critical: 'bad',
  block: 'bad',
};

function enterpriseBlocks({ enterprises }: ReconciliationReport, language: Language): Block[] {
  const t = inLanguage(language);
  const number = (title: string): { title: string; width: number; align: 'right' } => ({
    title,
    width: 1.6,
    align: 'right',
  });
  return [
    { kind: 'heading', text: t('按企业', 'By enterprise') },
    {
      kind: 'table',
      columns: [
        { title: t('企业', 'Enterprise'), width: 3.6 },
        number(t('应清缴', 'Due')),
        number(t('上限', 'Cap')),
        number(t('申请', 'Applied')),
        number(t('注销', 'Cancelled')),
        number(t('登记', 'Booked')),
      ],
      rows: enterprises
        .slice(0, MOST_ROWS)
        .map(({ name, uscc, due, cap, applied, cancelled, booked }) => [
          `${name}\n${uscc}`,
          ...[due, cap, applied, cancelled, booked].map((value) => (value === null ? '–' : formatNumber(value))),
        ]),
    },
  ];
}

function rowBlocks({ rows }: ReconciliationReport, language: Language): Block[] {
  const t = inLanguage(language);
  const open = rows.filter(({ severity }) => severity !== 'none');
  if (open.length === 0) return [];
  const left = open.length - MOST_ROWS;
  return [
    { kind: 'heading', text: t('不一致与待处理的行', 'Rows that do not match, or wait') },
    {
      kind: 'table',
      columns: [
        { title: t('位置', 'Place'), width: 2.4 },
        { title: t('企业', 'Enterprise'), width: 2 },
        { title: t('数量（吨）', 'Tonnes'), width: 1.2, align: 'right' },
        { title: t('结果', 'Answer'), width: 4.4 },
      ],
      rows: open.slice(0, MOST_ROWS).map((row) => rowCells(row, language)),
    },
    ...(left > 0
      ? [
          {
            kind: 'text',
            quiet: true,
            text: t(`其余 ${String(left)} 行见附件。`, `${String(left)} more stand in the attachment.`),
          } as const,
        ]
      : []),
  ];
}

function rowCells({ source, file, sheet, row, uscc, qty, severity, findings }: Row, language: Language): Cell[] {
  const said = findings.map((finding) => findingWords(finding, language)).join('\n');
  const place = [file, sheet, String(row)].filter((part) => part !== '').join(' ');
  return [`${sources[source][language]}\n${place}`, uscc, formatNumber(qty), { text: said, tone: tones[severity] }];
}

/** What a row gets, with its cell and what stands on the other side. */
function findingWords({ kind, cell, found, expected, other }: Row['findings'][number], language: Language): string {
  const { rule, title } = findingKinds[kind];
  const against = expected ?? other?.value;
  const parts = [
    `${rule} ${title[language]}`,
    ...(cell === undefined ? [] : [`${cell}${found === undefined ? '' : ` = ${found}`}`]),
    ...(against === undefined ? [] : [`≠ ${against}`]),
  ];
  return parts.join(' · ');
}
