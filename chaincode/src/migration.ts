import {
  batchValue,
  canonicalBytes,
  canonicalize,
  LedgerError,
  openMigration,
  parseBatchProof,
  parseEarlierTransaction,
  parseStrict,
  takeBatch,
  type EarlierTransaction,
  type Fault,
  StoredView,
  type Founding,
  type Rulebooks,
  type ImportBatch,
  type TransactionContext,
  type TransactionFacts,
} from '@carbon-ledger/core';
import type { ChaincodeStub } from 'fabric-shim-api';
import { figuresCollection, ledgerKey, transactionKey } from './state-keys';
import { isObject, StubStore, transientField, writeEffects } from './stub-view';

const limits = { maxBytes: 64 * 1024 * 1024 };

interface BatchRequest {
  readonly transactions: readonly unknown[];
  readonly figures: Readonly<Record<string, unknown>>;
  readonly context: TransactionContext;
}

function isBatchRequest(value: unknown): value is BatchRequest {
  const request = value as Partial<BatchRequest> | null;
  return (
    isObject(request) &&
    Array.isArray(request.transactions) &&
    request.transactions.length > 0 &&
    isObject(request.figures) &&
    isObject(request.context) &&
    Array.isArray(request.context.records) &&
    isObject(request.context.figures)
  );
}

function parseTransactions(values: readonly unknown[]): EarlierTransaction[] {
  const faults: Fault[] = [];
  const transactions = values.flatMap((value, index) => {
    try {
      return [parseEarlierTransaction(value)];
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const path = `/transactions/${String(index)}`;
      const own = error.faults.length > 0 ? error.faults : [{ path: '', code: error.code, message: error.message }];
      faults.push(...own.map((fault) => ({ ...fault, path: path + fault.path })));
      return [];
    }
  });
  if (faults.length > 0) throw new LedgerError('BAD_REQUEST', 'transactions are not well formed', { faults });
  return transactions;
}

/** @throws LedgerError BAD_REQUEST, BAD_JSON */
function readBatch(stub: ChaincodeStub, now: string): ImportBatch {
  const value = parseStrict(transientField(stub, 'request'), limits);
  if (!isBatchRequest(value))
    throw new LedgerError('BAD_REQUEST', 'the transient field request needs transactions, figures and context');
  const { figures, context } = value;
  return { transactions: parseTransactions(value.transactions), figures, context, now };
}

/** @throws LedgerError what {@link openMigration} throws */
export async function openImport(
  stub: ChaincodeStub,
  facts: TransactionFacts,
  statement: string,
  founderProof: string,
): Promise<string> {
  const ledger = openMigration(facts, parseStrict(statement, limits), parseStrict(founderProof, limits));
  await stub.putState(ledgerKey, canonicalBytes(ledger));
  return canonicalize(ledger);
}

/** What a batch is brought with. */
interface BatchCall {
  readonly first: string;
  readonly proof: string;
  /** RFC 3339. */
  readonly time: string;
  readonly books: Rulebooks;
}

/** @throws LedgerError what {@link takeBatch} throws */
export async function importBatch(
  stub: ChaincodeStub,
  ledger: Founding,
  { first, proof, time, books }: BatchCall,
): Promise<string> {
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(first))
    throw new LedgerError('BAD_REQUEST', 'the log index of the first record is a number');
  const batch = { ...readBatch(stub, time), books };
  const view = new StoredView(new StubStore(stub));
  const taken = await takeBatch(ledger, Number(first), batch, parseBatchProof(parseStrict(proof)), view);
  const key = transactionKey(stub.getTxID());
  await stub.putState(key, canonicalBytes(batchValue(batch.transactions)));
  const { figures } = taken;
  if (Object.keys(figures).length > 0) await stub.putPrivateData(figuresCollection, key, canonicalBytes({ figures }));
  await writeEffects(stub, taken.view);
  await stub.putState(ledgerKey, canonicalBytes(taken.ledger));
  const accepted = batch.transactions.flatMap(({ submissions }) => submissions.map(({ id }) => id));
  stub.setEvent('submissions', canonicalBytes({ accepted }));
  return canonicalize({ progress: taken.ledger.earlier?.progress ?? null });
}
