import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { type BuiltRecord, LedgerError, type PartyKind, type RecordType } from '@carbon-ledger/core';
import { type AnchoredPlantYear, namedParties, type PlantYear } from '@carbon-ledger/plant-year';

function built({ id, key, record, figures }: AnchoredRecordView): BuiltRecord {
  return { id, key, record, figures: figures ?? [] };
}

async function currentRecords(
  client: LedgerClient,
  query: { readonly party?: string; readonly type?: RecordType; readonly period?: string },
): Promise<BuiltRecord[]> {
  const found: BuiltRecord[] = [];
  const page = { limit: 500, status: 'current', include: 'figures' } as const;
  for await (const view of client.allRecords({ ...query, ...page })) found.push(built(view));
  return found;
}

async function byKeys(client: LedgerClient, keys: readonly string[]): Promise<BuiltRecord[]> {
  if (keys.length === 0) return [];
  const { heads } = await client.heads(keys);
  const ids = heads.flatMap((head) => (head === null ? [] : [head.record]));
  return Promise.all(ids.map(async (id) => built(await client.record(id, { figures: true }))));
}

/** @throws LedgerError PARTY_UNKNOWN */
async function partyOf(client: LedgerClient, kind: PartyKind, region: string): Promise<string> {
  const { items } = await client.parties({ kind, limit: 500 });
  const near = items.find((party) => party.region.slice(0, 2) === region.slice(0, 2));
  const found = near ?? (kind === 'province-authority' ? undefined : items[0]);
  if (found === undefined) throw new LedgerError('PARTY_UNKNOWN', `a ${kind} of region ${region}`);
  return found.uscc;
}

/** @throws LedgerError NOT_FOUND */
async function ruleOf(client: LedgerClient, type: 'methodology' | 'parameter', period: string): Promise<BuiltRecord> {
  const [found] = await currentRecords(client, { type, period });
  if (found === undefined) throw new LedgerError('NOT_FOUND', `the ${type} of ${period}`);
  return found;
}

function citedLots(records: readonly BuiltRecord[]): string[] {
  const cites = records
    .filter(({ record }) => record.type === 'ccer-cancellation')
    .flatMap(({ record }) => record.cites);
  return [...new Set(cites.filter(({ role }) => role === 'ccer-lot').map(({ key }) => key))];
}

/**
 * The ledger's side of a plant-year, as far as it is open to who asks: what is anchored about the plant, what that rests
 * on, and the rules of the year.
 * @throws LedgerError NOT_FOUND, PARTY_UNKNOWN
 */
export async function anchoredPlantYear(client: LedgerClient, file: PlantYear): Promise<AnchoredPlantYear> {
  const { fields } = file.enterprise;
  const enterprise = fields.get('uscc') ?? '';
  const region = fields.get('city') ?? fields.get('province') ?? enterprise.slice(2, 8);
  const own = await currentRecords(client, { party: enterprise });
  if (own.length === 0) throw new LedgerError('NOT_FOUND', `nothing about ${enterprise} is anchored`);
  const parties = namedParties(file).filter(({ uscc }) => uscc !== enterprise);
  const keys = [...citedLots(own), ...parties.map(({ uscc }) => `${uscc}/-/-/party`)];
  const [provinceAuthority, allowanceRegistry, ccerRegistry, methodology, parameters, others] = await Promise.all([
    partyOf(client, 'province-authority', region),
    partyOf(client, 'allowance-registry', region),
    partyOf(client, 'ccer-registry', region),
    ruleOf(client, 'methodology', file.year),
    ruleOf(client, 'parameter', file.year),
    byKeys(client, keys),
  ]);
  const records = [...own, ...others];
  return { provinceAuthority, allowanceRegistry, ccerRegistry, methodology, parameters, records };
}
