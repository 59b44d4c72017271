import { formatTime, receiptKey, receiptRecordId, type Language, type ParsedReceipt } from '@carbon-ledger/core';
import { inLanguage, type Block } from '../paper';
import { keyTitle } from './check-blocks';
import { MOST_ROWS, restOf } from './rest-of';

/** Names of parties as their registrations among the receipts say them. */
export function partyNames(receipts: readonly ParsedReceipt[]): ReadonlyMap<string, string> {
  const registrations = receipts.flatMap(({ record, signer }) => [signer.record, record]);
  return new Map(
    registrations.flatMap(({ type, subject, content: { name } }) =>
      type === 'party' && typeof name === 'string' ? [[subject.uscc, name] as const] : [],
    ),
  );
}

/** Every record that the report names: its receipt is attached. */
export function recordBlocks(receipts: readonly ParsedReceipt[], language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('所引记录（均附回执）', 'Records named (with their receipts)') },
    {
      kind: 'table',
      columns: [
        { title: t('记录', 'Record'), width: 6.4 },
        { title: t('签署方与时间（自述）', 'Signer, and when (its word)'), width: 2.8 },
        { title: t('日志序号', 'Log entry'), width: 1, align: 'right' },
      ],
      rows: receipts
        .slice(0, MOST_ROWS)
        .map(({ record, submission, logIndex }) => [
          `${keyTitle(receiptKey(record), language)}\n${receiptRecordId(record)}`,
          `${submission.party}\n${formatTime(submission.signedAt)}`,
          logIndex.toString(),
        ]),
    },
    ...restOf(receipts.length, language),
  ];
}
