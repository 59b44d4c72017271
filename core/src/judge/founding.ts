import { LedgerError } from '../errors';
import { bucketOf } from '../identifiers';
import { parseContent, partyContentSchema, recordId, type LedgerRecord } from '../records';
import { verifySubmissionSignature, type DigestedSubmission, type SignedSubmission } from '../submission';
import { assertKeyValid, assertTime, type TransactionFacts } from './authority';
import { headEntry } from './citations';
import type { HeadBucket, PartyState } from './state';

/** What the first record of a ledger makes of its state. */
export interface FoundingState {
  /** The founding authority. */
  readonly founder: string;
  readonly party: PartyState;
  readonly bucket: string;
  readonly heads: HeadBucket;
}

/**
 * The first authority registers itself: nobody was there before to do it. Its record is signed with its own key, which must be
 * valid then as for any later record: whoever verifies a receipt of it asks the same.
 * @throws LedgerError BAD_SUBMISSION, WRONG_LEDGER, WRONG_MSP, KEY_UNKNOWN, SIGNATURE_INVALID, KEY_NOT_VALID, PARTY_SUSPENDED,
 *   SIGNED_TIME_OUT_OF_RANGE
 */
export function judgeFounding(
  digested: DigestedSubmission,
  { ledger, msp, time }: Pick<TransactionFacts, 'ledger' | 'msp' | 'time'>,
): FoundingState {
  const { submission } = digested;
  const record = ownRecord(submission);
  if (submission.ledger !== ledger) throw new LedgerError('WRONG_LEDGER');
  parseContent(record);
  const content = partyContentSchema.parse(record.content);
  if (content.kind !== 'national-authority')
    throw new LedgerError('BAD_SUBMISSION', 'the founder is a national authority');
  if (msp !== undefined && !content.msps.includes(msp))
    throw new LedgerError('WRONG_MSP', `the founder does not name ${msp}`);
  const key = content.keys.find((candidate) => candidate.id === submission.keyId);
  if (!key) throw new LedgerError('KEY_UNKNOWN', 'the founder must sign with a key of its own record');
  verifySubmissionSignature(digested, key);
  assertKeyValid(key, submission.signedAt, time);
  assertTime(submission.signedAt, time);
  if (content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED', 'the founder calls itself suspended');
  const id = recordId(record);
  return {
    founder: submission.party,
    party: { record: id, version: 1, content },
    bucket: bucketOf(record.subject),
    heads: { [headEntry(record.subject, record.kind)]: { v: 1, r: id.slice(4) } },
  };
}

function ownRecord({ party, records }: SignedSubmission): LedgerRecord {
  const [record, ...rest] = records;
  const isOwn = record?.type === 'party' && record.issuer === party && record.subject.uscc === party;
  if (isOwn && rest.length === 0) return record;
  throw new LedgerError(
    'BAD_SUBMISSION',
    "the founding submission holds exactly one record: the founder's own party record",
  );
}
