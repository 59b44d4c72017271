import {
  assertKeyValid,
  assertTime,
  bucketOf,
  canonicalBytes,
  digestSubmission,
  headEntry,
  LedgerError,
  parseContent,
  parseStrict,
  parseSubmission,
  partyContentSchema,
  recordId,
  utf8Decode,
  verifySubmissionSignature,
  type DigestedSubmission,
  type LedgerRecord,
  type PartyContent,
} from '@carbon-ledger/core';
import type { EndorserTransaction } from '../blocks/envelope';

/** What the first transaction of a ledger must have written. */
export interface FoundingWrites {
  readonly ledgerId: string;
  readonly founder: string;
  readonly digested: DigestedSubmission;
  readonly writes: ReadonlyMap<string, Uint8Array>;
}

function onlyRecord(digested: DigestedSubmission, ledgerId: string): LedgerRecord {
  const { submission } = digested;
  const [record, ...others] = submission.records;
  if (record?.type !== 'party' || others.length > 0 || record.subject.uscc !== submission.party)
    throw new LedgerError('BAD_SUBMISSION', 'a founding holds exactly the party record of the founder');
  if (record.issuer !== submission.party) throw new LedgerError('NOT_ALLOWED_TO_FILE', 'the founder issues its record');
  if (submission.ledger !== ledgerId) throw new LedgerError('WRONG_LEDGER');
  return record;
}

function foundingContent(
  record: LedgerRecord,
  digested: DigestedSubmission,
  { msp, time }: { msp: string; time: string },
): PartyContent {
  parseContent(record);
  const content = partyContentSchema.parse(record.content);
  if (content.kind !== 'national-authority')
    throw new LedgerError('NOT_ALLOWED_TO_FILE', 'a ledger is founded nationally');
  if (!content.msps.includes(msp)) throw new LedgerError('WRONG_MSP', `the founder does not name ${msp}`);
  const key = content.keys.find(({ id }) => id === digested.submission.keyId);
  if (key === undefined) throw new LedgerError('KEY_UNKNOWN', 'the founder signs with a key of its own record');
  verifySubmissionSignature(digested, key);
  assertKeyValid(key, digested.submission.signedAt, time);
  assertTime(digested.submission.signedAt, time);
  if (content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED', 'the founder calls itself suspended');
  return content;
}

/** Transaction time in RFC 3339 and whole seconds, as the contract reads it. */
export function timeOf({ header }: Pick<EndorserTransaction, 'header'>): string {
  return new Date(header.time).toISOString().replace(/\.[0-9]+Z$/, 'Z');
}

/**
 * Judges the founding of a ledger from what its first transaction was asked to do.
 * @throws LedgerError with the code of the rule that it breaks
 */
export function foundingWrites(transaction: EndorserTransaction, msp: string): FoundingWrites {
  const { args, header } = transaction;
  const [, ledgerId, submissionText] = args.map(utf8Decode);
  const digested = digestSubmission(parseSubmission(parseStrict(submissionText ?? '')));
  const record = onlyRecord(digested, ledgerId ?? '');
  const content = foundingContent(record, digested, { msp, time: timeOf(transaction) });
  const id = recordId(record);
  const { submission } = digested;
  const writes = new Map([
    ['ledger', canonicalBytes({ ledgerId, founder: submission.party, record: id })],
    [`party/${submission.party}`, canonicalBytes({ record: id, version: 1, content })],
    [
      `head/${bucketOf(record.subject)}`,
      canonicalBytes({ [headEntry(record.subject, record.kind)]: { v: 1, r: id.slice(4) } }),
    ],
    [`tx/${header.txId}`, canonicalBytes({ submissions: [submission] })],
  ]);
  return { ledgerId: ledgerId ?? '', founder: submission.party, digested, writes };
}
