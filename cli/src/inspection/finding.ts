import {
  buildRecord,
  businessKey,
  LedgerError,
  signSubmission,
  type AnchoredRecord,
  type BuiltRecord,
  type Figure,
  type SignedSubmission,
} from '@carbon-ledger/core';
import { z } from 'zod';
import type { Context } from '../context';
import { readJsonFile } from '../files/read-file';
import { inShape } from '../files/shape';
import { trialKeys } from '../keys/party-keys';
import type { OpenedPack } from './pack';

const statedSchema = z.strictObject({
  subject: z.strictObject({ uscc: z.string(), unit: z.string(), period: z.string() }),
  /** Number of the finding: 1, 2, … */
  number: z.int().min(1).max(9999),
  content: z.looseObject({}),
  figures: z.record(z.string(), z.string()).default({}),
  /** Business keys of what it is about, by role; the inspection is the pack's plan. */
  cites: z.record(z.string(), z.array(z.string())).default({}),
});

const signedSchema = z.strictObject({
  schema: z.literal('carbon-ledger/signed-finding/v1'),
  submission: z.custom<SignedSubmission>((value) => typeof value === 'object' && value !== null),
  figures: z.record(z.string(), z.array(z.custom<Figure>((value) => typeof value === 'object' && value !== null))),
});
export type SignedFinding = z.infer<typeof signedSchema>;

function citedIn(records: readonly AnchoredRecord[], key: string): BuiltRecord {
  const found = records.find(({ record, status }) => status === 'current' && businessKey(record) === key);
  if (found === undefined) throw new LedgerError('NOT_FOUND', `${key} is not in the pack`);
  return { id: found.id, key, record: found.record, figures: found.figures ?? [] };
}

/**
 * A finding, built from what the pack holds and signed on the spot, without network. The time of signing is its signer's
 * claim; the ledger adds its own when it is filed.
 */
export async function signFinding(
  context: Context,
  pack: OpenedPack,
  file: string,
  isTrial: boolean,
): Promise<SignedFinding> {
  const stated = inShape(statedSchema, await readJsonFile(file), `${file} states no finding`);
  const { subject, number, content, figures, cites } = stated;
  const party = context.requireParty();
  const keys = isTrial ? trialKeys : context.partyKeys();
  const { plan, ledger } = pack.manifest;
  const named = { ...(plan === undefined ? {} : { inspection: [plan] }), ...cites };
  const roles = Object.entries(named).map(([role, of]) => [role, of.map((key) => citedIn(pack.records, key))] as const);
  const built = buildRecord(
    {
      ...{ type: 'finding', issuer: party, subject, kind: `finding.${String(number)}`, content, figures },
      cites: Object.fromEntries(roles),
    },
    await keys.saltsOf(party),
  );
  const signer = await keys.signerOf(party);
  const body = { ledger, party, records: [built.record], signedAt: context.now() };
  return {
    schema: 'carbon-ledger/signed-finding/v1',
    submission: await signSubmission(body, signer),
    figures: { [built.id]: [...built.figures] },
  };
}

/** @throws LedgerError BAD_FILE */
export async function readSignedFinding(file: string): Promise<SignedFinding> {
  return inShape(signedSchema, await readJsonFile(file), `${file} is no signed finding`);
}
