import { LedgerError, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import type { KeyHolder } from '../keys/key-holder';
import type { Identity } from '../keys/session';
import { proposeCites } from './citations';
import { keyOf, type Filing } from './draft';
import { numbered } from './numbered';
import { withPending } from './pending';
import { citedRecords, faultsBefore, recordDraftOf } from './prepare';
import { partyFactsOf } from './submit';
import { slotsOf } from './use-filing';

/** With whom and with what a record is made. */
export interface Means {
  readonly client: LedgerClient;
  readonly keys: KeyHolder;
  readonly identity: Identity;
}

type Cited = Readonly<Record<string, readonly BuiltRecord[]>>;

export interface Looked {
  readonly built: BuiltRecord;
  readonly faults: readonly Fault[];
  readonly cited: Cited;
}

async function looked({ client, keys, identity }: Means, filing: Filing, cited: Cited): Promise<Looked> {
  const built = await keys.build(recordDraftOf(filing, identity.party.uscc, cited));
  const faults = faultsBefore({ built, cited }, await partyFactsOf(client, identity), new Date());
  return { built, faults, cited };
}

/** Makes the record with its citations as they are given, and looks at it before anybody signs. */
export async function lookAt(means: Means, filing: Filing): Promise<Looked> {
  return looked(means, await numbered(means.client, filing), await citedRecords(means.client, filing.cites));
}

/**
 * The same where nobody chose what is cited: what stands now is proposed, and the version is the next one.
 * @param pending records that go into the same submission before it
 */
export async function lookAtProposed(
  means: Means,
  filing: Filing,
  pending: readonly BuiltRecord[] = [],
): Promise<Looked> {
  const { client, identity } = means;
  const slots = await slotsOf(client, filing, identity.party.uscc);
  const { heads } = await client.heads([keyOf(filing) ?? '']);
  const version = (heads[0]?.version ?? 0) + 1;
  const standing = await citedRecords(client, proposeCites(slots, filing.cites));
  const rules = slots.map(({ rule }) => rule);
  return looked(
    means,
    { ...filing, version },
    withPending(standing, rules, { ...filing.subject, kind: filing.kind }, pending),
  );
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
