import { equalBytes, utf8Encode } from '../bytes';
import { digestBytes } from '../digest/file-digest';
import { LedgerError } from '../errors';
import { parseCheckpoint, verifyLogSignature, type Checkpoint, type VerifiedCheckpoint } from '../log/checkpoint';
import { parseNote } from '../log/note';
import { rootFromInclusion } from '../merkle/verify';
import { verifyTimestamp, type VerifiedTimestamp } from '../timestamp';
import { ledgerSignedFor, type AnchorContract, type PinnedPolicy } from './policy';
import type { ReceiptQuestion, Step, StepName } from './question';
import { parseReceipt, receiptKey, receiptLeafHash, type ParsedReceipt, type ReceiptRecord } from './receipt';
import { formatHashId } from './record-id';
import { verifyKeyWindow, verifyPartySignature } from './signature';

/** A receipt on its way through the checks, and what they found. */
export interface Work {
  readonly question: ReceiptQuestion;
  readonly policy: PinnedPolicy;
  receipt: ParsedReceipt;
  checkpoint: Checkpoint;
  verified?: VerifiedCheckpoint;
  document?: ReceiptRecord['documents'][number];
  timestamp?: VerifiedTimestamp;
  posted?: AnchorContract;
  roots: Uint8Array[];
}

type Check = (work: Work) => Step['outcome'];

/** In this order, each failing closed with a code of its own (docs/formats/receipt.md). */
export const CHECKS: readonly (readonly [StepName, Check])[] = [
  ['document', checkDocument],
  ['record', checkRecord],
  ['signature', checkSignature],
  ['key', checkKey],
  ['inclusion', checkInclusion],
  ['root', checkRoot],
  ['checkpoint', checkCheckpoint],
  ['witnesses', checkWitnesses],
  ['timestamp', checkTimestamp],
  ['anchor', checkAnchor],
];

/** @throws LedgerError when the receipt is not well formed */
export function readQuestion(question: ReceiptQuestion, policy: PinnedPolicy): Work {
  const receipt = parseReceipt(question.receipt);
  return { question, policy, receipt, checkpoint: parseCheckpoint(parseNote(receipt.checkpoint).text), roots: [] };
}

/** What the holder's questions about the record are answered from. */
interface Held {
  readonly question: Pick<ReceiptQuestion, 'document' | 'expect'>;
  readonly receipt: { readonly record: ReceiptRecord };
  document?: ReceiptRecord['documents'][number];
}

export function checkDocument(work: Held): Step['outcome'] {
  const { document } = work.question;
  if (document === undefined) return 'not-asked';
  const { sha256, sm3 } = document instanceof Uint8Array ? digestBytes(document) : document;
  const found = work.receipt.record.documents.find((named) => named.sha256 === sha256 && named.sm3 === sm3);
  if (found === undefined) throw new LedgerError('DOCUMENT_MISMATCH', undefined, { details: { sha256, sm3 } });
  work.document = found;
  return 'ok';
}

export function checkRecord({ question: { expect }, receipt }: Held): Step['outcome'] {
  if (expect === undefined) return 'not-asked';
  const { record } = receipt;
  if (differs(expect.issuer, record.issuer)) throw new LedgerError('ISSUER_MISMATCH', `Issued by ${record.issuer}.`);
  const other =
    differs(expect.type, record.type) ||
    differs(expect.key, receiptKey(record)) ||
    differs(expect.recordId, formatHashId(receiptLeafHash(record)));
  if (other) throw new LedgerError('RECORD_MISMATCH', `The receipt is about ${receiptKey(record)}.`);
  return 'ok';
}

function differs(expected: string | undefined, found: string): boolean {
  return expected !== undefined && expected !== found;
}

function checkSignature({ receipt, policy }: Work): Step['outcome'] {
  if (receipt.ledger !== ledgerSignedFor(policy, receipt.logIndex))
    throw new LedgerError('WRONG_LEDGER', `Signed for ledger ${receipt.ledger}.`);
  verifyPartySignature(receipt);
  return 'ok';
}

function checkKey({ receipt }: Work): Step['outcome'] {
  const { signer, logIndex, submission } = receipt;
  verifyKeyWindow(signer.record, submission);
  // The founder alone registers itself, with the first leaf of the log.
  const founds = logIndex === 0n && signer.logIndex === 0n;
  if (signer.logIndex >= logIndex && !founds) {
    throw new LedgerError('KEY_NOT_VALID', 'The key was registered after the record was anchored.');
  }
  return 'ok';
}

function checkInclusion(work: Work): Step['outcome'] {
  const { record, logIndex, path, signer } = work.receipt;
  const { size } = work.checkpoint;
  work.roots.push(rootFromInclusion({ leafHash: receiptLeafHash(record), index: logIndex, size, path }));
  try {
    const leafHash = receiptLeafHash(signer.record);
    work.roots.push(rootFromInclusion({ leafHash, index: signer.logIndex, size, path: signer.path }));
  } catch (cause) {
    throw new LedgerError('SIGNER_UNPROVED', undefined, { cause });
  }
  return 'ok';
}

function checkRoot({ roots: [recordRoot, signerRoot], checkpoint: { rootHash } }: Work): Step['outcome'] {
  if (recordRoot === undefined || !equalBytes(recordRoot, rootHash)) throw new LedgerError('ROOT_MISMATCH');
  if (signerRoot === undefined || !equalBytes(signerRoot, rootHash)) throw new LedgerError('SIGNER_UNPROVED');
  return 'ok';
}

function checkCheckpoint(work: Work): Step['outcome'] {
  work.verified = verifyLogSignature(work.receipt.checkpoint, work.policy.checkpoint);
  return 'ok';
}

export function checkWitnesses({ verified, policy }: Pick<Work, 'verified' | 'policy'>): Step['outcome'] {
  const { quorum } = policy.checkpoint;
  if (quorum === 0) return 'not-asked';
  return (verified?.witnesses.length ?? 0) >= quorum ? 'ok' : 'pending';
}

/** Over the checkpoint's text, which its signatures are over too: so the log had this root at the authority's time. */
function checkTimestamp(work: Work): Step['outcome'] {
  const { timestampRoots: roots } = work.policy;
  const { timestamp: token, checkpoint } = work.receipt;
  if (roots.length === 0) return 'not-asked';
  if (token === undefined) return 'pending';
  work.timestamp = verifyTimestamp({ token, message: utf8Encode(parseNote(checkpoint).text), roots });
  return 'ok';
}

function checkAnchor(work: Work): Step['outcome'] {
  const { policy, receipt, question, checkpoint } = work;
  const { anchored } = question;
  const { anchor } = policy;
  if (anchor === undefined) return 'not-asked';
  if (receipt.anchor === undefined || anchored === undefined) return 'pending';
  const same = [receipt.anchor, anchored].every(
    ({ chainId, contract }) => chainId === anchor.chainId && contract === anchor.contract,
  );
  const holds = anchored.size === checkpoint.size && equalBytes(anchored.rootHash, checkpoint.rootHash);
  if (!same || !holds) throw new LedgerError('ANCHOR_INVALID');
  work.posted = anchor;
  return 'ok';
}
