import {
  canonicalBytes,
  CERTIFICATE_SCHEMA,
  LedgerError,
  MAX_CERTIFIED,
  parseReceipt,
  utf8Encode,
  type Language,
} from '@carbon-ledger/core';
import { inLanguage, isOfTrial, makePdf, type Attachment, type Block, type Paper, trialBlocks } from '../paper';
import { folderBlocks, listOfFiles } from './folder';
import { certified, documentTable, figureTable, partyFacts, placeFacts, type CertifiedRecord } from './receipt-facts';
import { STATEMENT_NAME, type CertificateStatement } from './statement';
import { checkBlocks, legalBlocks, proofBlocks } from './words';

export interface CertificateRequest {
  /** Receipts as they were given out, packed or as text. */
  readonly receipts: readonly (Uint8Array | string)[];
  readonly statement: Omit<CertificateStatement, 'schema'>;
}

/**
 * 存证证书: a PDF that tells what receipts say and carries them. Receipts are read and not verified: whoever holds a certificate verifies
 * them by a policy of his own. The same receipts and statement always give the same bytes.
 * @throws LedgerError BAD_REQUEST for none or too many; PROOF_MALFORMED, PROOF_OVERSIZED, UNSUPPORTED_VERSION
 */
export async function makeCertificate(request: Readonly<CertificateRequest>): Promise<Uint8Array> {
  return makePdf(certificatePaper(request));
}

function certificatePaper({ receipts, statement: said }: CertificateRequest): Paper {
  const statement = { schema: CERTIFICATE_SCHEMA, ...said } as const;
  const { language } = statement;
  const given = inOrder(receipts, language);
  const records = given.map(({ record }) => record);
  const single = statement.folder === undefined && records.length === 1 ? records[0] : undefined;
  return {
    ...headOf(single, records, statement),
    blocks: [
      ...trialBlocks(
        records.some(({ receipt }) => isOfTrial(receipt)),
        'certificate',
        language,
      ),
      ...(single === undefined ? folderBlocks(records, statement) : recordBlocks(single, statement)),
      ...proofBlocks(single, language),
      ...legalBlocks(language),
      ...checkBlocks(statement.site, language),
    ],
    attachments: [...given.map(attached), ...statedFiles(statement)],
  };
}

interface Given {
  readonly receipt: Uint8Array | string;
  readonly record: CertifiedRecord;
}

/** In the order of their ids, as readers find attachments: so the same receipts make the same certificate. */
function inOrder(receipts: CertificateRequest['receipts'], language: Language): Given[] {
  if (receipts.length === 0 || receipts.length > MAX_CERTIFIED)
    throw new LedgerError('BAD_REQUEST', `a certificate has 1 to ${String(MAX_CERTIFIED)} records`);
  const given = receipts.map((receipt) => ({ receipt, record: certified(parseReceipt(receipt), language) }));
  return given.sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
}

function headOf(
  single: CertifiedRecord | undefined,
  records: readonly CertifiedRecord[],
  { language, folder }: CertificateStatement,
): Omit<Paper, 'blocks' | 'attachments'> {
  const t = inLanguage(language);
  const about = single?.title ?? titleOfMany(records, folder, language);
  return {
    language,
    title: t('存证证书', 'Certificate of Anchoring'),
    subtitle: about,
    foot: `${t('碳审计账本', 'Carbon Audit Ledger')} · ${single?.id ?? about}`,
    dated: lastSigned(records),
    keywords: [CERTIFICATE_SCHEMA, ...(single === undefined ? [] : [single.id])],
  };
}

function titleOfMany(
  records: readonly CertifiedRecord[],
  folder: CertificateStatement['folder'],
  language: Language,
): string {
  const t = inLanguage(language);
  const count = String(records.length);
  const many = t(`${count} 条记录`, `${count} records`);
  if (folder === undefined) return many;
  const files = String(folder.files.length);
  return `${folder.name} · ${t(`${files} 个文件`, `${files} files`)} · ${many}`;
}

/** The date of a certificate: nothing that it certifies was signed later. */
function lastSigned(records: readonly CertifiedRecord[]): string {
  const times = records.map(({ receipt }) => receipt.submission.signedAt);
  return times.sort().at(-1) ?? '';
}

function recordBlocks(one: CertifiedRecord, statement: CertificateStatement): Block[] {
  const { language, site } = statement;
  const t = inLanguage(language);
  const { documents, totals } = one.receipt.record;
  const link = `${site}/records/${one.id}`;
  return [
    {
      kind: 'facts',
      rows: [[t('证书编号（记录标识）', 'Certificate number (record id)'), one.id], ...partyFacts(one, language)],
    },
    { kind: 'heading', text: t('存证时间与位置', 'When and where') },
    { kind: 'facts', rows: placeFacts(one, statement) },
    { kind: 'heading', text: t('存证文件', 'Files') },
    documents.length === 0
      ? { kind: 'text', quiet: true, text: t('该记录未登记文件。', 'The record names no file.') }
      : documentTable(one, language),
    ...(Object.keys(totals).length === 0
      ? []
      : [{ kind: 'heading', text: t('公开数据项', 'Open figures') } as const, figureTable(one, language)]),
    {
      kind: 'code',
      content: link,
      text: `${t('扫码查看该记录当前是否仍然有效：', 'Scan to see whether the record still stands:')}\n${link}`,
    },
  ];
}

function attached({ receipt, record: { id, title } }: Given): Attachment {
  const isText = typeof receipt === 'string' || receipt[0] === '{'.charCodeAt(0);
  return {
    name: `${id.replace(':', '-')}.receipt${isText ? '.json' : ''}`,
    mediaType: isText ? 'application/json' : 'application/octet-stream',
    bytes: typeof receipt === 'string' ? utf8Encode(receipt) : receipt,
    description: title,
  };
}

function statedFiles(statement: CertificateStatement): Attachment[] {
  const t = inLanguage(statement.language);
  const said: Attachment = {
    name: STATEMENT_NAME,
    mediaType: 'application/json',
    bytes: canonicalBytes(statement),
    description: t('重新生成本证书所需的其余内容', 'All else that the certificate is made of'),
  };
  return statement.folder === undefined ? [said] : [said, listOfFiles(statement.folder, statement.language)];
}
