import {
  assertFaithful,
  signPurge,
  signSubmission,
  type LedgerRecord,
  type PurgeRequest,
  type Signer,
  type SignedSubmission,
  type SubmissionBody,
} from '@carbon-ledger/core';
import type { LedgerClientOptions, SubmissionDraft } from './client-options';
import { readChunks, readEvents } from './event-stream';
import { routes, type AnswerOf, type BodyIn, type QueryIn, type RecordEvent, type RouteName } from './routes';
import { recordEvent, type ImpactRow } from './routes';
import { impactRows } from './impact-rows';
import { everyItem, type ItemOf, type ListName, type TableName } from './lists';
import { SignIn } from './sign-in';
import { fetchUntil, Transport, type CallInput } from './transport';
import { Webhooks } from './webhooks';

export type Wait = 'accepted' | 'committed' | 'proven';
type AsOf = { readonly asOf?: string };

/** Typed access to every route of the service; errors are LedgerErrors of the one catalogue. */
export class LedgerClient {
  /** Addresses to which the service tells records. */
  readonly webhooks = new Webhooks(this, () => this.#statement());
  readonly #transport: Transport;
  readonly #party: string | undefined;
  readonly #signer: Signer | undefined;
  #signIn: SignIn | undefined;
  readonly #clock: () => Date;
  readonly #options: Readonly<LedgerClientOptions>;
  #ledger: Promise<string> | undefined;

  constructor(options: Readonly<LedgerClientOptions>) {
    this.#options = options;
    this.#transport = new Transport(options.baseUrl, options.fetch);
    this.#clock = options.clock ?? (() => new Date());
    this.#party = options.party;
    this.#signer = options.signer;
    if (options.party !== undefined && options.signer !== undefined) {
      this.#signIn = new SignIn(this.#transport, options.party, options.signer, () => this.#clock().getTime());
    }
  }

  get baseUrl(): string {
    return this.#transport.baseUrl;
  }

  /** The same client in the same session, each of whose calls the signal ends. @throws LedgerError INTERRUPTED */
  until(signal: AbortSignal): LedgerClient {
    const bound = new LedgerClient({ ...this.#options, fetch: fetchUntil(signal, this.#options.fetch) });
    bound.#signIn = this.#signIn;
    return bound;
  }

  /** Any route by its name; signs in first where the route shows more to a party. */
  async call<Name extends RouteName>(name: Name, input: CallInput<Name> = {}): Promise<AnswerOf<Name>> {
    return this.#transport.call(name, { ...input, token: await this.#tokenFor(name) });
  }

  ledger(): Promise<AnswerOf<'getLedger'>> {
    return this.call('getLedger');
  }

  policy(): Promise<AnswerOf<'getPolicy'>> {
    return this.call('getPolicy');
  }

  /** Id of this ledger, asked once: the EIP-712 salt of what is signed. */
  ledgerId(): Promise<string> {
    this.#ledger ??= this.ledger().then(({ ledger }) => ledger);
    return this.#ledger;
  }

  /** Signs records of this client's own party. @throws TypeError without party and signer */
  async sign(records: readonly LedgerRecord[]): Promise<SignedSubmission> {
    const { signer, ...statement } = await this.#statement();
    return signSubmission({ ...statement, records }, signer);
  }

  /** Signs a purge as this client's own party, and has it made. @throws TypeError without party and signer */
  async purge({ transactions, years }: PurgeRequest): Promise<AnswerOf<'purgeFigures'>> {
    const { signer, ...statement } = await this.#statement();
    const request = { transactions: [...transactions].sort(), years };
    const signed = await signPurge({ ...statement, ...request }, signer);
    return this.call('purgeFigures', { body: { ...request, ...signed } });
  }

  async #statement(): Promise<Omit<SubmissionBody, 'records'> & { readonly signer: Signer }> {
    if (this.#party === undefined || this.#signer === undefined) throw new TypeError('give party and signer to sign');
    const signedAt = this.#clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    return { ledger: await this.ledgerId(), party: this.#party, signedAt, signer: this.#signer };
  }

  /** Signs and anchors. */
  async anchor(draft: SubmissionDraft, wait: Wait = 'committed'): Promise<AnswerOf<'submit'>['submissions'][number]> {
    const submission = await this.sign(draft.records);
    return this.#one([{ submission, figures: draft.figures }], wait);
  }

  async #one(
    sent: Parameters<LedgerClient['submit']>[0],
    wait: Wait,
  ): Promise<AnswerOf<'submit'>['submissions'][number]> {
    const [status] = (await this.submit(sent, { wait })).submissions;
    if (status === undefined) throw new TypeError('the service answered for no submission');
    return status;
  }

  /** Anchors submissions that were signed before, of any parties. */
  submit(
    submissions: readonly { submission: SignedSubmission; figures: SubmissionDraft['figures'] }[],
    options: { readonly wait?: Wait; readonly idempotencyKey?: string } = {},
  ): Promise<AnswerOf<'submit'>> {
    const headers = options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey };
    const body = { submissions } as BodyIn<'submit'>;
    return this.call('submit', { query: { wait: options.wait ?? 'committed' }, body, headers });
  }

  submission(id: string): Promise<AnswerOf<'getSubmission'>> {
    return this.call('getSubmission', { params: { id } });
  }

  record(id: string, options: { readonly figures?: boolean } = {}): Promise<AnswerOf<'getRecord'>> {
    return this.call('getRecord', { params: { id }, query: options.figures === true ? { include: 'figures' } : {} });
  }

  /** A page of a list as CSV (RFC 4180). */
  async csv<Name extends TableName>(name: Name, query: QueryIn<Name>): Promise<string> {
    const token = await this.#tokenFor(name);
    const response = await this.#transport.open(name, { query, token, headers: { accept: 'text/csv' } });
    return response.text();
  }

  /** One page; go on with `cursor: page.next`. */
  records(query: QueryIn<'listRecords'>): Promise<AnswerOf<'listRecords'>> {
    return this.call('listRecords', { query });
  }

  /** Every record of a query, page by page. */
  allRecords(query: QueryIn<'listRecords'>): AsyncGenerator<ItemOf<'listRecords'>, void, undefined> {
    return this.all('listRecords', query);
  }

  /** Everything in any other list, page by page: submissions, parties, key emitters, institutions. */
  all<Name extends ListName>(name: Name, query: QueryIn<Name>): AsyncGenerator<ItemOf<Name>, void, undefined> {
    return everyItem((page) => this.call(name, { query: page }), query);
  }

  /** What this party must do next, nearest day first; one page. */
  inbox(query: QueryIn<'getInbox'> = {}): Promise<AnswerOf<'getInbox'>> {
    return this.call('getInbox', { query });
  }

  /** What may be done now with a record (`rec:…`) or a business key, and by whom. */
  actions(name: string): Promise<AnswerOf<'getActions'>> {
    return name.startsWith('rec:')
      ? this.call('getRecordActions', { params: { id: name } })
      : this.call('getActions', { query: { key: name } });
  }

  /**
   * Drafts a record of this client's own party from plain facts, and holds it to them: id, roots and digest are computed
   * anew. @throws LedgerError DRAFT_DIFFERS, TypeError without party
   */
  async draft(facts: BodyIn<'createDraft'>): Promise<AnswerOf<'createDraft'>> {
    const party = this.#party;
    if (party === undefined) throw new TypeError('give a party to draft for');
    const draft = await this.call('createDraft', { body: facts });
    assertFaithful(draft, { ...facts, issuer: party }, { ledger: await this.ledgerId(), party });
    return draft;
  }

  /** Signs a draft at the instant for which its digest was made, and anchors it. */
  async anchorDraft(
    { record, recordId, figures, ledger, party, signedAt }: AnswerOf<'createDraft'>,
    wait: Wait = 'committed',
  ): Promise<AnswerOf<'submit'>['submissions'][number]> {
    const { signer } = await this.#statement();
    const submission = await signSubmission({ ledger, party, signedAt, records: [record] }, signer);
    return this.#one([{ submission, figures: figures.length === 0 ? {} : { [recordId]: figures } }], wait);
  }

  heads(keys: readonly string[]): Promise<AnswerOf<'findHeads'>> {
    return this.call('findHeads', { body: { keys: [...keys] } });
  }

  parties(query: QueryIn<'listParties'> = {}): Promise<AnswerOf<'listParties'>> {
    return this.call('listParties', { query });
  }

  party(uscc: string): Promise<AnswerOf<'getParty'>> {
    return this.call('getParty', { params: { uscc } });
  }

  receipt(id: string): Promise<AnswerOf<'getReceipt'>> {
    return this.call('getReceipt', { params: { id } });
  }

  /** 存证证书 of a record: a PDF that carries its receipt. */
  certificate(id: string, language: 'zh' | 'en' = 'zh'): Promise<Uint8Array> {
    return this.call('getCertificate', { params: { id }, query: { language } });
  }

  /** Receipts of many records, in their order, all under one checkpoint. */
  async receipts(records: readonly string[]): Promise<AnswerOf<'getReceipts'>['receipts']> {
    return (await this.call('getReceipts', { body: { records: [...records] } })).receipts;
  }

  /** A figure proof as it is kept in a file; `verifyFigureProof` of core checks it offline. */
  prove(figure: string, extent: BodyIn<'prove'>['extent'] = 'full'): Promise<Uint8Array> {
    return this.call('prove', { body: { figure, extent } });
  }

  verify(body: BodyIn<'verify'>): Promise<AnswerOf<'verify'>> {
    return this.call('verify', { body });
  }

  /** Trace of a figure by its address USCC/UNIT/PERIOD/KIND#figure. */
  trace(figure: string, options: AsOf = {}): Promise<AnswerOf<'trace'>> {
    return this.call('trace', { query: { figure, ...options } });
  }

  /** The same as text: an SVG picture, or W3C PROV as JSON or in its own notation. @param options depth: levels that an SVG draws */
  async traceAs(
    figure: string,
    format: 'svg' | 'prov' | 'provn',
    options: { readonly depth?: number; readonly asOf?: string } = {},
  ): Promise<string> {
    const response = await this.#transport.open('trace', {
      query: { figure, format, ...options },
      token: await this.#tokenFor('trace'),
    });
    return response.text();
  }

  /**
   * Relations of a region and period as a graph, in chunks as they come: PROV-O in JSON-LD, or GraphML.
   * @throws LedgerError UNREACHABLE where it breaks off: what came before is no whole graph
   */
  async *graph(query: QueryIn<'getGraph'>): AsyncGenerator<Uint8Array, void, undefined> {
    const accept = query.format === 'graphml' ? 'application/graphml+xml' : 'application/ld+json';
    const token = await this.#tokenFor('getGraph');
    yield* readChunks(await this.#transport.open('getGraph', { query, token, headers: { accept } }));
  }

  /** 追溯报告: the same as a PDF for people, the whole trace inside. */
  async traceReport(figure: string, language: 'zh' | 'en' = 'zh', options: AsOf = {}): Promise<Uint8Array> {
    const query = { figure, format: 'pdf', language, ...options } as const;
    const response = await this.#transport.open('trace', { query, token: await this.#tokenFor('trace') });
    return new Uint8Array(await response.arrayBuffer());
  }

  /** 对账报告, 检查报告: a report as a PDF for people, itself inside. @throws LedgerError BAD_FILE with every fault */
  paper(of: BodyIn<'makePaper'>['of'], report: object, language: 'zh' | 'en' = 'zh'): Promise<Uint8Array> {
    return this.call('makePaper', { query: { language }, body: { of, report: { ...report } } });
  }

  /** @param options price in CNY a tonne */
  impact(id: string, options: { readonly price?: string } = {}): Promise<AnswerOf<'impact'>> {
    return this.call('impact', { params: { id }, query: { assume: 'withdrawn', ...options } });
  }

  /** The same party by party, as it is found, the whole last. @throws LedgerError UNREACHABLE where it breaks off */
  async *impactByParty(id: string, query: QueryIn<'impactByParty'> = {}): AsyncGenerator<ImpactRow, void, undefined> {
    const token = await this.#tokenFor('impactByParty');
    yield* impactRows(await this.#transport.open('impactByParty', { params: { id }, query, token }));
  }

  /** Runs the screening rules in the service; `screenLedger` comes to the same digest by itself. */
  screen(scope: BodyIn<'screen'>): Promise<AnswerOf<'screen'>> {
    return this.call('screen', { body: scope });
  }

  checkpoint(): Promise<string> {
    return this.call('getCheckpoint');
  }

  /** Records as they are committed, from a log index on. Ends when the signal aborts or the service stops. */
  async *events(
    options: { readonly from?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<RecordEvent, void, undefined> {
    const query = options.from === undefined ? {} : { from: options.from };
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const response = await this.#transport.open('events', { query, ...signal });
    for await (const { event, data } of readEvents(response)) {
      if (event === 'record') yield recordEvent.parse(JSON.parse(data));
    }
  }

  async #tokenFor(name: RouteName): Promise<string | undefined> {
    return routes[name].access === 'anyone' ? undefined : this.#signIn?.token();
  }
}
