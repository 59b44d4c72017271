import { provePossession, type PartyContent, type Signer } from '@carbon-ledger/core';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import type { KeyEntry } from './key-store';

type OfferedKey = PartyContent['keys'][number];

/** A key as an authority registers it: with its own signature over this registration, so that nobody registers another's. */
async function offered(
  context: Context,
  party: string,
  signer: Signer,
  entry: Partial<Pick<KeyEntry, 'publicKey' | 'createdAt'>> | undefined,
): Promise<OfferedKey> {
  return {
    ...{ id: signer.keyId, suite: signer.suite },
    ...(entry?.publicKey === undefined ? {} : { publicKey: entry.publicKey }),
    ...{ validFrom: entry?.createdAt ?? context.now(), validTo: null },
    proof: await provePossession(party, signer),
  };
}

/** A secp256k1 key is named by its address, an SM2 key needs its public point beside it. */
async function publicPartOf(
  context: Context,
  party: string,
  { keyId, suite }: Signer,
): Promise<Parameters<typeof offered>[3]> {
  if (context.signer === undefined) return (await context.keys.find(party)).find((key) => key.keyId === keyId);
  return suite === 'sm2-sm3' ? { publicKey: (await context.signer.publicKey()).publicKey } : {};
}

/** Writes what the registrar of a party needs to enter its newest key: nothing in it is secret. */
export async function requestKey(context: Context, { output }: { readonly output?: string }): Promise<number> {
  const party = context.requireParty();
  const signer = await context.partyKeys().signerOf(party);
  const entry = await publicPartOf(context, party, signer);
  const keys = [await offered(context, party, signer, entry)];
  if (output !== undefined) await writeWhole(output, `${JSON.stringify(keys, null, 2)}\n`);
  context.output.result({ party, keys, ...(output === undefined ? {} : { file: output }) }, () =>
    output === undefined ? JSON.stringify(keys, null, 2) : `${signer.keyId} → ${output}`,
  );
  return exitCodes.yes;
}
