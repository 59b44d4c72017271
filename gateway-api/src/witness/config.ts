import { readNamed } from '@carbon-ledger/auditor/stored';
import { z } from 'zod';
import { faultsOf, fromBase64, LedgerError, parseDocument, parseVkey, type VerifierKey } from '@carbon-ledger/core';

/*
 * The configuration of everything outside (docs/formats/witness.md). All of it is optional; without a part, nothing of it runs.
 */

const url = z.url({ protocol: /^https?$/ });
const interval = z
  .int()
  .min(1000)
  .max(31 * 86_400_000);
const vkey = z.string().transform((text, context): VerifierKey => {
  try {
    return parseVkey(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'Not a C2SP verifier key.' });
    return z.NEVER;
  }
});
const cosignerKey = vkey.refine(({ type }) => type === 'cosignature-v1', 'Not the key of a witness (type 0x04).');
const logKey = vkey.refine(({ type }) => type === 'ed25519', 'Not the key of a log (type 0x01).');
const certificate = z.base64().transform((text) => fromBase64(text));

const shape = z.strictObject({
  /** Other logs that this gateway is a witness of. */
  witness: z
    .strictObject({
      /** Name in its cosignatures; should be a URL without scheme. */
      name: z.string().regex(/^[^\s+]{1,200}$/),
      logs: z.array(z.strictObject({ origin: z.string().min(1).max(200), keys: z.array(logKey).min(1).max(8) })).min(1),
    })
    .optional(),
  /** Witnesses of this gateway's own log. */
  witnesses: z
    .strictObject({
      quorum: z.int().min(1),
      list: z
        .array(z.strictObject({ key: cosignerKey, url, monitoringUrl: url.optional() }))
        .min(1)
        .max(32),
    })
    .optional(),
  timestamps: z.strictObject({ url, roots: z.array(certificate).min(1).max(8) }).optional(),
  chain: z
    .strictObject({
      url,
      chainId: z.string().regex(/^[1-9][0-9]{0,19}$/),
      contract: z.string().regex(/^0x[0-9a-f]{40}$/),
      /** File with the poster's key: 64 hex digits. */
      keyFile: z.string().min(1),
      confirmations: z.int().min(1).max(100).optional(),
      /** Milliseconds between two postings; a day if not given. */
      intervalMs: interval.optional(),
    })
    .optional(),
  /** Milliseconds between two rounds with witnesses and time-stamping authority; 5 minutes if not given. */
  intervalMs: interval.optional(),
});

export type OutsideConfig = z.infer<typeof shape>;

/** @throws LedgerError BAD_REQUEST with every fault */
export function parseOutsideConfig(value: unknown): OutsideConfig {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new LedgerError('BAD_REQUEST', 'The configuration of outside witnesses has faults.', {
    faults: faultsOf('BAD_REQUEST', parsed.error),
  });
}

/** @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN, BAD_ENCODING, BAD_JSON, BAD_REQUEST */
export async function readOutsideConfig(file: string): Promise<OutsideConfig> {
  return parseOutsideConfig(parseDocument(await readNamed(file)));
}
