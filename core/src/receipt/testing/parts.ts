import { toHex, utf8Encode } from '../../bytes';
import { canonicalBytes } from '../../canonical';
import { sha256 } from '../../digest';
import { noteSigner, originOf } from '../../log';
import { leafHash, rootOf } from '../../merkle';
import { submissionDigest } from '../../submission/typed-data';
import type { ReceiptParts } from '..';

export type Json = Record<string, unknown>;

/** A receipt that a test may damage. */
export interface MutableReceipt {
  schema: string;
  ledger: string;
  record: Json & { issuer: string; content: Json };
  submission: Json & {
    keyId: string;
    suite: string;
    signedAt: string;
    signature: string;
    recordCount: number;
    recordIndex: number;
    path: string;
  };
  signer: { record: { content: Json }; logIndex: string; path: string };
  logIndex: string | number;
  path: string;
  checkpoint: string;
  txId: string;
  [extra: string]: unknown;
}

/** What may be changed about the registered key of the laboratory. */
export interface KeyChange {
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly status?: string;
}

export interface SomeSigner {
  readonly keyId: string;
  readonly suite: string;
  readonly publicKey?: string;
  sign(digest: Uint8Array): string;
}

const SIGNED_AT = '2026-02-01T08:00:00Z';
export const FOUNDER = '11100000MA0TRYA01X';
export const LAB = '91140000MA0LABS01X';
export const MILL = '91140000MA0FAKE01X';

export const secret = (name: string): Uint8Array => sha256(utf8Encode(`receipt world ${name}`));
export const leafOf = (value: unknown): Uint8Array => leafHash(canonicalBytes(value));
export const ledgerId = toHex(secret('ledger'));
export const origin = originOf(ledgerId);
export const logSigner = noteSigner(origin, 'ed25519', secret('log'));
export const witnesses = ['a', 'b', 'c'].map((name) =>
  noteSigner(`example.com/${name}`, 'cosignature-v1', secret(name)),
);

/** What a receipt says of a submission, but for the place in it. */
export type SignedPart = Omit<ReceiptParts['submission'], 'recordCount' | 'recordIndex' | 'path'>;

export function partyRecord(uscc: string, kind: string, key: SomeSigner, change: KeyChange = {}): Json {
  const { status = 'active', validFrom = '2024-01-01T00:00:00Z', validTo = null } = change;
  const { keyId: id, suite, publicKey } = key;
  const keys = [{ id, suite, validFrom, validTo, ...(publicKey === undefined ? {} : { publicKey }) }];
  const content = { name: kind, kind, region: '140000', msps: ['EmbeddedMSP'], keys, qualifications: [], status };
  return recordOf('party', FOUNDER, { uscc, unit: '-', period: '-' }, { content });
}

export function recordOf(type: string, issuer: string, subject: Json, more: Json): Json {
  const empty = { version: 1, cites: [], documents: [], totals: {}, figuresRoot: null };
  return { schema: 'carbon-ledger/record/v1', type, kind: type, issuer, subject, ...empty, ...more };
}

export function signedSubmission(party: string, signer: SomeSigner, records: readonly unknown[]): SignedPart {
  const digest = submissionDigest({
    ledger: ledgerId,
    party,
    recordsRoot: rootOf(records.map(leafOf)),
    recordCount: records.length,
    signedAt: Date.parse(SIGNED_AT) / 1000,
  });
  const { keyId, suite } = signer;
  return { party, keyId, suite, signedAt: SIGNED_AT, signature: signer.sign(digest) };
}
