import { LedgerError, YearValuesReader } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { Completeness, InstitutionView } from '@carbon-ledger/client-sdk';
import { assessmentsOf } from '../disclosure/assessments';
import { completenessOf, totalsOf } from '../disclosure/completeness';
import { conductOf, type InstitutionKind } from '../disclosure/conduct';
import { EmitterRegister, namedRecord, type DoubtsOf, type ListedEmitter } from '../disclosure/emitters';
import { standingRecords } from '../disclosure/standing';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import { isParty, statusOf, type RegisteredParty } from '../projection/parties';
import type { Services } from '../services';
import { orderedPage } from './ordered-page';
import { emitterColumns, institutionColumns, pageReply } from './page-reply';
import { registrationOf } from './records';
import { isWithin } from './times';

type DisclosureHandlers = Pick<
  Handlers,
  | 'listEmitters'
  | 'getEmitter'
  | 'listInstitutions'
  | 'getInstitution'
  | 'listAssessments'
  | 'getRulesInForce'
  | 'getCompleteness'
>;

export function disclosureHandlers(services: Services): DisclosureHandlers {
  return {
    listEmitters: (request) => listEmitters(services, request),
    getEmitter: async ({ params: { uscc }, query: { year }, spend }) => {
      spend(prices.question + 5 * prices.recordRead);
      return { json: await registerOf(services).one(uscc, year) };
    },
    listInstitutions: (request) => listInstitutions(services, request),
    getInstitution: (request) => getInstitution(services, request),
    listAssessments: async ({ query, spend }) => {
      const assessments = await assessmentsOf(
        { projection: services.projection, doubtsOf: doubtsIn(services) },
        query,
        spend,
      );
      return { json: { year: query.year, assessments } };
    },
    getRulesInForce: (request) => getRules(services, request),
    getCompleteness: (request) => getCompleteness(services, request),
  };
}

function doubtsIn({ views }: Services): DoubtsOf {
  return (entry) => views.doubtsOf(entry);
}

function registerOf(services: Services): EmitterRegister {
  return new EmitterRegister(services.projection, doubtsIn(services));
}

type EmitterQuery = RouteRequest<'listEmitters'>['query'];

function isWantedEmitter({ party, sector, list }: ListedEmitter, query: EmitterQuery): boolean {
  const { region, text } = query;
  const isOfSector = query.sector === undefined || query.sector === sector;
  return isOfSector && isParty(party, { region, text }) && isWithin(list.anchoredAt, query);
}

/** By what a list of parties is ordered; what ranks alike stands by code. */
function rankOf({ content }: RegisteredParty, anchoredAt: string, sort: EmitterQuery['sort']): string {
  if (sort === 'name') return content.name;
  return sort === 'anchored' ? anchoredAt : '';
}

async function listEmitters(services: Services, request: RouteRequest<'listEmitters'>): Promise<Reply> {
  const { query, spend, mediaType } = request;
  const register = registerOf(services);
  const all = await register.emitters(query.year);
  // Every registration of the year was looked at, however few are asked for.
  spend(prices.question + all.length * prices.headRead);
  const listed = all.filter((one) => isWantedEmitter(one, query));
  const ranked = listed.map((one) => ({
    ...{ ...one, code: one.party.uscc },
    rank: rankOf(one.party, one.list.anchoredAt, query.sort),
  }));
  const page = await orderedPage(ranked, query, async (one) => {
    spend(5 * prices.recordRead);
    const view = await register.view(one, query.year);
    return (query.status ?? view.surrender.status) === view.surrender.status ? view : undefined;
  });
  return pageReply(mediaType, page, emitterColumns);
}

const kinds: readonly string[] = ['lab', 'verifier'] satisfies readonly InstitutionKind[];

interface Institution {
  readonly party: RegisteredParty;
  readonly registered: AnchoredEntry;
}

async function institutionView(services: Services, { party, registered }: Institution): Promise<InstitutionView> {
  const { kind, name, region, qualifications } = party.content;
  return {
    ...{ uscc: party.uscc, kind: kind as InstitutionKind, name, region, status: statusOf(party) },
    ...{ registered: await namedRecord(registered, doubtsIn(services)), qualifications },
  };
}

/** Every party of a kind with its registration, as far as they are asked for. */
async function institutionsOf(
  services: Services,
  { kind, region, status, text = '', ...times }: RouteRequest<'listInstitutions'>['query'],
  spend: (units: number) => void,
): Promise<Institution[]> {
  const found: Institution[] = [];
  for await (const party of services.projection.parties.all({ kind, region, status })) {
    spend(prices.headRead);
    const { name, qualifications } = party.content;
    const words = [party.uscc, name, ...qualifications.map(({ number }) => number)].join('\n').toLowerCase();
    if (!words.includes(text.toLowerCase())) continue;
    const registered = await registrationOf(services, party);
    if (isWithin(registered.anchoredAt, times)) found.push({ party, registered });
  }
  return found;
}

async function listInstitutions(
  services: Services,
  { query, spend, mediaType }: RouteRequest<'listInstitutions'>,
): Promise<Reply> {
  spend(prices.question + query.limit * prices.recordRead);
  const ranked = (await institutionsOf(services, query, spend)).map((one) => ({
    ...{ ...one, code: one.party.uscc },
    rank: rankOf(one.party, one.registered.anchoredAt, query.sort),
  }));
  const page = await orderedPage(ranked, query, (one) => institutionView(services, one));
  return pageReply(mediaType, page, institutionColumns);
}

/** Whoever is no laboratory or verifier is not found, registered or not. */
async function getInstitution(services: Services, { params, spend }: RouteRequest<'getInstitution'>): Promise<Reply> {
  const { projection, limits, agenda } = services;
  const party = await projection.parties.find(params.uscc);
  if (party === undefined || !kinds.includes(party.content.kind))
    throw new LedgerError('NOT_FOUND', `${params.uscc} is no laboratory or verifier.`);
  const kind = party.content.kind as InstitutionKind;
  const source = agenda.source((records) => {
    spend(records * prices.recordRead);
  });
  const values = new YearValuesReader(await agenda.rulebook(), source);
  const conduct = await conductOf({ projection, pacer: limits.pacer, values, spend }, params.uscc, kind);
  const registered = await registrationOf(services, party);
  return { json: { ...(await institutionView(services, { party, registered })), conduct } };
}

const ruleTypes = ['methodology', 'parameter', 'emission-factor', 'benchmark', 'rule-set', 'working-days'] as const;

async function getRules(
  services: Services,
  { query: { year }, spend }: RouteRequest<'getRulesInForce'>,
): Promise<Reply> {
  const rules: object[] = [];
  for (const type of ruleTypes) {
    spend(prices.question);
    for (const entry of await standingRecords(services.projection, type, year)) {
      const { issuer, version, content } = entry.record;
      rules.push({ ...(await namedRecord(entry, doubtsIn(services))), type, by: issuer, version, content });
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
  for (const { uscc, content } of page.items.filter((one) => isParty(one, { region }))) {
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
