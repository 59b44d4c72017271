import {
  parseStrict,
  POLICY_SCHEMA,
  POLICY_SCHEMA_2,
  readEarlierCheckpoint,
  utf8Decode,
  type Founding,
  type Policy,
} from '@carbon-ledger/core';
import type { LedgerPort } from './ledger';
import type { LedgerFacts } from './services';

/** The version of policy that a ledger needs: the second one where its first records came from an earlier ledger. */
export function policySchema({ earlier }: LedgerFacts): Pick<Policy, 'schema' | 'earlier'> {
  if (earlier === undefined) return { schema: POLICY_SCHEMA };
  const size = readEarlierCheckpoint(earlier).size.toString();
  return { schema: POLICY_SCHEMA_2, earlier: { ledgerId: earlier.ledger, size } };
}

interface FactsOptions {
  readonly ledger: LedgerPort;
  readonly version: string;
  readonly deployment?: string;
}

/** What the contract says of the founding. @throws LedgerError NOT_READY, UNREACHABLE */
export async function readFacts({ ledger, version, deployment = 'embedded' }: FactsOptions): Promise<LedgerFacts> {
  const info = parseStrict(utf8Decode(await ledger.evaluate({ name: 'info' }))) as object as Founding;
  return {
    ledgerId: info.ledgerId,
    founder: info.founder,
    earlier: info.earlier,
    channel: ledger.channel,
    mspId: ledger.mspId,
    deployment,
    version,
  };
}
