import {
  documentRoleWords,
  figureWords,
  formatNumber,
  formatTime,
  formatUnit,
  parseCheckpoint,
  parseNote,
  receiptKey,
  receiptRecordId,
  recordTitle,
  type Language,
  type ParsedReceipt,
  type RecordType,
} from '@carbon-ledger/core';
import { inLanguage, type Block } from '../paper';
import type { CertificateStatement } from './statement';

/** A receipt with what a certificate says of it. */
export interface CertifiedRecord {
  readonly id: string;
  readonly title: string;
  readonly receipt: ParsedReceipt;
}

export function certified(receipt: ParsedReceipt, language: Language): CertifiedRecord {
  const { record } = receipt;
  const named = {
    type: record.type as RecordType,
    kind: record.kind,
    subject: record.subject,
    version: record.version,
  };
  return { id: receiptRecordId(record), title: recordTitle(named, language), receipt };
}

/** Name of the signing party, out of its own record in the receipt. */
export function signerName({ receipt }: CertifiedRecord): string {
  const { name } = receipt.signer.record.content;
  return typeof name === 'string' ? name : receipt.submission.party;
}

export function logSize({ receipt }: CertifiedRecord): bigint {
  return parseCheckpoint(parseNote(receipt.checkpoint).text).size;
}

type Facts = Extract<Block, { kind: 'facts' }>['rows'];

/** Who: the party that signed, and whom the record is about. */
export function partyFacts(one: CertifiedRecord, language: Language): Facts {
  const t = inLanguage(language);
  const { record, submission } = one.receipt;
  return [
    [t('存证主体（签署方）', 'Anchored by (signer)'), signerName(one)],
    [t('统一社会信用代码', 'Unified social credit code'), submission.party],
    [t('所涉主体', 'About'), record.subject.uscc],
    [t('数据名称', 'What was anchored'), one.title],
    [t('业务键', 'Business key'), receiptKey(record)],
    [t('签名算法', 'Signature suite'), submission.suite],
    [t('签名密钥标识', 'Signing key'), submission.keyId],
  ];
}

/** When and where: of the times only a timestamp is proved by somebody else, and each says whose word it is. */
export function placeFacts(one: CertifiedRecord, { language, anchoredAt }: CertificateStatement): Facts {
  const t = inLanguage(language);
  const { submission, ledger, txId, blockNumber, logIndex, timestamp } = one.receipt;
  const time = anchoredAt[one.id];
  return [
    [t('签署时间（签署方自述）', 'Signed at (the signer’s word)'), formatTime(submission.signedAt)],
    ...(time === undefined
      ? []
      : [[t('上链时间（账本交易时间）', 'Anchored at (the ledger’s transaction)'), formatTime(time)] as const]),
    [
      t('可信时间戳', 'Trusted timestamp'),
      timestamp === undefined
        ? t('未附', 'none attached')
        : t('已附（RFC 3161，由核验方核验）', 'attached (RFC 3161, for the verifier to check)'),
    ],
    [t('账本标识', 'Ledger'), ledger],
    [t('交易编号', 'Transaction'), txId],
    [t('区块高度', 'Block'), blockNumber.toString()],
    [
      t('日志序号', 'Entry of the log'),
      t(
        `第 ${logIndex.toString()} 条（检查点共 ${logSize(one).toString()} 条）`,
        `${logIndex.toString()} (of ${logSize(one).toString()} under the checkpoint)`,
      ),
    ],
  ];
}

/** The files that the record names. */
export function documentTable({ receipt }: CertifiedRecord, language: Language): Block {
  const t = inLanguage(language);
  return {
    kind: 'table',
    columns: [
      { title: t('文件', 'File'), width: 2.6 },
      { title: t('用途', 'Purpose'), width: 1.2 },
      { title: t('字节', 'Bytes'), width: 0.9, align: 'right' },
      { title: t('摘要（SHA-256，SM3）', 'Digests (SHA-256, SM3)'), width: 5 },
    ],
    rows: receipt.record.documents.map(({ name, role, size, sha256, sm3 }) => [
      name,
      documentRoleWords(role)[language],
      formatNumber(size),
      `${sha256}\n${sm3}`,
    ]),
  };
}

/** The figures that are open to everybody. */
export function figureTable({ receipt }: CertifiedRecord, language: Language): Block {
  const t = inLanguage(language);
  return {
    kind: 'table',
    columns: [
      { title: t('数据项', 'Figure'), width: 3 },
      { title: t('数值', 'Value'), width: 2, align: 'right' },
      { title: t('单位', 'Unit'), width: 1 },
    ],
    rows: Object.entries(receipt.record.totals).map(([name, { value, unit }]) => [
      figureWords(name)[language],
      formatNumber(value),
      formatUnit(unit, language),
    ]),
  };
}
