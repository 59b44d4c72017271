import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import {
  type BuiltRecord,
  doubtsOf,
  LedgerError,
  type PartyKind,
  provinceOf,
  type RecordType,
  withArticle,
} from '@carbon-ledger/core';
import {
  type AnchoredPlantYear,
  type AnchoredState,
  type EndedState,
  lastEnded,
  namedParties,
  type PlantYear,
} from '@carbon-ledger/plant-year';

/** Id of the methodology that a plant-year file is written for. */
const coalPower = 'CN-ETS-POWER';

function built(view: AnchoredRecordView): BuiltRecord & AnchoredState {
  const { id, key, record, figures = [], marks = [] } = view;
  return { id, key, record, figures, whyDoubted: doubtsOf(view, marks) };
}

async function currentRecords(
  client: LedgerClient,
  query: { readonly party?: string; readonly type?: RecordType; readonly period?: string },
): Promise<(BuiltRecord & AnchoredState)[]> {
  const found: (BuiltRecord & AnchoredState)[] = [];
  const page = { limit: 500, status: 'current', include: 'figures' } as const;
  for await (const view of client.allRecords({ ...query, ...page })) found.push(built(view));
  return found;
}

async function byKeys(client: LedgerClient, keys: readonly string[]): Promise<(BuiltRecord & AnchoredState)[]> {
  if (keys.length === 0) return [];
  const { heads } = await client.heads(keys);
  const ids = heads.flatMap((head) => (head === null ? [] : [head.record]));
  return Promise.all(ids.map(async (id) => built(await client.record(id, { figures: true }))));
}

/** @throws LedgerError MARKET_INCOMPLETE */
async function partyOf(client: LedgerClient, kind: PartyKind, region: string): Promise<string> {
  const { items } = await client.parties({ kind, limit: 500 });
  const near = items.find((party) => provinceOf(party.region) === provinceOf(region));
  const found = near ?? (kind === 'province-authority' ? undefined : items[0]);
  if (found === undefined) throw new LedgerError('MARKET_INCOMPLETE', `${withArticle(kind)} of region ${region}`);
  return found.uscc;
}

/** The methodology of coal-fired power, never the first of the year: each sector has its own. @throws LedgerError MARKET_INCOMPLETE */
async function rulesOf(
  client: LedgerClient,
  period: string,
): Promise<Pick<AnchoredPlantYear, 'methodology' | 'parameters'>> {
  const [methodologies, tables] = await Promise.all([
    currentRecords(client, { type: 'methodology', period }),
    currentRecords(client, { type: 'parameter', period }),
  ]);
  const methodology = methodologies.find(({ record }) => record.content['id'] === coalPower);
  const parameters = tables.find(({ record }) => record.subject.unit === methodology?.record.subject.unit);
  if (methodology === undefined || parameters === undefined)
    throw new LedgerError('MARKET_INCOMPLETE', `methodology ${coalPower} and parameters of ${period}`);
  return { methodology, parameters };
}

async function endedOf(client: LedgerClient, party: string, current: readonly BuiltRecord[]): Promise<EndedState[]> {
  const found: EndedState[] = [];
  for (const status of ['withdrawn', 'open'] as const) {
    const page = { party, status, limit: 500, include: 'figures' } as const;
    for await (const view of client.allRecords(page)) found.push({ ...built(view), status, state: view.state });
  }
  return lastEnded(found, current);
}

function citedLots(records: readonly BuiltRecord[]): string[] {
  const cites = records
    .filter(({ record }) => record.type === 'ccer-cancellation')
    .flatMap(({ record }) => record.cites);
  return [...new Set(cites.filter(({ role }) => role === 'ccer-lot').map(({ key }) => key))];
}

/**
 * The ledger's side of a plant-year, as far as it is open to who asks: what is anchored about the plant, what that rests
 * on, the rules of the year, and what was anchored of it and stands no more.
 * @throws LedgerError NOT_FOUND, MARKET_INCOMPLETE
 */
export async function anchoredPlantYear(client: LedgerClient, file: PlantYear): Promise<AnchoredPlantYear> {
  const { fields } = file.enterprise;
  const enterprise = fields.get('uscc') ?? '';
  const region = fields.get('city') ?? fields.get('province') ?? enterprise.slice(2, 8);
  const own = await currentRecords(client, { party: enterprise });
  if (own.length === 0) throw new LedgerError('NOT_FOUND', `nothing about ${enterprise} is anchored`);
  const parties = namedParties(file).filter(({ uscc }) => uscc !== enterprise);
  const keys = [...citedLots(own), ...parties.map(({ uscc }) => `${uscc}/-/-/party`)];
  const [provinceAuthority, allowanceRegistry, ccerRegistry, rules, others, ended] = await Promise.all([
    partyOf(client, 'province-authority', region),
    partyOf(client, 'allowance-registry', region),
    partyOf(client, 'ccer-registry', region),
    rulesOf(client, file.year),
    byKeys(client, keys),
    endedOf(client, enterprise, own),
  ]);
  const records = [...own, ...others];
  return { provinceAuthority, allowanceRegistry, ccerRegistry, ...rules, records, ended };
}
