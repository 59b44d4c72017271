import { z } from 'zod';
import { concat, fromHex, isHex } from '../bytes';
import { INSTANT_WORDS, isInstant } from '../calendar';
import { canonicalize } from '../canonical';
import { LedgerError } from '../errors';
import { originOf, parseCheckpoint, parseNote, parseVkey, verifyLogSignature, type Checkpoint } from '../log';
import { usccSchema } from '../records';
import { signatureSuites, unixSeconds, type SignatureSuite, type Signer } from '../submission';
import { hashText, typedDataDigest, word } from '../submission/typed-data';
import { faultsOf } from '../validation';

/** EIP-712 type of a migration statement; the domain is that of submissions, its salt the id of the NEW ledger. */
export const migrationTypes = {
  Migration: [
    { name: 'founder', type: 'string' },
    { name: 'earlierLedger', type: 'bytes32' },
    { name: 'logKey', type: 'string' },
    { name: 'checkpoint', type: 'string' },
    { name: 'transactions', type: 'uint64' },
    { name: 'transactionsRoot', type: 'bytes32' },
    { name: 'organisations', type: 'string' },
    { name: 'signedAt', type: 'uint64' },
  ],
} as const;

const messageType = hashText(
  `Migration(${migrationTypes.Migration.map(({ name, type }) => `${type} ${name}`).join(',')})`,
);

const hash = z.string().refine((text) => isHex(text, 32), 'not 32 bytes of hex');
const msp = z.string().regex(/^[A-Za-z0-9.-]{1,60}$/, 'not the id of an organisation');

const statementSchema = z.strictObject({
  schema: z.literal('carbon-ledger/migration/v1'),
  ledger: hash,
  founder: usccSchema,
  earlier: z.strictObject({
    ledger: hash,
    logKey: z.string().max(300),
    checkpoint: z.string().max(32_768),
    transactions: z.int().min(1),
    transactionsRoot: hash,
  }),
  organisations: z
    .record(msp, z.array(msp).min(1).max(32))
    .refine((names) => Object.keys(names).length <= 32, 'more than 32 organisations'),
  keyId: z.string().regex(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/),
  suite: z.enum(signatureSuites),
  signedAt: z.string().refine(isInstant, INSTANT_WORDS),
  signature: z
    .string()
    .max(400)
    .regex(/^0x[0-9a-f]+$/),
});

/** Organisations (MSP ids) of this ledger that stand for one that parties of the earlier ledger name. */
export type OrganisationMap = Readonly<Record<string, readonly string[]>>;

/** The ledger that records come from, as its founder names it. */
export interface EarlierLedger {
  /** Its id, hex. */
  readonly ledger: string;
  /** C2SP vkey of its log. */
  readonly logKey: string;
  /** Its last checkpoint: a signed note with whatever cosignatures there are. */
  readonly checkpoint: string;
  /** Number of transactions that anchored its records. */
  readonly transactions: number;
  /** RFC 9162 root over {@link earlierTransactionLeaf} of each, in order, hex. */
  readonly transactionsRoot: string;
}

/**
 * What the founder signs to carry an earlier ledger into a new one: every record (by the checkpoint), and when, where and in
 * which order each was anchored (by the transactions' root). Whoever brings the records afterwards can change nothing.
 */
export interface MigrationStatement {
  readonly schema: 'carbon-ledger/migration/v1';
  /** Id of the new ledger, hex. */
  readonly ledger: string;
  readonly founder: string;
  readonly earlier: EarlierLedger;
  readonly organisations: OrganisationMap;
  readonly keyId: string;
  readonly suite: SignatureSuite;
  /** RFC 3339 in whole seconds, UTC. */
  readonly signedAt: string;
  readonly signature: string;
}

/** @throws LedgerError BAD_STATEMENT with every fault and its place */
export function parseMigrationStatement(value: unknown): MigrationStatement {
  const result = statementSchema.safeParse(value);
  if (result.success) return result.data;
  throw new LedgerError('BAD_STATEMENT', 'the migration statement is not well formed', {
    faults: faultsOf('BAD_STATEMENT', result.error),
  });
}

type Signed = Pick<MigrationStatement, 'ledger' | 'founder' | 'earlier' | 'organisations' | 'signedAt'>;

/** The 32 bytes that the founder signs. */
export function migrationDigest({ ledger, founder, earlier, organisations, signedAt }: Signed): Uint8Array {
  const struct = concat(
    messageType,
    hashText(founder),
    fromHex(earlier.ledger),
    hashText(earlier.logKey),
    // Without signatures: cosignatures may join later.
    hashText(parseNote(earlier.checkpoint).text),
    word(earlier.transactions),
    fromHex(earlier.transactionsRoot),
    hashText(canonicalize(organisations)),
    word(unixSeconds(signedAt)),
  );
  return typedDataDigest(ledger, struct);
}

/** Signs a statement with a key of the founder. */
export async function signMigration(body: Readonly<Signed>, signer: Signer): Promise<MigrationStatement> {
  const { ledger, founder, earlier, organisations, signedAt } = body;
  return {
    schema: 'carbon-ledger/migration/v1',
    ...{ ledger, founder, earlier, organisations, signedAt },
    keyId: signer.keyId,
    suite: signer.suite,
    signature: await signer.sign(migrationDigest(body)),
  };
}

/**
 * The checkpoint that an earlier ledger's own log signed. Cosignatures are carried along for those who know the witnesses.
 * @throws LedgerError CHECKPOINT_MALFORMED, CHECKPOINT_ORIGIN_MISMATCH, CHECKPOINT_SIGNATURE_INVALID, CHECKPOINT_UNSIGNED,
 *   PROOF_MALFORMED
 */
export function earlierCheckpoint({
  ledger,
  logKey,
  checkpoint,
}: Pick<EarlierLedger, 'ledger' | 'logKey' | 'checkpoint'>): Checkpoint {
  const policy = { origin: originOf(ledger), logKey: parseVkey(logKey), witnesses: [], quorum: 0 };
  const { origin, size, rootHash } = verifyLogSignature(checkpoint, policy);
  return { origin, size, rootHash };
}

/** The same, unchecked: for what was checked when the import was opened. */
export function readEarlierCheckpoint({ checkpoint }: Pick<EarlierLedger, 'checkpoint'>): Checkpoint {
  return parseCheckpoint(parseNote(checkpoint).text);
}
