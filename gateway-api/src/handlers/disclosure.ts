import { LedgerError } from '@carbon-ledger/core';
import type { Completeness, KeyEmitter } from '@carbon-ledger/client-sdk';
import { completenessOf, totalsOf } from '../disclosure/completeness';
import { conductOf, type InstitutionKind } from '../disclosure/conduct';
import { currentEntries, EmitterRegister, namedRecord } from '../disclosure/emitters';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import type { RegisteredParty } from '../projection/parties';
import type { Services } from '../services';

type DisclosureHandlers = Pick<
  Handlers,
  'listEmitters' | 'getEmitter' | 'listInstitutions' | 'getInstitution' | 'getRulesInForce' | 'getCompleteness'
>;

export function disclosureHandlers(services: Services): DisclosureHandlers {
  return {
    listEmitters: (request) => listEmitters(services, request),
    getEmitter: async ({ params: { uscc }, query: { year }, spend }) => {
      spend(prices.question + 5 * prices.recordRead);
      return { json: await new EmitterRegister(services.projection).one(uscc, year) };
    },
    listInstitutions: (request) => listInstitutions(services, request),
    getInstitution: (request) => getInstitution(services, request),
    getRulesInForce: (request) => getRules(services, request),
    getCompleteness: (request) => getCompleteness(services, request),
  };
}

function isInRegion(region: string, wanted: string | undefined): boolean {
  return wanted === undefined || region.startsWith(wanted.replace(/0+$/, ''));
}

/** A page of codes behind a cursor, which is the last code of the page before. */
function paged<Item>(
  items: readonly Item[],
  codeOf: (item: Item) => string,
  { cursor = '', limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { readonly page: readonly Item[]; readonly next?: string } {
  const rest = items.filter((item) => codeOf(item) > cursor);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return rest.length > limit && last !== undefined ? { page, next: codeOf(last) } : { page };
}

async function listEmitters({ projection }: Services, { query, spend }: RouteRequest<'listEmitters'>): Promise<Reply> {
  const register = new EmitterRegister(projection);
  const { page, next } = paged([...(await register.listed(query.year))], ([uscc]) => uscc, query);
  spend(prices.question + page.length * 5 * prices.recordRead);
  const items: KeyEmitter[] = [];
  for (const [uscc, listed] of page) {
    const one = await register.view(uscc, query.year, listed);
    if (one !== undefined && isInRegion(one.region, query.region)) items.push(one);
  }
  const more = next === undefined ? {} : { next };
  return { json: { items, ...more }, next: next === undefined ? undefined : { cursor: next } };
}

const kinds: readonly string[] = ['lab', 'verifier'] satisfies readonly InstitutionKind[];

async function institutionView({ projection }: Services, { uscc, content, record }: RegisteredParty): Promise<object> {
  const { kind, name, region, status, qualifications } = content;
  const entry = await projection.reader.record(record);
  if (entry === undefined) throw new LedgerError('STORE_CORRUPT', `${record} is not there.`);
  return { uscc, kind, name, region, status, registered: namedRecord(entry), qualifications };
}

async function listInstitutions(
  services: Services,
  { query, spend }: RouteRequest<'listInstitutions'>,
): Promise<Reply> {
  const { kind, region, cursor, limit } = query;
  spend(prices.question + limit * prices.recordRead);
  const page = await services.projection.parties.list({ kind, cursor, limit });
  const wanted = page.items.filter(({ content }) => isInRegion(content.region, region));
  const items = await Promise.all(wanted.map((party) => institutionView(services, party)));
  const more = page.next === undefined ? {} : { next: page.next };
  return { json: { items, ...more }, next: page.next === undefined ? undefined : { cursor: page.next } };
}

/** Whoever is no laboratory or verifier is not found, registered or not. */
async function getInstitution(services: Services, { params, spend }: RouteRequest<'getInstitution'>): Promise<Reply> {
  const { projection, limits } = services;
  const party = await projection.parties.find(params.uscc);
  if (party === undefined || !kinds.includes(party.content.kind))
    throw new LedgerError('NOT_FOUND', `${params.uscc} is no laboratory or verifier.`);
  const kind = party.content.kind as InstitutionKind;
  const conduct = await conductOf({ projection, pacer: limits.pacer, spend }, params.uscc, kind);
  return { json: { ...(await institutionView(services, party)), conduct } };
}

const ruleTypes = ['methodology', 'parameter', 'benchmark', 'rule-set', 'working-days'] as const;

async function getRules(
  { projection }: Services,
  { query: { year }, spend }: RouteRequest<'getRulesInForce'>,
): Promise<Reply> {
  const rules: object[] = [];
  for (const type of ruleTypes) {
    spend(prices.question);
    for await (const entry of currentEntries(projection, { type, period: year, status: 'current' })) {
      const { issuer, version, content } = entry.record;
      rules.push({ ...namedRecord(entry), type, by: issuer, version, content });
    }
  }
  return { json: { year, rules } };
}

async function getCompleteness(services: Services, request: RouteRequest<'getCompleteness'>): Promise<Reply> {
  const { query, ...reading } = request;
  const { year, party, region, lab, cursor, limit } = query;
  const parties = services.projection.parties;
  const one = party === undefined ? undefined : await parties.find(party);
  const page =
    party === undefined
      ? await parties.list({ kind: 'enterprise', cursor, limit })
      : { items: one?.content.kind === 'enterprise' ? [one] : [], next: undefined };
  const mostDays = (await services.screening.limit('R-D19', 'days', year, reading)) ?? Infinity;
  const plants: Completeness['plants'][number][] = [];
  for (const { uscc, content } of page.items.filter(({ content: own }) => isInRegion(own.region, region))) {
    await services.limits.pacer.turn();
    const plant = await completenessOf(services, { uscc, name: content.name, year, lab, mostDays }, reading);
    if (plant.units.length > 0) plants.push(plant);
  }
  const more = page.next === undefined ? {} : { next: page.next };
  return {
    json: { year, plants, totals: totalsOf(plants), ...more },
    next: page.next === undefined ? undefined : { cursor: page.next },
  };
}
