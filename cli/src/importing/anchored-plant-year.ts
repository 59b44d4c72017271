import { type BuiltRecord, LedgerError } from '@carbon-ledger/core';
import { type AnchoredPlantYear, lastEnded, namedParties, type PlantYear } from '@carbon-ledger/plant-year';
import type { Service } from '../service/service';
import { enterpriseOf, marketOf } from './year-file';
import { ledgerMarket } from './market';

async function recordsOf(service: Service, keys: readonly string[]): Promise<BuiltRecord[]> {
  const heads = await service.heads(keys);
  const names = heads.flatMap((head) => (head === null ? [] : [head.record]));
  return Promise.all(names.map((name) => service.built(name)));
}

/** Lots that the plant's cancellations cite. */
function citedLots(records: readonly BuiltRecord[]): string[] {
  const cites = records
    .filter(({ record }) => record.type === 'ccer-cancellation')
    .flatMap(({ record }) => record.cites);
  return [...new Set(cites.filter(({ role }) => role === 'ccer-lot').map(({ key }) => key))];
}

/**
 * The ledger's side of a plant-year: the current records about the plant, what they rest on, the parties that the file
 * names, the rules of the year, and what was anchored of it and stands no more.
 * @throws LedgerError NOT_FOUND where nothing about the plant is anchored, MARKET_INCOMPLETE
 */
export async function anchoredPlantYear(service: Service, file: PlantYear): Promise<AnchoredPlantYear> {
  const enterprise = enterpriseOf(file);
  const own = await service.currentRecords({ party: enterprise });
  if (own.length === 0) throw new LedgerError('NOT_FOUND', `nothing about ${enterprise} is anchored`);
  const parties = namedParties(file).filter(({ uscc }) => uscc !== enterprise);
  const keys = [...citedLots(own), ...parties.map(({ uscc }) => `${uscc}/-/-/party`)];
  const market = await ledgerMarket(service, marketOf(file));
  const records = [...own, ...(await recordsOf(service, keys))];
  return { ...market, records, ended: lastEnded(await service.endedRecords({ party: enterprise }), records) };
}
