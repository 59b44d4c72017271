import { offerKey } from '@carbon-ledger/core/submission';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';

/** Writes what the registrar of a party needs to enter its newest key: nothing in it is secret. */
export async function requestKey(context: Context, { output }: { readonly output?: string }): Promise<number> {
  const party = context.requireParty();
  const signer = await context.partyKeys().signerOf(party);
  const entry = (await context.keys.find(party)).find(({ keyId }) => keyId === signer.keyId);
  const keys = [await offerKey(party, signer, entry?.createdAt ?? context.now())];
  if (output !== undefined) await writeWhole(output, `${JSON.stringify(keys, null, 2)}\n`);
  context.output.result({ party, keys, ...(output === undefined ? {} : { file: output }) }, () =>
    output === undefined ? JSON.stringify(keys, null, 2) : `${signer.keyId} → ${output}`,
  );
  return exitCodes.yes;
}
