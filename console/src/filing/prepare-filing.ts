import { LedgerError, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import type { KeyHolder } from '../keys/key-holder';
import type { Identity } from '../keys/session';
import { proposeCites } from './citations';
import { keyOf, type Filing } from './draft';
import { citedRecords, faultsBefore, recordDraftOf } from './prepare';
import { partyFactsOf } from './submit';
import { slotsOf } from './use-filing';

/** With whom and with what a record is made. */
export interface Means {
  readonly client: LedgerClient;
  readonly keys: KeyHolder;
  readonly identity: Identity;
}

export interface Looked {
  readonly built: BuiltRecord;
  readonly faults: readonly Fault[];
}

/** Makes the record with its citations as they are given, and looks at it before anybody signs. */
export async function lookAt({ client, keys, identity }: Means, filing: Filing): Promise<Looked> {
  const { uscc } = identity.party;
  const cited = await citedRecords(client, filing.cites);
  const built = await keys.build(recordDraftOf(filing, uscc, cited));
  const faults = faultsBefore({ built, cited }, await partyFactsOf(client, identity), new Date());
  return { built, faults };
}

/** The same where nobody chose what is cited: what stands now is proposed, and the version is the next one. */
export async function lookAtProposed(means: Means, filing: Filing): Promise<Looked> {
  const { client, identity } = means;
  const slots = await slotsOf(client, filing, identity.party.uscc);
  const { heads } = await client.heads([keyOf(filing) ?? '']);
  const version = (heads[0]?.version ?? 0) + 1;
  return lookAt(means, { ...filing, version, cites: proposeCites(slots, filing.cites) });
}

/** @throws LedgerError KEY_NOT_HELD while nobody is signed in */
export function meansOf(state: {
  readonly client: LedgerClient;
  readonly keys: KeyHolder | undefined;
  readonly identity: Identity | undefined;
}): Means {
  const { client, keys, identity } = state;
  if (keys === undefined || identity === undefined) throw new LedgerError('KEY_NOT_HELD');
  return { client, keys, identity };
}
