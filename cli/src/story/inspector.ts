import { LedgerClient } from '@carbon-ledger/client-sdk';
import { formatBusinessKey } from '@carbon-ledger/core';
import {
  trialInspector,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';

/**
 * Registers the sample's inspector, whom no plant-year names: a newcomer is to act as one too. Once done it is not done again.
 * @param region of the sample's plant, GB/T 2260
 */
export async function registerInspector(url: string, region: string): Promise<void> {
  const { uscc } = trialNationalAuthority;
  const client = new LedgerClient({ baseUrl: url, party: uscc, signer: trialSigner(uscc) });
  const inspector = trialInspector(region);
  const { heads } = await client.heads([formatBusinessKey({ uscc: inspector.uscc, unit: '-', period: '-' }, 'party')]);
  if (heads[0] != null) return;
  const province = await client.party(trialProvinceAuthority(region).uscc);
  const { record } = await client.record(province.record);
  const msps: readonly unknown[] = Array.isArray(record.content['msps']) ? record.content['msps'] : [];
  const own = trialPartyRecord(inspector, uscc, msps.map(String)).record;
  await client.anchor({ records: [own], figures: {} });
}
