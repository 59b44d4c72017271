import type { JsonValue } from '../canonical';
import { LedgerError } from '../errors';
import { HASH_BYTES } from '../merkle/hash';
import { gunzipWithin, isGzip } from '../packing';
import { assertSchema } from '../receipt/policy';
import { readProof } from '../receipt/receipt';
import {
  anything,
  base64,
  free,
  hex,
  instant,
  integer,
  list,
  malformed,
  nullable,
  object,
  text,
  uint64,
  type Reader,
} from '../receipt/shape';

export const FIGURE_PROOF_SCHEMA = 'carbon-ledger/figure-proof/v1';
/** Largest file, and largest content of a file. */
export const MAX_FIGURE_PROOF_BYTES = 1024 * 1024;
export const MAX_CONTENT_BYTES = 8 * 1024 * 1024;
/** Of each list. */
export const MAX_RECORDS = 2000;

const hashes: Reader<readonly Uint8Array[]> = (value, at) => {
  const bytes = base64(MAX_CONTENT_BYTES)(value, at);
  if (bytes.length % HASH_BYTES !== 0) throw malformed(at, 'is not a row of 32-byte hashes');
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
};

const place = integer(0, MAX_RECORDS);

const shape = object({
  schema: free(60),
  figure: free(300),
  extent: text(/^(?:full|month|totals|lab)$/, 'an extent'),
  ledger: hex(32),
  checkpoint: free(32_768),
  policyId: text(/^pol:[0-9a-f]{64}$/, 'a policy id'),
  records: list(
    object({
      record: anything,
      logIndex: uint64,
      /** Which of the submissions it was signed in, and where; null for a party record that only registers keys. */
      signed: nullable(object({ submission: place, place: integer(0, 999) })),
    }),
    MAX_RECORDS,
  ),
  /** Multiproof of all records in the log. */
  logNodes: hashes,
  submissions: list(
    object({
      party: free(18),
      keyId: free(80),
      suite: free(40),
      signedAt: instant,
      signature: free(402),
      recordCount: integer(1, 1000),
      /** Which of the records is the party record of the signer. */
      signer: place,
      nodes: hashes,
    }),
    MAX_RECORDS,
  ),
  openings: list(
    object({
      record: place,
      /** Which leaves of the record's figures are open, and how the closed ones hang together ({@link OpenedTree}). */
      tree: text(/^[/.#]{1,4095}$/, 'a tree of open and closed figures'),
      figures: anything,
      nodes: hashes,
    }),
    MAX_RECORDS,
  ),
});

/** A figure proof taken apart. */
export type ParsedFigureProof = ReturnType<typeof shape>;

/**
 * Reads a figure proof from its file (packed, gzip or plain text), or from its JSON value. Verifies nothing.
 * @throws LedgerError PROOF_OVERSIZED, PROOF_MALFORMED, UNSUPPORTED_VERSION
 */
export function parseFigureProof(input: unknown): ParsedFigureProof {
  if (input instanceof Uint8Array && input.length > MAX_FIGURE_PROOF_BYTES) throw new LedgerError('PROOF_OVERSIZED');
  const text = input instanceof Uint8Array && isGzip(input) ? gunzipWithin(input, MAX_CONTENT_BYTES) : input;
  return readFigureProof(readProof(text, MAX_CONTENT_BYTES));
}

function readFigureProof(value: JsonValue): ParsedFigureProof {
  assertSchema(value, FIGURE_PROOF_SCHEMA);
  return shape(value, '');
}
