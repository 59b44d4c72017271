import {
  clientReader,
  LedgerClient,
  type AnchoredRecordView,
  type AnswerOf,
  type BodyIn,
  type CallInput,
  type CommittedSubmission,
  type ItemOf,
  type ListName,
  type PartyView,
  type QueryIn,
  type RouteName,
  type ScreeningReader,
  type TableName,
  type VerificationAnswer,
  type VerificationItem,
} from '@carbon-ledger/client-sdk';
import {
  doubtsOf,
  LedgerError,
  parseBusinessKey,
  type Extent,
  type PartyKind,
  type RecordType,
  type ScreeningRun,
  type ScreeningScope,
  type BuiltRecord,
  type Figure,
  type Impact,
  type SignedSubmission,
  type Trace,
} from '@carbon-ledger/core';
import { z } from 'zod';
import type { PartyKeys } from '../keys/party-keys';
import { assertCommitted } from './committed';
import type { Ended, Standing } from './standing';

export type LedgerInfo = AnswerOf<'getLedger'>;
export type RecordHead = AnswerOf<'findHeads'>['heads'][number];
export type SubmissionStatus = AnswerOf<'submit'>['submissions'][number];
export type DueTransaction = AnswerOf<'getRetention'>['transactions'][number];

export interface SubmissionToSend {
  readonly submission: SignedSubmission;
  readonly figures: Record<string, Figure[]>;
}

/** Answers that core computes: what is needed to print them is held, the rest is passed on as it came. */
function hasLists(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => Array.isArray(Reflect.get(value, name)));
}
const traceShape = z.custom<Trace>((value) => hasLists(value, 'nodes', 'edges', 'breaks'), 'not a trace');
const impactShape = z.custom<Impact>((value) => hasLists(value, 'figures', 'records', 'plants'), 'not an impact');

/** Records per page. */
const pageSize = 500;

/** Keys per question to the service. */
const headsPerRequest = 1000;

/** The questions of the command line, over the typed client, with the keys to sign what is sent. */
export class Service {
  readonly keys: PartyKeys;
  readonly #client: LedgerClient;

  constructor(client: LedgerClient, keys: PartyKeys) {
    this.#client = client;
    this.keys = keys;
  }

  /** The same keys at another gateway, read as the public reads it. */
  at(baseUrl: string): Service {
    return new Service(new LedgerClient({ baseUrl }), this.keys);
  }

