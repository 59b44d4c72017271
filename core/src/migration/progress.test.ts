import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { toHex, utf8Encode } from '../bytes';
import { isLedgerError } from '../errors';
import { noteSigner, originOf, signCheckpoint } from '../log';
import { consistencyPath, leafHash, rootOf } from '../merkle';
import { advance, assertNext, noProgress, positionOf, type BatchProof, type ImportProgress } from './progress';
import type { EarlierLedger } from './statement';
import { earlierTransactionLeaf, recordLeaves, type EarlierTransaction } from './transaction';

const ledger = 'e1'.repeat(32);
const signer = noteSigner(originOf(ledger), 'ed25519', new Uint8Array(32).fill(7));
const leafOf = (name: string): Uint8Array => leafHash(utf8Encode(name));

/** A transaction of submissions of so many records each. */
function transaction(at: number, sizes: readonly number[]): EarlierTransaction {
  const name = `transaction ${String(at)}`;
  const submissions = sizes.map((size, number): EarlierTransaction['submissions'][number] => {
    const own = `${name} submission ${String(number)}`;
    const leafHashes = Array.from({ length: size }, (_, index) => leafOf(`${own} record ${String(index)}`));
    const signed = { schema: 'carbon-ledger/submission/v1', ledger, party: 'p', records: [] } as const;
    const submission = { ...signed, keyId: 'k', suite: 'eip712-secp256k1', signedAt: '', signature: '' } as const;
    return { submission, recordTexts: [], leafHashes, digest: leafOf(own), id: toHex(leafOf(own)) };
  });
  return { txId: toHex(leafOf(name)), blockNumber: String(at + 1), time: '2025-03-01T08:00:00Z', submissions };
}

function statedOf(all: readonly EarlierTransaction[]): EarlierLedger {
  const leaves = all.flatMap(recordLeaves);
  const checkpoint = { origin: originOf(ledger), size: BigInt(leaves.length), rootHash: rootOf(leaves) };
  return {
    ...{ ledger, logKey: '', checkpoint: signCheckpoint(checkpoint, signer), transactions: all.length },
    transactionsRoot: toHex(rootOf(all.map(earlierTransactionLeaf))),
  };
}

function proofAt(all: readonly EarlierTransaction[], end: number): BatchProof {
  const records = all.slice(0, end).flatMap(recordLeaves).length;
  return {
    records: consistencyPath(all.flatMap(recordLeaves), records),
    transactions: consistencyPath(all.map(earlierTransactionLeaf), end),
  };
}

const log = fc
  .array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 9 })
  .map((sizes) => sizes.map((one, at) => transaction(at, one)));
/** A log, with where its batches end. */
const split = log.chain((all) =>
  fc
    .subarray(Array.from({ length: all.length - 1 }, (_, at) => at + 1))
    .map((ends) => ({ all, ends: [...ends, all.length] })),
);

describe('taking in batches of an earlier ledger', () => {
  it('ends exactly with the last, and says where the next begins until then', () => {
    fc.assert(
      fc.property(split, ({ all, ends }) => {
        const stated = statedOf(all);
        let progress: ImportProgress | undefined = noProgress();
        let from = 0;
        for (const end of ends) {
          if (progress === undefined) throw new Error('it ended too early');
          const records = all.slice(0, from).flatMap(recordLeaves).length;
          expect(positionOf(progress)).toEqual({ records, transactions: from });
          assertNext(progress, records);
          progress = advance(progress, all.slice(from, end), proofAt(all, end), stated);
          from = end;
        }
        expect(progress).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  const changes: Readonly<Record<string, (batch: readonly EarlierTransaction[]) => readonly EarlierTransaction[]>> = {
    'its first left out': (batch) => batch.slice(1),
    'its last left out': (batch) => batch.slice(0, -1),
    'one doubled': (batch) => [...batch, ...batch.slice(-1)],
    'another block': ([first, ...rest]) => (first ? [{ ...first, blockNumber: '99' }, ...rest] : []),
    'another time': ([first, ...rest]) => (first ? [{ ...first, time: '2025-03-01T08:00:01Z' }, ...rest] : []),
    'another transaction id': ([first, ...rest]) => (first ? [{ ...first, txId: '0'.repeat(64) }, ...rest] : []),
    'no submissions': ([first, ...rest]) => (first ? [{ ...first, submissions: [] }, ...rest] : []),
    'one that never was': (batch) => [...batch.slice(0, -1), transaction(77, [1])],
  };
  it.each(Object.keys(changes))('is refused with %s, in whatever batch', (name) => {
    fc.assert(
      fc.property(split, fc.nat(), ({ all, ends }, choice) => {
        const stated = statedOf(all);
        const at = choice % ends.length;
        const [from = 0, end = all.length] = [at === 0 ? 0 : ends[at - 1], ends[at]];
        const before =
          from === 0
            ? noProgress()
            : (advance(noProgress(), all.slice(0, from), proofAt(all, from), stated) ?? undefined);
        if (before === undefined) throw new Error('it ended too early');
        const batch = changes[name]?.(all.slice(from, end)) ?? [];
        expect(codeOf(() => advance(before, batch, proofAt(all, end), stated))).toBe('IMPORT_MISMATCH');
      }),
      { numRuns: 25 },
    );
  });

  it('is refused with two transactions in each other’s place', () => {
    fc.assert(
      fc.property(log, fc.nat(), (all, choice) => {
        const at = choice % (all.length - 1);
        const swapped = all.map((one, index) => (index === at ? all[at + 1] : index === at + 1 ? all[at] : one));
        const batch = swapped.flatMap((one) => one ?? []);
        const take = (): unknown => advance(noProgress(), batch, proofAt(all, all.length), statedOf(all));
        expect(codeOf(take)).toBe('IMPORT_MISMATCH');
      }),
      { numRuns: 40 },
    );
  });

  it('is refused where the statement names fewer transactions than the records fill', () => {
    const all = [transaction(0, [1]), transaction(1, [2])];
    const short = {
      ...statedOf(all),
      ...{ transactions: 1, transactionsRoot: statedOf(all.slice(0, 1)).transactionsRoot },
    };
    const [first, second] = [all.slice(0, 1), all.slice(1)];
    const proof = { records: proofAt(all, 1).records, transactions: [] };
    expect(() => advance(noProgress(), first, proof, short)).toThrow(
      'records end before its transactions, or the other',
    );
    expect(() => advance(noProgress(), all, proofAt(all, 2), short)).toThrow('it would bring 2 of 1');
    expect(codeOf(() => advance(noProgress(), second, proof, short))).toBe('IMPORT_MISMATCH');
  });

  it('names the record that is next where a batch begins elsewhere', () => {
    const all = [transaction(0, [2, 1]), transaction(1, [1])];
    const progress = advance(noProgress(), all.slice(0, 1), proofAt(all, 1), statedOf(all)) ?? noProgress();
    for (const first of [-1, 0, 2, 4, Number.NaN]) {
      try {
        assertNext(progress, first);
        expect(first).toBe(3);
      } catch (error) {
        if (!isLedgerError(error)) throw error;
        expect([error.code, error.details]).toEqual(['IMPORT_MISMATCH', { next: 3 }]);
      }
    }
    expect(
      codeOf(() => {
        assertNext(progress, 3);
      }),
    ).toBe('none');
  });
});
