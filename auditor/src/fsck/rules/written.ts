import { canonicalBytes, canonicalize, parseStrict, type DigestedSubmission } from '@carbon-ledger/core';
import { asBuffer, hex, sha256 } from '../blocks/bytes';
import type { EndorserTransaction } from '../blocks/envelope';
import type { NamespaceSet } from '../blocks/rwset';

const LIMITS = { maxBytes: 128 * 1024 * 1024 };

/** Holds what a transaction wrote to what the rules write: every key that is wrong, and why. */
export function writeMismatches(
  own: NamespaceSet | undefined,
  expected: ReadonlyMap<string, Uint8Array | null>,
): (readonly [key: string, message: string])[] {
  const written = new Map((own?.writes ?? []).map((write) => [write.key, write]));
  const wrong: (readonly [string, string])[] = [];
  for (const [key, value] of expected) {
    const write = written.get(key);
    if (write === undefined) wrong.push([key, 'the transaction did not write it']);
    else if (value === null ? !write.isDelete : write.isDelete || !asBuffer(write.value).equals(value))
      wrong.push([key, 'the transaction wrote another value']);
  }
  for (const key of written.keys()) if (!expected.has(key)) wrong.push([key, 'nothing in the rules writes it']);
  return wrong;
}

/** Private values go with a purge that stands in the block for all to see, and in no other way. */
export function deletesOnly(own: NamespaceSet | undefined, transactions: readonly string[]): boolean {
  const deleted = (own?.collections ?? []).flatMap(({ writes }) => writes.filter(({ isDelete }) => isDelete));
  const expected = new Set(transactions.map((txId) => hex(sha256(Buffer.from(`tx/${txId}`)))));
  const found = new Set(deleted.map(({ keyHash }) => hex(keyHash)));
  return expected.size === found.size && [...expected].every((keyHash) => found.has(keyHash));
}

/** The answer stands on the chain: what it says of accepted submissions must be so. */
export function isAnswerOf({ answer }: EndorserTransaction, digested: readonly DigestedSubmission[]): boolean {
  const accepted = digested.map(({ id, leafHashes }) => ({ submission: id, records: leafHashes.length }));
  const said = parseStrict(answer.payload, LIMITS) as { readonly accepted?: unknown };
  return canonicalize(said.accepted ?? null) === canonicalize(accepted);
}

/** And so must what the event says. */
export function isEventOf({ event }: EndorserTransaction, digested: readonly DigestedSubmission[]): boolean {
  const ids = canonicalBytes({ accepted: digested.map(({ id }) => id) });
  return event?.name === 'submissions' && asBuffer(event.payload).equals(ids);
}
