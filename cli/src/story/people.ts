import { LedgerClient } from '@carbon-ledger/client-sdk';
import { formatBusinessKey } from '@carbon-ledger/core';
import {
  trialCityAuthority,
  trialInspector,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';

/**
 * Registers those of the sample's people whom no plant-year names, its city and its inspectors: a newcomer is to act as them too. Whoever
 * is there already is not registered again.
 * @param region of the sample's plant, GB/T 2260
 */
export async function registerPeople(url: string, region: string): Promise<void> {
  const { uscc } = trialNationalAuthority;
  const client = new LedgerClient({ baseUrl: url, party: uscc, signer: trialSigner(uscc) });
  const people = [trialCityAuthority(region), trialInspector(region)];
  const keys = people.map((one) => formatBusinessKey({ uscc: one.uscc, unit: '-', period: '-' }, 'party'));
  const { heads } = await client.heads(keys);
  const lacking = people.filter((_, at) => heads[at] == null);
  if (lacking.length === 0) return;
  const province = await client.party(trialProvinceAuthority(region).uscc);
  const { record } = await client.record(province.record);
  const msps: readonly unknown[] = Array.isArray(record.content['msps']) ? record.content['msps'] : [];
  const records = lacking.map((one) => trialPartyRecord(one, uscc, msps.map(String)).record);
  await client.anchor({ records, figures: {} });
}
