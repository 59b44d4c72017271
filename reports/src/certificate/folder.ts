import { formatNumber, formatTime, utf8Encode, type Language } from '@carbon-ledger/core';
import { inLanguage, type Attachment, type Block } from '../paper';
import { signerName, type CertifiedRecord } from './receipt-facts';
import type { CertificateStatement } from './statement';

type Folder = NonNullable<CertificateStatement['folder']>;

/** Rows on the pages; the list that is attached has all. */
const MOST_ROWS = 400;

/** A folder with all its files, each with the record that names it, or just many records. */
export function folderBlocks(records: readonly CertifiedRecord[], statement: CertificateStatement): Block[] {
  const { language, folder, site } = statement;
  const t = inLanguage(language);
  const numbers = new Map(records.map(({ id }, at) => [id, String(at + 1)]));
  return [
    { kind: 'heading', text: t('记录', 'Records') },
    recordTable(records, statement),
    ...(folder === undefined ? [] : fileBlocks(folder, numbers, language)),
    {
      kind: 'code',
      content: `${site}/check`,
      text: `${t('扫码打开核验页面：', 'Scan to open the page that checks:')}\n${site}/check`,
    },
  ];
}

function recordTable(records: readonly CertifiedRecord[], { language }: CertificateStatement): Block {
  const t = inLanguage(language);
  return {
    kind: 'table',
    columns: [
      { title: '#', width: 0.5 },
      { title: t('数据名称', 'What was anchored'), width: 3 },
      { title: t('签署方', 'Signer'), width: 2.3 },
      { title: t('签署时间（自述）', 'Signed at (own word)'), width: 1.6 },
      { title: t('记录标识', 'Record id'), width: 3.4 },
    ],
    rows: records.map((one, at) => [
      String(at + 1),
      one.title,
      `${signerName(one)}\n${one.receipt.submission.party}`,
      formatTime(one.receipt.submission.signedAt),
      one.id,
    ]),
  };
}

function fileBlocks({ files }: Folder, numbers: ReadonlyMap<string, string>, language: Language): Block[] {
  const t = inLanguage(language);
  const shown = files.slice(0, MOST_ROWS);
  const more = files.length - shown.length;
  return [
    { kind: 'heading', text: t('文件清单', 'List of files') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 3.4 },
        { title: t('字节', 'Bytes'), width: 1, align: 'right' },
        { title: t('记录', 'Record'), width: 0.7 },
        { title: 'SHA-256', width: 5 },
      ],
      rows: shown.map(({ path, size, record, sha256 }) => [
        path,
        formatNumber(String(size)),
        numbers.get(record) ?? '',
        sha256,
      ]),
    },
    {
      kind: 'text',
      quiet: true,
      text: t(
        `全部 ${String(files.length)} 个文件及其 SHA-256 与 SM3 摘要见附件清单${more > 0 ? `；此处未列 ${String(more)} 个` : ''}。`,
        `All ${String(files.length)} files with SHA-256 and SM3 stand in the list that is attached${more > 0 ? `; ${String(more)} are not shown here` : ''}.`,
      ),
    },
  ];
}

/** One line a file, as `sha256sum` and people with a spreadsheet read it: CSV (RFC 4180) in UTF-8 with its mark. */
export function listOfFiles({ files }: Folder, language: Language): Attachment {
  const t = inLanguage(language);
  const head = [t('文件', 'file'), t('字节', 'bytes'), 'SHA-256', 'SM3', t('记录', 'record')];
  const rows = files.map(({ path, size, sha256, sm3, record }) => [path, String(size), sha256, sm3, record]);
  const text = [head, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
  return {
    name: t('文件清单.csv', 'files.csv'),
    mediaType: 'text/csv',
    bytes: utf8Encode(`\ufeff${text}\r\n`),
    description: t('文件清单', 'List of files'),
  };
}

/** What a spreadsheet would take for a formula stays text. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
