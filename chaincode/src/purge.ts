import {
  assertPurgeOrdered,
  judgePurge,
  LedgerError,
  mayCarry,
  parsePurgeOrder,
  parsePurgeRequest,
  StoredView,
  purgeBytes,
  type Founding,
  type PurgeState,
  type RetainedTransaction,
} from '@carbon-ledger/core';
import type { ChaincodeStub } from 'fabric-shim-api';
import { figuresCollection, purgeKey, transactionKey } from './state-keys';
import { readJson, StubStore } from './stub-view';

/** Who purges, and when. */
interface PurgeFacts {
  readonly msp: string;
  readonly time: string;
}

/**
 * Forgets private figures whose retention is over. The founding authority's organisations alone may do it, as the authority
 * itself has signed it: what is purged is lost, and the transaction's time is its client's claim (each endorsing peer holds it to its own clock, 15 minutes wide).
 */
export async function purgeFigures(
  stub: ChaincodeStub,
  ledger: Founding,
  facts: PurgeFacts,
  text: string,
  order: string,
): Promise<PurgeState> {
  const founder = await new StoredView(new StubStore(stub)).get('party', ledger.founder);
  const { organisations = {} } = ledger.earlier ?? {};
  if (!mayCarry(founder?.content.msps ?? [], facts.msp, organisations)) {
    throw new LedgerError(
      'WRONG_MSP',
      `${facts.msp} does not stand for the founding authority, which alone may purge.`,
    );
  }
  const request = parsePurgeRequest(text);
  const at = { ledger: ledger.ledgerId, founder: ledger.founder, time: facts.time };
  assertPurgeOrdered(request, parsePurgeOrder(order), founder, at);
  const found = new Map<string, RetainedTransaction>();
  for (const txId of request.transactions) {
    const bytes = await stub.getState(transactionKey(txId));
    if (bytes.length > 0) found.set(txId, await retained(stub, txId, bytes));
  }
  const state = judgePurge(request, found, facts.time);
  for (const txId of state.transactions) await stub.purgePrivateData(figuresCollection, transactionKey(txId));
  await stub.putState(purgeKey(stub.getTxID()), purgeBytes(state));
  return state;
}

async function retained(stub: ChaincodeStub, txId: string, bytes: Uint8Array): Promise<RetainedTransaction> {
  const { submissions } = readJson(bytes) as { readonly submissions: readonly { readonly signedAt: string }[] };
  const hash = await stub.getPrivateDataHash(figuresCollection, transactionKey(txId));
  return { signedAt: submissions.map(({ signedAt }) => signedAt), isHeld: hash.length > 0 };
}
