import {
  bucketOf,
  headEntry,
  LedgerError,
  parseContent,
  partyContentSchema,
  recordId,
  verifySubmissionSignature,
  type DigestedSubmission,
  type HeadBucket,
  type PartyState,
} from '@carbon-ledger/core';

/** What the state says of the ledger as a whole. */
export interface Founding {
  /** Hex hash of the channel's genesis block; the EIP-712 salt of every signature. */
  readonly ledgerId: string;
  readonly founder: string;
  /** Record id of the founder's party record. */
  readonly record: string;
}

interface FoundingState {
  readonly ledger: Founding;
  readonly party: PartyState;
  readonly bucket: string;
  readonly heads: HeadBucket;
}

/**
 * The first authority registers itself: nobody was there before to do it. Its record is signed with its own key.
 * @throws LedgerError BAD_SUBMISSION, WRONG_LEDGER, WRONG_MSP, SIGNATURE_INVALID
 */
export function founding(ledgerId: string, digested: DigestedSubmission, msp: string): FoundingState {
  const { submission } = digested;
  const [record, ...rest] = submission.records;
  if (
    record?.type !== 'party' ||
    rest.length > 0 ||
    record.issuer !== submission.party ||
    record.subject.uscc !== submission.party
  ) {
    throw new LedgerError(
      'BAD_SUBMISSION',
      "the founding submission holds exactly one record: the founder's own party record",
    );
  }
  if (submission.ledger !== ledgerId) throw new LedgerError('WRONG_LEDGER');
  parseContent(record);
  const content = partyContentSchema.parse(record.content);
  if (content.kind !== 'national-authority')
    throw new LedgerError('BAD_SUBMISSION', 'the founder is a national authority');
  if (!content.msps.includes(msp)) throw new LedgerError('WRONG_MSP', `the founder does not name ${msp}`);
  const key = content.keys.find((candidate) => candidate.id === submission.keyId);
  if (!key) throw new LedgerError('KEY_UNKNOWN', 'the founder must sign with a key of its own record');
  verifySubmissionSignature(digested, key);
  const id = recordId(record);
  return {
    ledger: { ledgerId, founder: submission.party, record: id },
    party: { record: id, version: 1, content },
    bucket: bucketOf(record.subject),
    heads: { [headEntry(record.subject, record.kind)]: { v: 1, r: id.slice(4) } },
  };
}