  /** The ledger as screening reads it, as far as it is open to who asks. */
  screeningReader(): ScreeningReader {
    return clientReader(this.#client);
  }

  /** Screens in the service, as the party that signed in. */
  screen(scope: ScreeningScope): Promise<ScreeningRun> {
    return this.#client.screen(scope as BodyIn<'screen'>);
  }

  get webhooks(): LedgerClient['webhooks'] {
    return this.#client.webhooks;
  }

  /** Any other route, as who signed in. */
  call<Name extends RouteName>(name: Name, input: CallInput<Name>): Promise<AnswerOf<Name>> {
    return this.#client.call(name, input);
  }

  ledger(): Promise<LedgerInfo> {
    return this.#client.call('getLedger');
  }

  policy(): Promise<AnswerOf<'getPolicy'>> {
    return this.#client.call('getPolicy');
  }

  checkpoint(): Promise<string> {
    return this.#client.call('getCheckpoint', { query: { of: 'newest' } });
  }

  /** @param log `earlier`: as the ledger would give it from which the record came */
  receipt(id: string, log: 'own' | 'earlier' = 'own'): Promise<AnswerOf<'getReceipt'>> {
    return this.#client.call('getReceipt', { params: { id }, query: { log } });
  }

  /** Receipts of many records, in their order. */
  receipts(records: readonly string[]): Promise<AnswerOf<'getReceipts'>['receipts']> {
    return this.#client.receipts(records);
  }

  certificate(id: string, language: 'zh' | 'en'): Promise<Uint8Array> {
    return this.#client.certificate(id, language);
  }

  certifyFolder(body: BodyIn<'certifyFolder'>, language: 'zh' | 'en'): Promise<Uint8Array> {
    return this.#client.call('certifyFolder', { query: { language }, body });
  }

  /** A figure proof as it is kept in a file. */
  prove(figure: string, extent: Extent): Promise<Uint8Array> {
    return this.#client.prove(figure, extent);
  }

  async verify(items: VerificationItem[]): Promise<readonly VerificationAnswer[]> {
    return (await this.#client.call('verify', { body: { items } })).items;
  }

  /** @param asOf as it was believed then: a day of Asia/Shanghai or an instant */
  async trace(figure: string, asOf?: string): Promise<Trace> {
    return traceShape.parse(await this.#client.trace(figure, asOf === undefined ? {} : { asOf }));
  }

  traceAs(
    figure: string,
    format: 'svg' | 'prov' | 'provn',
    options: { readonly depth?: number; readonly asOf?: string },
  ): Promise<string> {
    return this.#client.traceAs(figure, format, options);
  }

  graph(query: QueryIn<'getGraph'>): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#client.graph(query);
  }

  async impact(id: string, price?: string): Promise<Impact> {
    return impactShape.parse(await this.#client.impact(id, price === undefined ? {} : { price }));
  }

  impactByParty(...asked: Parameters<LedgerClient['impactByParty']>): ReturnType<LedgerClient['impactByParty']> {
    return this.#client.impactByParty(...asked);
  }

  inbox(query: QueryIn<'getInbox'>): Promise<AnswerOf<'getInbox'>> {
    return this.#client.inbox(query);
  }

  actions(name: string): Promise<AnswerOf<'getActions'>> {
    return this.#client.actions(name);
  }

  list(query: QueryIn<'listRecords'>): Promise<AnswerOf<'listRecords'>> {
    return this.#client.records(query);
  }

  /** A page of a list as CSV. */
  csv<Name extends TableName>(name: Name, query: QueryIn<Name>): Promise<string> {
    return this.#client.csv(name, query);
  }

  /** A record drafted from plain facts, held to them. @throws LedgerError DRAFT_DIFFERS */
  draft(facts: BodyIn<'createDraft'>): Promise<AnswerOf<'createDraft'>> {
    return this.#client.draft(facts);
  }

  /** Signs a draft and waits until it is committed. @throws LedgerError with every fault where it is refused */
  async anchorDraft(draft: AnswerOf<'createDraft'>): Promise<SubmissionStatus> {
    const status = await this.#client.anchorDraft(draft);
    assertCommitted(status);
    return status;
  }

  /** Current records of business keys, in order, null where there is none; if asked, each that stands with its doubts. */
  async heads(keys: readonly string[], asked?: 'with doubts'): Promise<RecordHead[]> {
    const heads: RecordHead[] = [];
    for (let at = 0; at < keys.length; at += headsPerRequest) {
      const part = { keys: keys.slice(at, at + headsPerRequest) };
      const body = asked === undefined ? part : { ...part, doubts: true };
      heads.push(...(await this.#client.call('findHeads', { body })).heads);
    }
    return heads;
  }

  record(id: string): Promise<AnchoredRecordView> {
    return this.#client.call('getRecord', { params: { id }, query: { include: 'figures' } });
  }

  /** A record by its id, or the current one of a business key. @throws LedgerError NOT_FOUND */
  async recordNamed(name: string): Promise<AnchoredRecordView> {
    if (name.startsWith('rec:')) return this.record(name);
    parseBusinessKey(name);
    const [head] = await this.heads([name]);
    if (!head) throw new LedgerError('NOT_FOUND', `no record is anchored under ${name}`);
    return this.record(head.record);
  }

  /** Id of a record that is named by its id or business key. @throws LedgerError NOT_FOUND */
  async idOf(name: string): Promise<string> {
    return (await this.recordNamed(name)).id;
  }

  /** An anchored record as one that can be cited, with its figures as far as they are open. */
  async built(name: string): Promise<BuiltRecord> {
    const { id, key, record, figures } = await this.recordNamed(name);
    return { id, key, record, figures: figures ?? [] };
  }

  /** Every record of a query, whatever became of it, one after the other. */
  eachRecord(query: Omit<QueryIn<'listRecords'>, 'limit' | 'cursor'>): AsyncGenerator<AnchoredRecordView> {
    return this.#client.allRecords({ ...query, limit: pageSize });
  }

  /** Every current record of a query, with its figures as far as they are open. */
  async currentRecords(query: {
    readonly party?: string;
    readonly type?: RecordType;
    readonly unit?: string;
    readonly period?: string;
  }): Promise<(BuiltRecord & Standing)[]> {
    const found: (BuiltRecord & Standing)[] = [];
    const page = { limit: pageSize, status: 'current', include: 'figures' } as const;
    for await (const view of this.#client.allRecords({ ...query, ...page })) {
      const { id, key, record, figures = [], state, marks = [] } = view;
      const whyDoubted = doubtsOf(view, marks);
      found.push({ id, key, record, figures, state, marks, whyDoubted });
    }
    return found;
  }

  /** What was anchored about a party and does not stand: withdrawn, or waiting for its next version. */
  async endedRecords(query: { readonly party: string }): Promise<(BuiltRecord & Ended)[]> {
    const found: (BuiltRecord & Ended)[] = [];
    for (const status of ['withdrawn', 'open'] as const) {
      const page = { ...query, limit: pageSize, status, include: 'figures' } as const;
      for await (const { id, key, record, figures, state } of this.#client.allRecords(page)) {
        found.push({ id, key, record, figures: figures ?? [], status, state });
      }
    }
    return found;
  }

  /** Committed submissions whole, in log order, with the figures that are open. */
  committedSubmissions(): AsyncGenerator<CommittedSubmission, void, undefined> {
    return this.all('listSubmissions', { limit: pageSize, include: 'figures' });
  }

  /** Transactions whose private figures were kept long enough, in parts as large as one purge; each once. */
  async *due(years: number): AsyncGenerator<readonly DueTransaction[]> {
    const seen = new Set<string>();
    for (let from: number | undefined = 0; from !== undefined;) {
      const page: AnswerOf<'getRetention'> = await this.#client.call('getRetention', { query: { years, from } });
      const fresh = page.transactions.filter(({ txId }) => !seen.has(txId));
      for (const { txId } of fresh) seen.add(txId);
      yield fresh;
      from = page.next;
    }
  }

  /** The transaction that purged them. */
  async purge(years: number, due: readonly DueTransaction[]): Promise<string> {
    return (await this.#client.purge({ years, transactions: due.map(({ txId }) => txId) })).txId;
  }

  /** Everything in a list, page by page. */
  all<Name extends ListName>(name: Name, query: QueryIn<Name>): AsyncGenerator<ItemOf<Name>, void, undefined> {
    return this.#client.all(name, query);
  }

  /** Registered parties of a kind, as many as there are: a page looks at so many parties, of whatever kind. */
  async parties(kind: PartyKind): Promise<readonly PartyView[]> {
    const found: PartyView[] = [];
    for await (const party of this.all('listParties', { kind, limit: pageSize })) found.push(party);
    return found;
  }

  /** Sends submissions and waits until they are committed. @throws LedgerError with every fault where one is refused */
  async submit(submissions: SubmissionToSend[]): Promise<SubmissionStatus[]> {
    const answer = await this.#client.submit(submissions, { wait: 'committed' });
    for (const status of answer.submissions) assertCommitted(status);
    return answer.submissions;
  }
}
