import {
  formatRecordId,
  multiproofFromPaths,
  parseCheckpoint,
  parseNote,
  parseReceipt,
  recordLeafHash,
  toBase64,
  type LedgerRecord,
} from '@carbon-ledger/core';
import type { MutableProof } from '../support/figure-proof-damage';
import type { ProofWorld } from '../support/proof-world';

interface Placed {
  readonly logIndex: bigint;
  readonly path: readonly Uint8Array[];
  readonly inSubmission: readonly Uint8Array[] | undefined;
}

const joined = (hashes: readonly Uint8Array[]): string => toBase64(new Uint8Array(Buffer.concat(hashes)));

function placesOf(world: ProofWorld): Map<string, Placed> {
  const places = new Map<string, Placed>();
  for (const value of world.receipts) {
    const { logIndex, path, submission } = parseReceipt(value);
    places.set(logIndex.toString(), { logIndex, path, inSubmission: submission.path });
  }
  return places;
}

/**
 * What somebody who holds all receipts can do: the proof without some of its records and their openings, with every hash, place
 * and number made to fit again.
 */
export function withoutRecords(
  world: ProofWorld,
  proof: MutableProof,
  isOut: (record: LedgerRecord, id: string) => boolean,
): MutableProof {
  const copy = structuredClone(proof);
  const stays = copy.records.map(({ record }) => {
    const value = record as unknown as LedgerRecord;
    return !isOut(value, formatRecordId(recordLeafHash(value)));
  });
  const signers = new Set(copy.submissions.map(({ signer }) => signer));
  const kept = [...copy.records.keys()].filter((at) => stays[at] === true || signers.has(at));
  const at = new Map(kept.map((before, now) => [before, now]));
  copy.openings = copy.openings
    .filter(({ record }) => at.has(record))
    .map((opening) => ({ ...opening, record: at.get(opening.record) ?? 0 }));
  copy.records = kept.map((before) => copy.records[before]!);
  fitted(copy, placesOf(world), at);
  return copy;
}

function fitted(proof: MutableProof, places: ReadonlyMap<string, Placed>, at: ReadonlyMap<number, number>): void {
  const { size } = parseCheckpoint(parseNote(proof.checkpoint).text);
  const placed = proof.records.map(({ logIndex }) => places.get(logIndex)!);
  proof.logNodes = joined(multiproofFromPaths(new Map(placed.map(({ logIndex, path }) => [logIndex, path])), size));
  const used = proof.submissions.map((_, index) => proof.records.filter(({ signed }) => signed?.submission === index));
  const renumbered = new Map(
    [...used.keys()].filter((index) => used[index]!.length > 0).map((index, now) => [index, now]),
  );
  proof.submissions = [...renumbered.keys()].map((index) => {
    const submission = proof.submissions[index]!;
    const paths = used[index]!.map(
      ({ logIndex, signed }) => [BigInt(signed!.place), places.get(logIndex)!.inSubmission!] as const,
    );
    const nodes = joined(multiproofFromPaths(new Map(paths), BigInt(submission.recordCount)));
    return { ...submission, nodes, signer: at.get(submission.signer)! };
  });
  for (const { signed } of proof.records) if (signed !== null) signed.submission = renumbered.get(signed.submission)!;
}
