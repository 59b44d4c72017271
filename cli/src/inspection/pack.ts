import {
  assertStated,
  canonicalize,
  createFileDigest,
  digestBytes,
  isLedgerError,
  LedgerError,
  parseStrict,
  recordId,
  utf8Decode,
  utf8Encode,
  verifyFigures,
  verifyReceipt,
  type AnchoredRecord,
  type Fault,
  type Signer,
  signStatement,
} from '@carbon-ledger/core';
import { unzipSync, zipSync } from 'fflate';
import { z } from 'zod';
import { inShape } from '../files/shape';
import type { InspectedExtent } from '@carbon-ledger/client-sdk';

const nameSchema = z.string().regex(/^[a-z-]+\.(?:json|jsonl|html)$/);
const manifestSchema = z.strictObject({
  schema: z.literal('carbon-ledger/inspection-pack/v1'),
  ledger: z.string().regex(/^[0-9a-f]{64}$/),
  /** Who made it, and when by its own clock. */
  party: z.string(),
  signedAt: z.string(),
  /** Business key of the plan, where it was made for one. */
  plan: z.string().exactOptional(),
  plants: z.array(z.string()),
  years: z.array(z.string()),
  parts: z.record(nameSchema, z.string().regex(/^sha256:[0-9a-f]{64}$/)),
});
type Manifest = z.infer<typeof manifestSchema>;

const signedSchema = z.strictObject({ manifest: manifestSchema, keyId: z.string(), signature: z.string() });

/** What an inspector takes along: everything that may be seen of the plants, with what proves it. */
export interface PackContent {
  readonly ledger: string;
  readonly party: string;
  readonly signedAt: string;
  readonly plan?: string;
  readonly extent: InspectedExtent;
  readonly records: readonly AnchoredRecord[];
  readonly receipts: readonly unknown[];
  readonly policy: unknown;
  /** The page that verifies receipts in a browser, where the service has it. */
  readonly verifier?: string;
}

function lines(values: readonly unknown[]): string {
  return values.map((value) => `${canonicalize(value)}\n`).join('');
}

function partsOf({ records, receipts, policy, verifier }: PackContent): Record<string, Uint8Array> {
  const texts: Record<string, string | undefined> = {
    'records.jsonl': lines(records),
    'receipts.jsonl': lines(receipts),
    'policy.json': canonicalize(policy),
    'verify.html': verifier,
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, utf8Encode(text)]])),
  );
}

/** The same content gives the same bytes: a zip without times. */
const fixedTime = new Date(1980, 0, 1);

/** One file: a zip of parts, and a manifest of their digests that the party signs. */
export async function writePack(content: PackContent, signer: Signer): Promise<Uint8Array> {
  const { ledger, party, signedAt, plan, extent } = content;
  const parts = partsOf(content);
  const digests = Object.entries(parts).map(([name, bytes]) => [name, digestBytes(bytes).sha256] as const);
  const manifest: Manifest = {
    ...{ schema: 'carbon-ledger/inspection-pack/v1', ledger, party, signedAt },
    ...(plan === undefined ? {} : { plan }),
    ...{ plants: [...extent.plants], years: [...extent.years], parts: Object.fromEntries(digests) },
  };
  const head = { kind: 'inspection-pack', ledger, party, signedAt } as const;
  const { keyId, signature } = await signStatement(head, manifest, signer);
  const files = { 'manifest.json': utf8Encode(canonicalize({ manifest, keyId, signature })), ...parts };
  return zipSync(files, { mtime: fixedTime, level: 6 });
}

/** A pack that was opened, and every step of it checked. */
export interface OpenedPack {
  readonly manifest: Manifest;
  readonly records: readonly AnchoredRecord[];
  readonly receipts: ReadonlyMap<string, unknown>;
  /** Text of the policy under which receipts were checked. */
  readonly policy: string;
}

const mostBytes = 1024 * 1024 * 1024;

