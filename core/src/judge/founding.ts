import { LedgerError } from '../errors';
import { recordId, type LedgerRecord } from '../records';
import { firstEdition, parseContent, partyContentSchema, rulebooks } from '../rulebook';
import {
  assertKeyPossessed,
  verifySubmissionSignature,
  type DigestedSubmission,
  type SignedSubmission,
} from '../submission';
import { emptyView, OverlayView, type LedgerView } from '../state';
import { assertKeyValid, assertTime, type TransactionFacts } from './authority';
import { applyRecord } from './effects';

/** What the first record of a ledger makes of its state. */
export interface FoundingState {
  /** The founding authority. */
  readonly founder: string;
  /** Id of its party record. */
  readonly record: string;
  readonly view: OverlayView;
}

/**
 * The first authority registers itself: nobody was there before to do it. Its record is signed with its own key, which must be
 * valid then as for any later record: whoever verifies a receipt of it asks the same.
 * @throws LedgerError BAD_SUBMISSION, WRONG_LEDGER, WRONG_MSP, KEY_UNKNOWN, SIGNATURE_INVALID, KEY_NOT_VALID, PARTY_SUSPENDED,
 *   SIGNED_TIME_OUT_OF_RANGE
 */
export async function judgeFounding(
  digested: DigestedSubmission,
  { ledger, msp, time }: Pick<TransactionFacts, 'ledger' | 'msp' | 'time'>,
  base: LedgerView = emptyView,
): Promise<FoundingState> {
  const { submission } = digested;
  const record = ownRecord(submission);
  if (submission.ledger !== ledger) throw new LedgerError('WRONG_LEDGER');
  assertFounder(record, digested, { msp, time });
  const id = recordId(record);
  const view = new OverlayView(base);
  const rulebook = rulebooks.get(firstEdition);
  if (rulebook !== undefined) await applyRecord(record, { id, time, records: () => undefined }, view, rulebook);
  return { founder: submission.party, record: id, view };
}

function assertFounder(
  record: LedgerRecord,
  digested: DigestedSubmission,
  { msp, time }: { readonly msp: string | undefined; readonly time: string },
): void {
  parseContent(record);
  const content = partyContentSchema.parse(record.content);
  if (content.kind !== 'national-authority')
    throw new LedgerError('BAD_SUBMISSION', 'the founder is a national authority');
  if (msp !== undefined && !content.msps.includes(msp))
    throw new LedgerError('WRONG_MSP', `the founder does not name ${msp}`);
  for (const key of content.keys) assertKeyPossessed(record.subject.uscc, key);
  const key = content.keys.find((candidate) => candidate.id === digested.submission.keyId);
  if (!key) throw new LedgerError('KEY_UNKNOWN', 'the founder must sign with a key of its own record');
  verifySubmissionSignature(digested, key);
  assertKeyValid(key, digested.submission.signedAt, time);
  assertTime(digested.submission.signedAt, time);
  if (content.status !== 'active') throw new LedgerError('PARTY_SUSPENDED', 'the founder calls itself suspended');
}

function ownRecord({ party, records }: SignedSubmission): LedgerRecord {
  const [record, ...rest] = records;
  const isOwn = record?.type === 'party' && record.issuer === party && record.subject.uscc === party;
  if (isOwn && record.version === 1 && rest.length === 0) return record;
  throw new LedgerError(
    'BAD_SUBMISSION',
    "the founding submission holds exactly one record: the founder's own party record",
  );
}
