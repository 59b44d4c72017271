import {
  canonicalBytes,
  digestSubmission,
  judgeFounding,
  parseStrict,
  parseSubmission,
  utf8Decode,
  type DigestedSubmission,
} from '@carbon-ledger/core';
import type { EndorserTransaction } from '../blocks/envelope';

/** What the first transaction of a ledger must have written. */
export interface FoundingWrites {
  readonly ledgerId: string;
  readonly founder: string;
  readonly digested: DigestedSubmission;
  readonly writes: ReadonlyMap<string, Uint8Array | null>;
}

/** Transaction time in RFC 3339 and whole seconds, as the contract reads it. */
export function timeOf({ header }: Pick<EndorserTransaction, 'header'>): string {
  return new Date(header.time).toISOString().replace(/\.[0-9]+Z$/, 'Z');
}

/**
 * Judges the founding of a ledger from what its first transaction was asked to do.
 * @throws LedgerError with the code of the rule that it breaks
 */
export async function foundingWrites(transaction: EndorserTransaction, msp: string): Promise<FoundingWrites> {
  const { args, header } = transaction;
  const [, ledgerId = '', submissionText = ''] = args.map(utf8Decode);
  const digested = digestSubmission(parseSubmission(parseStrict(submissionText)));
  const { founder, record, view } = await judgeFounding(digested, { ledger: ledgerId, msp, time: timeOf(transaction) });
  const writes = new Map<string, Uint8Array | null>([
    ['ledger', canonicalBytes({ ledgerId, founder, record })],
    ...view.writes(),
    [`tx/${header.txId}`, canonicalBytes({ submissions: [digested.submission] })],
  ]);
  return { ledgerId, founder, digested, writes };
}