function bad(message: string): LedgerError {
  return new LedgerError('BAD_FILE', `the pack does not hold: ${message}`);
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        if (total > mostBytes) throw bad('it unpacks to more than 1 GB');
        return true;
      },
    });
  } catch (error) {
    throw isLedgerError(error) ? error : bad('it is no zip');
  }
}

function partOf(files: Readonly<Record<string, Uint8Array>>, name: string): string {
  const bytes = files[name];
  if (bytes === undefined) throw bad(`${name} is missing`);
  return utf8Decode(bytes);
}

function readManifest(files: Readonly<Record<string, Uint8Array>>): z.infer<typeof signedSchema> {
  const value = parseStrict(partOf(files, 'manifest.json'));
  const signed = inShape(signedSchema, value, 'it is no pack of an inspection: manifest.json');
  const { parts } = signed.manifest;
  for (const name of Object.keys(files))
    if (name !== 'manifest.json' && parts[name] === undefined) throw bad(`${name} is not in the manifest`);
  for (const [name, digest] of Object.entries(parts)) {
    const hash = createFileDigest();
    hash.update(files[name] ?? new Uint8Array());
    if (hash.digest().sha256 !== digest) throw bad(`${name} was changed`);
  }
  return signed;
}

function jsonLines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [parseStrict(line) as unknown]));
}

/** Held to their own hashes: a record's id, and its figures to the root that the record commits to. */
function recordFaults({ id, record, figures }: AnchoredRecord): Fault[] {
  const fault = (message: string): Fault => ({ path: id, code: 'BAD_FILE', message });
  if (recordId(record) !== id) return [fault('the record is another one than its id says')];
  try {
    if (figures !== undefined) verifyFigures(record.figuresRoot, figures);
    return [];
  } catch (error) {
    if (isLedgerError(error)) return [fault('figures are not those of the record')];
    throw error;
  }
}

function receiptFaults(
  records: readonly AnchoredRecord[],
  receipts: ReadonlyMap<string, unknown>,
  policy: string,
): Fault[] {
  return records.flatMap(({ id }): Fault[] => {
    const receipt = receipts.get(id);
    if (receipt === undefined) return [{ path: id, code: 'BAD_FILE', message: 'no receipt' }];
    const { result, code, message } = verifyReceipt({ receipt, policy, expect: { recordId: id } });
    return result === 'FAIL' ? [{ path: id, code: 'BAD_FILE', message: `${code ?? ''} ${message ?? ''}` }] : [];
  });
}

/** Hex id of the record that a receipt is of. */
function idOfReceipt(receipt: unknown): string {
  return recordId((receipt as { readonly record: AnchoredRecord['record'] }).record);
}

function assertSigned(
  { manifest, keyId, signature }: z.infer<typeof signedSchema>,
  records: readonly AnchoredRecord[],
): void {
  const { ledger, party, signedAt } = manifest;
  const head = { kind: 'inspection-pack', ledger, party, signedAt } as const;
  assertStated(
    head,
    manifest,
    { keyId, signature },
    records.map(({ record }) => record),
  );
}

/**
 * Opens a pack and checks all of it: parts, signature of who made it, every record's hash, figures and receipt.
 * @param pinned text of the policy that the laptop pins; without it the pack's own is believed
 * @throws LedgerError BAD_FILE with every fault, SIGNATURE_INVALID, KEY_NOT_VALID, PARTY_SUSPENDED, PARTY_ENDED
 */
export function openPack(bytes: Uint8Array, pinned?: string): OpenedPack {
  const files = unzipped(bytes);
  const signed = readManifest(files);
  const records = jsonLines(partOf(files, 'records.jsonl')) as AnchoredRecord[];
  const receipts = new Map(jsonLines(partOf(files, 'receipts.jsonl')).map((one) => [idOfReceipt(one), one]));
  const policy = pinned ?? partOf(files, 'policy.json');
  const faults = [...records.flatMap(recordFaults), ...receiptFaults(records, receipts, policy)];
  if (faults.length > 0) throw new LedgerError('BAD_FILE', 'the pack does not hold', { faults });
  assertSigned(signed, records);
  return { manifest: signed.manifest, records, receipts, policy };
}
